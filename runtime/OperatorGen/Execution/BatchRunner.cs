using System;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace OperatorGen;

/// <summary>Evaluates one sequence from a fresh state.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TState">The generated state.</typeparam>
/// <param name="input">[time, channel].</param>
/// <param name="output">[time, output] or [output].</param>
/// <param name="state">A state that is reset and then used.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void SequenceForward<T, TState>(ReadOnlySpan<T> input, Span<T> output, TState state);

/// <summary>Evaluates many sequences, one after another in memory, by as many workers as wanted; each worker has one state.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchRunner
{
    /// <summary>Runs a batch. Results do not depend on the number of workers.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TState">The generated state.</typeparam>
    /// <param name="inputs">The sequences one after another, each [time, channel].</param>
    /// <param name="lengths">Time steps of each sequence.</param>
    /// <param name="outputs">The outputs one after another: [time, output] each, or [output] each where the model pools.</param>
    /// <param name="inputWidth">Channels.</param>
    /// <param name="outputWidth">Outputs per row.</param>
    /// <param name="pooled">Whether a sequence gives one row.</param>
    /// <param name="pool">Where workers borrow their state.</param>
    /// <param name="forward">Evaluates one sequence.</param>
    /// <param name="maxDegreeOfParallelism">Workers at most; -1: as many as the scheduler gives.</param>
    /// <param name="cancellation">Stops before and between sequences.</param>
    /// <exception cref="ArgumentException">Lengths and memories do not fit, or overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree is 0 or below -1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The weights of the model are external and were disposed.</exception>
    public static void Run<T, TState>(
        ReadOnlyMemory<T> inputs,
        ReadOnlySpan<int> lengths,
        Memory<T> outputs,
        int inputWidth,
        int outputWidth,
        bool pooled,
        StatePool<TState> pool,
        SequenceForward<T, TState> forward,
        int maxDegreeOfParallelism,
        CancellationToken cancellation)
        where TState : class
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(forward);
        if (maxDegreeOfParallelism is 0 or < -1)
        {
            throw new ArgumentOutOfRangeException(nameof(maxDegreeOfParallelism), maxDegreeOfParallelism, "The degree of parallelism is -1 (no limit) or at least 1.");
        }

        var starts = new long[lengths.Length + 1];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < (pooled ? 1 : 0))
            {
                string fault = lengths[i] < 0 ? "a length is at least 0" : "a mean over no time step is not defined";
                throw new ArgumentException(Text($"Sequence {i} has shape [{lengths[i]}, {inputWidth}] and its output [{(pooled ? "" : Text($"{lengths[i]}, "))}{outputWidth}]: {fault}."), nameof(lengths));
            }

            starts[i + 1] = starts[i] + lengths[i];
        }

        long total = starts[^1];
        long rows = pooled ? lengths.Length : total;
        if (inputs.Length != total * inputWidth || outputs.Length != rows * outputWidth)
        {
            throw new ArgumentException(Text($"The lengths sum to {total}: inputs of shape [{total}, {inputWidth}] and outputs of shape [{rows}, {outputWidth}] are needed, but the memories hold {inputs.Length} and {outputs.Length}."), nameof(inputs));
        }

        if (inputs.Span.Overlaps(outputs.Span))
        {
            throw new ArgumentException(Text($"The inputs, shape [{total}, {inputWidth}], and the outputs, shape [{rows}, {outputWidth}], overlap in memory."), nameof(outputs));
        }

        cancellation.ThrowIfCancellationRequested();

        void RunOne(int i, TState state)
        {
            long row = pooled ? i : starts[i];
            long count = pooled ? 1 : starts[i + 1] - starts[i];
            forward(
                inputs.Span[(int)(starts[i] * inputWidth)..(int)(starts[i + 1] * inputWidth)],
                outputs.Span.Slice((int)(row * outputWidth), (int)(count * outputWidth)),
                state);
        }

        if (maxDegreeOfParallelism == 1 || lengths.Length <= 1)
        {
            TState state = pool.Rent();
            for (int i = 0; i < lengths.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                RunOne(i, state);
            }

            pool.Return(state);
            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism, CancellationToken = cancellation };
        try
        {
            Parallel.For(
                0,
                lengths.Length,
                options,
                pool.Rent,
                (i, _, state) =>
                {
                    RunOne(i, state);
                    return state;
                },
                pool.Return);
        }
        catch (AggregateException failures) when (failures.InnerExceptions.All(failure => failure is ObjectDisposedException))
        {
            // The weights went while workers were at it: what one worker alone says.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
