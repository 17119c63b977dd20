using System;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>The checks of a generated model's arguments, made before any state changes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SequenceArguments
{
    /// <summary>Checks a sequence and its output; gives the number of time steps.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="input">[time, channel], row-major.</param>
    /// <param name="output">[time, output], or [output] where the model pools.</param>
    /// <param name="inputWidth">Channels.</param>
    /// <param name="outputWidth">Outputs per row.</param>
    /// <param name="pooled">Whether a whole sequence gives one row.</param>
    /// <param name="stepsSeen">How many samples the state has seen.</param>
    /// <exception cref="ArgumentException">A length does not fit, the spans overlap, or a pooled model would have seen no sample.</exception>
    public static int Check<T>(ReadOnlySpan<T> input, Span<T> output, int inputWidth, int outputWidth, bool pooled, long stepsSeen)
    {
        if (input.Length % inputWidth != 0)
        {
            throw new ArgumentException(Shapes("The input is no whole number of samples", input.Length, output.Length, inputWidth, outputWidth, pooled), nameof(input));
        }

        int steps = input.Length / inputWidth;
        if (output.Length != (pooled ? 1 : (long)steps) * outputWidth)
        {
            throw new ArgumentException(Shapes("The output does not fit the input", input.Length, output.Length, inputWidth, outputWidth, pooled), nameof(output));
        }

        if (pooled && steps == 0 && stepsSeen == 0)
        {
            throw new ArgumentException(Shapes("The mean over no sample is not defined", input.Length, output.Length, inputWidth, outputWidth, pooled), nameof(input));
        }

        if (input.Overlaps(output))
        {
            throw new ArgumentException(Shapes("Input and output overlap", input.Length, output.Length, inputWidth, outputWidth, pooled), nameof(output));
        }

        return steps;
    }

    /// <summary>Checks one sample and its output.</summary>
    /// <exception cref="ArgumentException">A length does not fit, or the spans overlap.</exception>
    public static void CheckStep<T>(ReadOnlySpan<T> sample, Span<T> output, int inputWidth, int outputWidth)
    {
        if (sample.Length != inputWidth || output.Length != outputWidth || sample.Overlaps(output))
        {
            string fault = sample.Overlaps(output) ? "Sample and output overlap" : "The spans do not fit one sample";
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{fault}: a sample has shape [{inputWidth}] and its output [{outputWidth}], but the spans hold {sample.Length} and {output.Length}."));
        }
    }

    /// <summary>Checks the length of a sequence against the model's limit.</summary>
    /// <param name="steps">The time steps that come.</param>
    /// <param name="seen">Those that the state has seen.</param>
    /// <param name="length">The limit.</param>
    /// <param name="exact">Whether both together must be exactly so many.</param>
    /// <exception cref="ArgumentException">The sequence is longer, or has not the one length for which the model has a meaning.</exception>
    public static void CheckLength(int steps, long seen, int length, bool exact)
    {
        long all = steps + seen;
        if (all > length || (exact && all != length))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The model has a meaning for sequences of {new SequenceLength(length, exact)}, but the sequence has {all}."));
        }
    }

    /// <summary>A state that came through an interface, as the generated type that it has to be.</summary>
    /// <typeparam name="TState">The model's own type of states.</typeparam>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentException">The state is another model's.</exception>
    public static TState StateOf<TState>(object state)
        where TState : class
    {
        ArgumentNullException.ThrowIfNull(state);
        return state as TState ?? throw new ArgumentException($"The state is a {state.GetType()}; this model's states are {typeof(TState)}, made by its own CreateState.", nameof(state));
    }

    /// <summary>Checks that a state was made by the instance that is to compute with it: a state computes with the weights of its own instance.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="state">The state.</param>
    /// <param name="layout">That of the instance's states.</param>
    /// <exception cref="ArgumentException">Another instance of the type made the state.</exception>
    public static void CheckOwner<T>(SequenceState<T> state, StateLayout layout)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(layout);
        if (ReferenceEquals(state.Layout, layout))
        {
            return;
        }

        throw new ArgumentException(
            state.Layout.ModelHash == layout.ModelHash
                ? "The state was made by another instance, which loaded the same weights: make one by this instance's CreateState, and CopyFrom takes the contents over."
                : $"The state was made by another instance, with the weights {state.Layout.ModelHash}; this one has the weights {layout.ModelHash}. A state goes on only with the weights that it began with.",
            nameof(state));
    }

    private static string Shapes(string fault, int input, int output, int inputWidth, int outputWidth, bool pooled) => string.Create(
        CultureInfo.InvariantCulture,
        $"{fault}: the input has shape [time, {inputWidth}] and the output {(pooled ? "[" : "[time, ")}{outputWidth}], but the spans hold {input} and {output}.");
}
