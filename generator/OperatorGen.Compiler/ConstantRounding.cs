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
/// because <c>|lambda^tau - lambda'^tau| &lt;= |lambda - lambda'| sum_j |lambda|^j |lambda'|^(tau-1-j)</c>. Of modes of one channel b is 1. Of a block in the same way
/// <code>
/// sum_tau |c T^tau b - c' T'^tau b'| &lt;= L |T - T'| R' + |c - c'| R' + L |b - b'|,   L = sum_tau |c T^tau|,  R' = sum_tau |T'^tau b'|
/// </code>
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
                Lowering lowering = Lowerings.Of(layer.Cell);
                largest = Math.Max(largest, Effect(lowering.DescribeInSingle().Bank!, lowering.StoredInSingle()));
            }
        }

        return largest;
    }

    private static double Effect(ModeBank bank, ModeBank? stored)
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
                if (bank.BlockOf(bank.ModeOf(h, n)) is { } block)
                {
                    reach += bank.WaveReach(h, n);
                    change += block.First == bank.ModeOf(h, n) ? BlockChange(bank, stored, h, block) : 0;
                    continue;
                }

                (double drive, double driveChange) = drives[bank.ModeOf(h, n)];
                var rounded = new Wave(Round(exact.Eigenvalue), Round(exact.Weight));
                reach += bank.WaveReach(h, n);
                if (rounded == exact && driveChange == 0)
                {
                    continue;
                }

                if (exact.Weight == ComplexNumber.Zero || (drive == 0 && driveChange == 0))
                {
                    continue; // it stays 0: a 0 is not rounded
                }

                if (exact.Magnitude >= 1 || rounded.Magnitude >= 1)
                {
                    return double.PositiveInfinity;
                }

                change += ((exact.Reach * drive * (exact.Eigenvalue - rounded.Eigenvalue).Magnitude)
                    + ((exact.Weight - rounded.Weight).Magnitude * drive)
                    + (rounded.Weight.Magnitude * driveChange)) / (1 - rounded.Magnitude);
            }

            if (double.IsInfinity(change))
            {
                return change;
            }

            largest = Math.Max(largest, change == 0 ? 0 : change / reach);
        }

        return largest;
    }

    // Of one readout and all inputs; stored: the bank with the constants as they are stored, null where each number of the bank is one of them.
    private static double BlockChange(ModeBank bank, ModeBank? stored, int readout, ModeBlock block)
    {
        int size = block.Size;
        int wave = block.First % bank.WavesPerReadout;
        ComplexNumber[] reads = [.. Enumerable.Range(wave, size).Select(n => bank[readout, n].Weight)];
        ComplexNumber[] roundedReads = [.. reads.Select((read, n) => stored is null ? Round(read) : stored[readout, wave + n].Weight)];
        ModeBlock rounded = stored?.BlockOf(block.First) ?? block with { Transition = block.Transition.Select(x => (double)(float)x).ToEquatableArray() };
        double[] left = block.Transposed().Sums(reads);
        double change = 0;
        for (int i = 0; i < bank.Inputs; i++)
        {
            ComplexNumber[] drive = [.. Enumerable.Range(block.First, size).Select(m => bank.Drive(m, i))];
            ComplexNumber[] roundedDrive = [.. drive.Select((b, n) => stored is null ? Round(b) : stored.Drive(block.First + n, i))];
            double[] right = rounded.Sums(roundedDrive);
            for (int n = 0; n < size; n++)
            {
                change += Product((reads[n] - roundedReads[n]).Magnitude, right[n]) + Product((drive[n] - roundedDrive[n]).Magnitude, left[n]);
                for (int k = 0; k < size; k++)
                {
                    change += Product(Product(Math.Abs(block[n, k] - rounded[n, k]), left[n]), right[k]);
                }
            }
        }

        return change;
    }

    // What is not rounded changes nothing, whatever it reaches.
    private static double Product(double a, double b) => a == 0 || b == 0 ? 0 : a * b;

    private static double DriveChange(ModeBank bank, int mode) =>
        bank.IsShared ? Enumerable.Range(0, bank.Inputs).Sum(i => (bank.Drive(mode, i) - Round(bank.Drive(mode, i))).Magnitude) : 0;

    private static ComplexNumber Round(ComplexNumber value) => new((float)value.Re, (float)value.Im);
}
