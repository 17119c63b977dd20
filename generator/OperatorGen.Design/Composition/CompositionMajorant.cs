using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// Bounds what a composition drops: every coefficient is replaced by its magnitude and every atom by the most that it can be, grade by grade,
/// so that all numbers are sums of products of numbers that are not negative. Such a sum of fewer than a million roundings is right within a
/// relative 2e-10; the bound is raised by 1e-9.
/// </summary>
internal static class CompositionMajorant
{
    private const double Slack = 1 + 1e-9;
    private const int GreatestOrder = 4096;

    /// <summary>The bound of the dropped part of any output at any step.</summary>
    public static TruncationBound Dropped(OperatorDescription operators, OperatorExpansion expansion, int order, long full, double magnitude, int budget)
    {
        if (full > GreatestOrder)
        {
            return TruncationBound.None($"the layers' degrees multiply to {NumberText.Format(full)}, more than is summed for a bound");
        }

        int grades = (int)full + 1;
        double[][] x = Stream(operators, magnitude, grades);
        for (int l = 0; l < expansion.Layers.Count; l++)
        {
            LayerDescription layer = expansion.Layers[l].Layer;
            ModeBank bank = layer.Bank!;
            var images = new BankEnclosure(bank, null, [.. Enumerable.Repeat(new Interval(-1, 1), bank.Inputs)], null);
            var readouts = new double[layer.Channels][];
            for (int h = 0; h < readouts.Length; h++)
            {
                readouts[h] = new double[grades];
                for (int i = 0; i < bank.Inputs; i++)
                {
                    double reach = images.AbsoluteSum(h, i).High;
                    if (double.IsInfinity(reach))
                    {
                        return TruncationBound.None($"a wave of layer {NumberText.Format(l)}, readout {NumberText.Format(h)} does not decay");
                    }

                    readouts[h] = reach == 0 ? readouts[h] : Add(readouts[h], reach, Normed(layer.PreNorm, i, x[i], l == 0 ? 1 : 0));
                }
            }

            if (layer.Glu is not null && MonomialCount.UpTo(layer.Channels, expansion.Layers[l].Order) > budget)
            {
                return TruncationBound.None("a gated layer has more terms than the budget");
            }

            double[][] outputs = Decode(expansion.Layers[l], readouts, grades);
            for (int i = 0; i < outputs.Length && layer.Residual; i++)
            {
                outputs[i] = Add(outputs[i], 1, x[i]);
            }

            x = [.. outputs.Select((output, i) => Normed(layer.PostNorm, i, output, 0))];
        }

        double dropped = x.Max(part => part.Skip(order + 1).Sum()) * Slack;
        return double.IsInfinity(dropped) || double.IsNaN(dropped) ? TruncationBound.None("the bound of the dropped part is beyond the range of doubles") : TruncationBound.Of(dropped);
    }

    /// <summary>The encoded stream, all of it of grade 1, as the atoms of the first layer are.</summary>
    private static double[][] Stream(OperatorDescription operators, double magnitude, int grades)
    {
        var x = new double[operators.Layers[0].Width][];
        for (int j = 0; j < x.Length; j++)
        {
            double most = magnitude;
            if (operators.Encoder is { } encoder)
            {
                most = Math.Abs(encoder.Bias(j));
                for (int i = 0; i < encoder.Inputs; i++)
                {
                    most += Math.Abs(encoder.Weight(j, i)) * magnitude;
                }
            }

            x[j] = new double[grades];
            x[j][1] = most;
        }

        return x;
    }

    // The readouts of the first layer are atoms of grade 1 with all that is constant in them.
    private static double[] Normed(NormDescription? norm, int channel, double[] x, int constantGrade)
    {
        if (norm is null)
        {
            return x;
        }

        double[] y = Array.ConvertAll(x, part => Math.Abs(norm.Weight(channel)) * part);
        y[constantGrade] += Math.Abs(norm.Bias(channel));
        return y;
    }

    private static double[][] Decode(LayerExpansion expansion, double[][] readouts, int grades)
    {
        LayerDescription layer = expansion.Layer;
        if (layer.Glu is not null)
        {
            return [.. OperatorComposition.Outputs(expansion).Select(output => ReadoutMonomials.Of(layer.Channels, expansion.Order)
                .Aggregate(new double[grades], (sum, monomial) => Add(sum, Math.Abs(output.Coefficient(monomial)), Product(monomial, readouts, grades))))];
        }

        double[][] h = [.. readouts.Select((o, c) => Compose(expansion.Readouts[c].Monomials(), o, grades))];
        return layer.Mixing is not { } mixing
            ? h
            : [.. Enumerable.Range(0, mixing.Outputs).Select(i =>
            {
                var sum = new double[grades];
                sum[0] = Math.Abs(mixing.Bias(i));
                return h.Select((part, c) => (part, c)).Aggregate(sum, (total, next) => Add(total, Math.Abs(mixing.Weight(i, next.c)), next.part));
            })];
    }

    private static double[] Compose(double[] powers, double[] x, int grades)
    {
        var value = new double[grades];
        for (int k = powers.Length - 1; k >= 0; k--)
        {
            var product = new double[grades];
            GradedSeries.Multiply(value, x, product);
            value = product;
            value[0] += Math.Abs(powers[k]);
        }

        return value;
    }

    private static double[] Product(Factor[] monomial, double[][] readouts, int grades)
    {
        var product = new double[grades];
        product[0] = 1;
        foreach (Factor factor in monomial)
        {
            for (int k = 0; k < factor.Power; k++)
            {
                var next = new double[grades];
                GradedSeries.Multiply(product, readouts[factor.Variable], next);
                product = next;
            }
        }

        return product;
    }

    private static double[] Add(double[] a, double factor, double[] b) => [.. a.Zip(b, (x, y) => x + (factor * y))];
}
