using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The channels of a layer by how much they can matter: a spread of the readout times the weight of what reads it.</summary>
public static class ChannelRanking
{
    /// <summary>The channels, strongest first; of equals the first.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="index">The layer, which has waves.</param>
    public static IReadOnlyList<RankedChannel> Of(OperatorDescription operators, int index)
    {
        LayerDescription layer = operators.Layers[index];
        LayerExpansion? expansion = IsMeasured(operators) ? operators.Expansion!.Layers[index] : null;
        double[] weights = Weights(operators, index);
        return
        [
            .. Enumerable.Range(0, layer.Channels)
                .Select(c => new RankedChannel(c, expansion is null ? null : Measured(expansion.Readouts[c]), layer.Bank!.Reach(c), weights[c]))
                .OrderByDescending(channel => channel.Strength).ThenBy(channel => channel.Channel),
        ];
    }

    /// <summary>Whether the declared expansion knows how the readouts are distributed: it is fitted to a calibration.</summary>
    public static bool IsMeasured(OperatorDescription operators) => operators.Expansion?.Kind == ExpansionKind.Measure;

    /// <summary>
    /// The root of the sum of squares of what multiplies a decoded channel: the head times the mixing in a last layer without gated linear unit, else the mixing; 1 where
    /// there is neither.
    /// </summary>
    public static double[] Weights(OperatorDescription operators, int index)
    {
        LayerDescription layer = operators.Layers[index];
        bool last = index == operators.Layers.Count - 1;
        double[][]? mixing = layer.Mixing is { } map ? Rows(map) : null;
        double[][]? head = last && layer.Glu is null && operators.Head is { } final ? Rows(final) : null;
        double[][]? through = head is null ? mixing : mixing is null ? head : Product(head, mixing);
        return through is null ? [.. Enumerable.Repeat(1.0, layer.Channels)] : Columns(through, layer.Channels);
    }

    /// <summary>The same for an output of a layer: the head's columns in a last layer, else 1.</summary>
    public static double[] OutputWeights(OperatorDescription operators, int index) =>
        index == operators.Layers.Count - 1 && operators.Head is { } head ? Columns(Rows(head), head.Inputs) : [.. Enumerable.Repeat(1.0, operators.Layers[index].OutputWidth)];

    // The orthonormal polynomials of a distribution begin with its mean and its deviation; a fit to one value alone has no more than a constant.
    private static (double Mean, double Deviation) Measured(DecoderPolynomial fit) => fit.Order == 0 || fit.Coefficients.Skip(1).All(a => a == 0)
        ? (fit.Order == 0 ? 0 : fit.Basis.Alpha(0), 0)
        : (fit.Basis.Alpha(0), fit.Basis.Scale(0));

    private static double[][] Rows(LinearDescription map) => [.. Enumerable.Range(0, map.Outputs).Select(o => map.Row(o).ToArray())];

    private static double[] Columns(double[][] rows, int count)
    {
        var norms = new double[count];
        foreach (double[] row in rows)
        {
            for (int c = 0; c < count; c++)
            {
                norms[c] += row[c] * row[c];
            }
        }

        return Array.ConvertAll(norms, Math.Sqrt);
    }

    private static double[][] Product(double[][] left, double[][] right)
    {
        var product = new double[left.Length][];
        for (int o = 0; o < left.Length; o++)
        {
            product[o] = new double[right[0].Length];
            for (int i = 0; i < right.Length; i++)
            {
                for (int c = 0; c < product[o].Length; c++)
                {
                    product[o][c] += left[o][i] * right[i][c];
                }
            }
        }

        return product;
    }
}

/// <summary>A channel and what ranks it.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Measured">Mean and standard deviation of its readout on the calibration set; null where the expansion knows none.</param>
/// <param name="Reach">A bound of the readout per unit of the cells' input.</param>
/// <param name="Weight">What multiplies the decoded channel downstream.</param>
public sealed record RankedChannel(int Channel, (double Mean, double Deviation)? Measured, double Reach, double Weight)
{
    /// <summary>Measured variance times weight, else reach times weight. 0 times infinity is 0: nothing reads it.</summary>
    public double Strength => Weight == 0 ? 0 : (Measured is { } measured ? measured.Deviation * measured.Deviation : Reach) * Weight;
}
