using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The range of an operator's input, one interval per channel: every sample of every channel lies in its interval, whatever the others do. It is a range of the
/// scaled input u, as the option <c>inputRange</c> of a model is.
/// </summary>
public sealed class InputRange
{
    private readonly Interval[] _channels;

    /// <summary>Takes one interval per channel.</summary>
    /// <param name="channels">[input].</param>
    public InputRange(IEnumerable<Interval> channels) => _channels = [.. channels];

    /// <summary>The number of channels.</summary>
    public int Width => _channels.Length;

    /// <summary>The interval of a channel.</summary>
    public Interval this[int channel] => _channels[channel];

    /// <summary>The same interval in every channel of the scaled input.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    public static InputRange Uniform(OperatorDescription operators, double low, double high) =>
        new(Enumerable.Repeat(new Interval(low, high), operators.InputWidth));

    /// <summary>What the scaling makes of a range of the raw input.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="raw">[input], the range before the scaling.</param>
    public static InputRange OfRaw(OperatorDescription operators, IReadOnlyList<Interval> raw) =>
        new(raw.Select((range, i) => Scaled(operators.Scaling, i, range)));

    /// <summary>The smallest range that holds all samples of some sequences.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="sequences">Raw inputs, [time, input] each.</param>
    /// <exception cref="ArgumentException">There is no sample, a sequence is no whole number of samples, or a number is not finite.</exception>
    public static InputRange OfData(OperatorDescription operators, IEnumerable<double[]> sequences)
    {
        int width = operators.InputWidth;
        var low = new double[width];
        var high = new double[width];
        low.AsSpan().Fill(double.PositiveInfinity);
        high.AsSpan().Fill(double.NegativeInfinity);
        foreach (double[] sequence in sequences)
        {
            if (sequence.Length % width != 0)
            {
                throw new ArgumentException($"A sequence has shape [time, {width}], but {sequence.Length} numbers were given.", nameof(sequences));
            }

            for (int i = 0; i < sequence.Length; i++)
            {
                low[i % width] = Math.Min(low[i % width], sequence[i]);
                high[i % width] = Math.Max(high[i % width], sequence[i]);
            }
        }

        if (!(low.All(IsFinite) && high.All(IsFinite)))
        {
            throw new ArgumentException("A range from data needs at least one sample, and finite numbers only.", nameof(sequences));
        }

        return OfRaw(operators, [.. low.Zip(high, (l, h) => new Interval(l, h))]);
    }

    /// <summary>
    /// True where every sample, scaled and rounded to double as an evaluation does, lies in its channel's interval: a sample at an end counts as inside.
    /// </summary>
    /// <param name="operators">The operator.</param>
    /// <param name="sequence">The raw input, [time, input].</param>
    /// <exception cref="ArgumentException">The range or the sequence has another width than the operator's input.</exception>
    public bool Holds(OperatorDescription operators, ReadOnlySpan<double> sequence)
    {
        Interval[] channels = For(operators);
        if (sequence.Length % channels.Length != 0)
        {
            throw new ArgumentException($"A sequence has shape [time, {channels.Length}], but {sequence.Length} numbers were given.", nameof(sequence));
        }

        for (int i = 0; i < sequence.Length; i++)
        {
            int channel = i % channels.Length;
            double scaled = operators.Scaling is { } scaling ? (scaling.Scale(channel) * sequence[i]) + scaling.Offset(channel) : sequence[i];
            if (!channels[channel].Contains(scaled))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The intervals as the operator's encoder and first layer see them; checked against the operator.</summary>
    internal Interval[] For(OperatorDescription operators) => Width == operators.InputWidth
        ? [.. _channels]
        : throw new ArgumentException($"The range has {Width} channels, the operator {operators.InputWidth}.", nameof(operators));

    /// <summary>A scaled channel, s x + o.</summary>
    internal static Interval Scaled(ScalingDescription? scaling, int channel, Interval raw) =>
        scaling is null ? raw : (scaling.Scale(channel) * raw) + scaling.Offset(channel);

    private static bool IsFinite(double x) => !double.IsNaN(x) && !double.IsInfinity(x);
}
