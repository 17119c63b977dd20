using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler;

/// <summary>
/// What rounding the constants to float does to a model's waves. With lambda', w' and b' the rounded eigenvalue, read weight and drive weights of a wave,
/// <code>
/// sum_i sum_tau |w b_i lambda^tau - w' b_i' lambda'^tau| &lt;= |w| sum|b| |lambda - lambda'| / ((1 - |lambda|) (1 - |lambda'|))
///                                                    + (|w - w'| sum|b| + |w'| sum|b - b'|) / (1 - |lambda'|)
/// </code>
/// because <c>|lambda^tau - lambda'^tau| &lt;= |lambda - lambda'| sum_j |lambda|^j |lambda'|^(tau-1-j)</c>. Of modes of one channel b is 1.
/// </summary>
public static class ConstantRounding
{
    /// <summary>
    /// The largest of these sums over all readouts and constant layers, relative to the readout's reach (sum of |w| sum|b| / (1 - |lambda|), and |D|);
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
        (double, double)[] drives = [.. Enumerable.Range(0, bank.ModeCount).Select(m => (bank.DriveMagnitude(m), DriveChange(bank, m)))];
        for (int h = 0; h < bank.Readouts; h++)
        {
            double change = 0;
            double reach = Math.Abs(bank.Skip(h));
            for (int n = 0; n < bank.WavesPerReadout; n++)
            {
                Wave exact = bank[h, n];
                (double drive, double driveChange) = drives[bank.ModeOf(h, n)];
                var rounded = new Wave(Round(exact.Eigenvalue), Round(exact.Weight));
                reach += exact.Reach * drive;
                if (rounded == exact && driveChange == 0)
                {
                    continue;
                }

                if (exact.Magnitude >= 1 || rounded.Magnitude >= 1)
                {
                    return double.PositiveInfinity;
                }

                change += ((exact.Reach * drive * (exact.Eigenvalue - rounded.Eigenvalue).Magnitude)
                    + ((exact.Weight - rounded.Weight).Magnitude * drive)
                    + (rounded.Weight.Magnitude * driveChange)) / (1 - rounded.Magnitude);
            }

            largest = Math.Max(largest, change == 0 ? 0 : change / reach);
        }

        return largest;
    }

    private static double DriveChange(ModeBank bank, int mode) =>
        bank.IsShared ? Enumerable.Range(0, bank.Inputs).Sum(i => (bank.Drive(mode, i) - Round(bank.Drive(mode, i))).Magnitude) : 0;

    private static ComplexNumber Round(ComplexNumber value) => new((float)value.Re, (float)value.Im);
}
