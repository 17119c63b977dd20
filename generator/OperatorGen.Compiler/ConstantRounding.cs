using System;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler;

/// <summary>
/// What rounding the constants to float does to a model's waves. With lambda' and w' the rounded eigenvalue and weight of a wave,
/// <code>
/// sum_tau |w lambda^tau - w' lambda'^tau| &lt;= |w| |lambda - lambda'| / ((1 - |lambda|) (1 - |lambda'|)) + |w - w'| / (1 - |lambda'|)
/// </code>
/// because <c>|lambda^tau - lambda'^tau| &lt;= |lambda - lambda'| sum_j |lambda|^j |lambda'|^(tau-1-j)</c>.
/// </summary>
public static class ConstantRounding
{
    /// <summary>
    /// The largest of these sums over all channels and constant layers, relative to the channel's reach (sum of |w| / (1 - |lambda|), and |D|);
    /// 0 for a model without constant cells or whose constants are floats, infinite where a wave that is rounded does not decay.
    /// </summary>
    public static double Effect(SequenceModel model)
    {
        double largest = 0;
        foreach (Layer layer in model.Layers)
        {
            if (layer.Cell.IsConstant)
            {
                largest = Math.Max(largest, Effect(Lowerings.Of(layer.Cell).Describe().Bank!));
            }
        }

        return largest;
    }

    private static double Effect(ModeBank bank)
    {
        double largest = 0;
        for (int h = 0; h < bank.Readouts; h++)
        {
            double change = 0;
            double reach = Math.Abs(bank.Skip(h));
            foreach (Wave exact in bank.Waves(h))
            {
                var rounded = new Wave(Round(exact.Eigenvalue), Round(exact.Weight));
                reach += exact.Reach;
                if (rounded == exact)
                {
                    continue;
                }

                if (exact.Magnitude >= 1 || rounded.Magnitude >= 1)
                {
                    return double.PositiveInfinity;
                }

                change += (exact.Reach * (exact.Eigenvalue - rounded.Eigenvalue).Magnitude / (1 - rounded.Magnitude))
                    + ((exact.Weight - rounded.Weight).Magnitude / (1 - rounded.Magnitude));
            }

            largest = Math.Max(largest, change == 0 ? 0 : change / reach);
        }

        return largest;
    }

    private static ComplexNumber Round(ComplexNumber value) => new((float)value.Re, (float)value.Im);
}
