using System;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>What generated code needs of the states of many streams that take a sample each: their checks, made before any state changes, and their order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ManyStreams
{
    private static long s_calls;

    /// <summary>Checks the states, samples and outputs of a call.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TState">The model's own type of states.</typeparam>
    /// <typeparam name="TSample">What a sample is made of: T, or ids of tokens.</typeparam>
    /// <param name="states">One state per stream.</param>
    /// <param name="samples">[stream, channel], row-major.</param>
    /// <param name="outputs">[stream, output], row-major.</param>
    /// <param name="inputWidth">Channels.</param>
    /// <param name="outputWidth">Outputs per row.</param>
    /// <param name="length">How long a sequence may be; null: there is no limit.</param>
    /// <param name="layout">That of the instance's states, where each instance has its own; else null.</param>
    /// <exception cref="ArgumentNullException">A state is null.</exception>
    /// <exception cref="ArgumentException">A length does not fit, the spans overlap, a state is given twice, or is another instance's, or its sequence is as long as it may be.</exception>
    public static void Check<T, TState, TSample>(
        ReadOnlySpan<TState> states, ReadOnlySpan<TSample> samples, Span<T> outputs, int inputWidth, int outputWidth, int? length, StateLayout? layout)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TState : SequenceState<T>
        where TSample : unmanaged
    {
        bool overlap = MemoryMarshal.AsBytes(samples).Overlaps(MemoryMarshal.AsBytes(outputs));
        if (samples.Length != (long)states.Length * inputWidth || outputs.Length != (long)states.Length * outputWidth || overlap)
        {
            string fault = overlap ? "Samples and outputs overlap" : "The spans do not fit the states";
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{fault}: {states.Length} states take samples of shape [{states.Length}, {inputWidth}] and give outputs of shape [{states.Length}, {outputWidth}], but the spans hold {samples.Length} and {outputs.Length}."));
        }

        long call = Interlocked.Increment(ref s_calls);
        for (int i = 0; i < states.Length; i++)
        {
            TState state = states[i] ?? throw new ArgumentNullException(nameof(states), NullText(i));
            if (state.LastCall == call)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"State {i} is given twice: each stream has a state of its own."), nameof(states));
            }

            state.LastCall = call;
            if (layout is not null)
            {
                SequenceArguments.CheckOwner(state, layout);
            }

            if (length is { } most && state.Steps >= most)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The model has a meaning for sequences of {new SequenceLength(most, false)}, and state {i} has seen {state.Steps}."), nameof(states));
            }
        }
    }

    /// <summary>States that came through an interface, as the generated type that they have to be.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TState">The model's own type of states.</typeparam>
    /// <param name="states">The states; the memory that holds them must not be written to before the call has ended.</param>
    /// <exception cref="ArgumentNullException">A state is null.</exception>
    /// <exception cref="ArgumentException">A state is another model's.</exception>
    public static ReadOnlySpan<TState> StatesOf<T, TState>(ReadOnlySpan<SequenceState<T>> states)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TState : SequenceState<T>
    {
        for (int i = 0; i < states.Length; i++)
        {
            if (states[i] is not TState)
            {
                throw states[i] is null
                    ? new ArgumentNullException(nameof(states), NullText(i))
                    : new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"State {i} is a {states[i].GetType()}; this model's states are {typeof(TState)}, made by its own CreateState."), nameof(states));
            }
        }

        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<SequenceState<T>, TState>(ref MemoryMarshal.GetReference(states)), states.Length);
    }

    /// <summary>The places of the states that have seen an even number of samples, in order, and then those of the others.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TState">The model's own type of states.</typeparam>
    /// <param name="states">The states.</param>
    /// <param name="order">Room for as many places.</param>
    /// <returns>How many are even.</returns>
    public static int EvenFirst<T, TState>(ReadOnlySpan<TState> states, Span<int> order)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TState : SequenceState<T>
    {
        int even = 0;
        for (int i = 0; i < states.Length; i++)
        {
            if ((states[i].Steps & 1) == 0)
            {
                order[even++] = i;
            }
        }

        int next = even;
        for (int i = 0; i < states.Length; i++)
        {
            if ((states[i].Steps & 1) != 0)
            {
                order[next++] = i;
            }
        }

        return even;
    }

    private static string NullText(int state) => string.Create(CultureInfo.InvariantCulture, $"State {state} is null.");
}
