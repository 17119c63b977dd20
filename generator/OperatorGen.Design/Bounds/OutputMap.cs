using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// What is linear after the last layer's decoder: pooling (a mean of numbers of an interval is in it) and head, and the mixing where no gated linear unit follows.
/// Mixing and head are multiplied first, so that a range of a score does not pay for the mixed channels' dependence on each other:
/// <code>
/// score_s = sum_c (sum_i H_si W_ic) h_c + sum_i H_si (b_i + x_i) + b_s,   x with a residual only
/// </code>
/// </summary>
internal static class OutputMap
{
    /// <summary>Contains the outputs.</summary>
    public static Interval[] Values(OperatorDescription operators, LayerEnclosure last)
    {
        if (!Composes(operators, last.Layer))
        {
            Interval[] y = [.. last.Output];
            return operators.Head is null ? y : IntervalMaps.Apply(operators.Head, y);
        }

        LinearDescription mixing = last.Layer.Mixing!;
        Interval[] fixedPart = new Interval[mixing.Outputs];
        for (int i = 0; i < fixedPart.Length; i++)
        {
            fixedPart[i] = last.Layer.Residual ? last.Input[i] + mixing.Bias(i) : mixing.Bias(i);
        }

        return IntervalMaps.Sum(Composed(operators, last.Layer, last.Hidden), IntervalMaps.Apply(operators.Head!, fixedPart));
    }

    /// <summary>Contains the change of the outputs.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="last">The last layer.</param>
    /// <param name="hidden">The change of h, [channel].</param>
    /// <param name="residual">The change of x, [width].</param>
    /// <param name="output">The change of y, [output].</param>
    public static Interval[] Changes(OperatorDescription operators, LayerDescription last, Interval[] hidden, Interval[] residual, Interval[] output)
    {
        if (!Composes(operators, last))
        {
            return operators.Head is null ? output : IntervalMaps.Change(operators.Head, output);
        }

        Interval[] change = Composed(operators, last, hidden);
        return last.Residual ? IntervalMaps.Sum(change, IntervalMaps.Change(operators.Head!, residual)) : change;
    }

    /// <summary>sum_i H_si W_ic, [output][channel]; the head's or the mixing's own rows where the other is missing.</summary>
    public static Interval[][] Coefficients(OperatorDescription operators, LayerDescription last) =>
        [.. Enumerable.Range(0, operators.OutputWidth).Select(s => Row(operators, last, s))];

    private static Interval[] Row(OperatorDescription operators, LayerDescription last, int output)
    {
        LinearDescription mixing = last.Mixing!;
        var row = new Interval[mixing.Inputs];
        for (int c = 0; c < row.Length; c++)
        {
            Interval sum = default;
            for (int i = 0; i < mixing.Outputs; i++)
            {
                sum += (Interval)operators.Head!.Weight(output, i) * mixing.Weight(i, c);
            }

            row[c] = sum;
        }

        return row;
    }

    private static Interval[] Composed(OperatorDescription operators, LayerDescription last, Interval[] hidden) =>
        [.. Coefficients(operators, last).Select(row => IntervalMaps.Dot(row, hidden))];

    private static bool Composes(OperatorDescription operators, LayerDescription last) =>
        operators.Head is not null && last is { Mixing: not null, Glu: null, PostNorm: null, IsSelective: false };
}
