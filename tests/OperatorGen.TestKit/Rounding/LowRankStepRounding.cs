using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>
/// The low-rank step, <c>f_r = Re(sum_n h_rn s_n)</c>, <c>s'_n = lambda_n s_n - sum_r p_rn f_r + b_n v</c>, <c>o = Re sum_n w_n s'_n + D v</c>, with N stored modes
/// and rank R. A stored constant is off by e, relatively: a unit roundoff, and some hundred of them in double for how it is computed (sums of W B and P' W P, whose
/// terms do not cancel where every Re Lambda is negative). Then
/// <code>
/// |delta f_r| at most (gamma_(2N+2) + e) sum_n |h_rn| |s_n|
/// |delta s_n| at most root 2 (gamma_(R+4) + e) (|lambda_n| |s_n| + sum_r |p_rn| |f_r| + |b_n| |v|) + sum_r |p_rn| |delta f_r|
/// |delta o|   at most (gamma_(2N+4) + e) (sum_n |w_n| |s_n| + |D v|)
/// </code>
/// and a deviation of the state goes on through the exact transition.
/// </summary>
/// <param name="cell">The modes, which run forward.</param>
/// <param name="before">The states of the reference before each step, [time][channel, mode].</param>
/// <param name="after">The states after it.</param>
/// <param name="arithmetic">The arithmetic of the code under test.</param>
internal sealed class LowRankStepRounding(LowRankModes cell, Complex[][] before, Complex[][] after, Arithmetic arithmetic)
{
    private const double Computed = 256.0 / (1L << 53);

    private readonly ModeBank _bank = (ModeBank)new LowRankModesLowering(cell with { Form = LowRankForm.LowRankStep }).Describe();
    private readonly LowRankModesStep[] _steps = [.. Enumerable.Range(0, cell.Channels).Select(c => LowRankModesStep.Of(cell, c))];
    private readonly double _stored = arithmetic.Epsilon + Computed;

    /// <summary>How far the readouts can be from those of the reference, [time][readout].</summary>
    public double[][] Errors(Approximate[] v)
    {
        double[][] errors = [.. v.Select(_ => new double[cell.OutputWidth])];
        for (int h = 0; h < cell.OutputWidth; h++)
        {
            int c = h % cell.Channels;
            double[][] local = [.. v.Select((step, t) => Local(c, step.Magnitude(c), t))];
            double[][] kernel = Kernel(h, v.Length);
            for (int t = 0; t < v.Length; t++)
            {
                errors[t][h] += Read(h, t, v[t].Magnitude(c)) + (Math.Abs(_bank.Skip(h)) * v[t].Error[c]);
                for (int j = 0; j <= t; j++)
                {
                    // An error of the input enters the state as an input does.
                    for (int n = 0; n < cell.Modes; n++)
                    {
                        errors[t][h] += kernel[j][n] * (local[t - j][n] + (_steps[c].Input[n].Magnitude * v[t - j].Error[c]));
                    }
                }
            }
        }

        return errors;
    }

    /// <summary>Backwards, as <see cref="CellSensitivity"/> says.</summary>
    public double[][] Backwards(double[][] v, double[][] readout, Sensitivity sensitivity)
    {
        double[][] input = [.. readout.Select(_ => new double[cell.Channels])];
        int size = 2 * cell.Modes;
        for (int c = 0; c < cell.Channels; c++)
        {
            ModeBlock back = _bank.BlockOf(c * size)!.Transposed();
            var q = new double[size];
            for (int t = readout.Length - 1; t >= 0; t--)
            {
                var before = new double[size];
                back.AddProduct(q, before);
                q = before;
                double magnitude = Math.Abs(v[t][c]);
                for (int h = c; h < cell.OutputWidth; h += cell.Channels)
                {
                    for (int i = 0; i < size; i++)
                    {
                        q[i] += readout[t][h] * _bank[h, i].Weight.Re;
                    }

                    sensitivity.Add(readout[t][h], Read(h, t, magnitude));
                    input[t][c] += _bank.Skip(h) * readout[t][h];
                }

                double[] local = Local(c, magnitude, t);
                for (int n = 0; n < cell.Modes; n++)
                {
                    sensitivity.Add(Math.Sqrt((q[2 * n] * q[2 * n]) + (q[(2 * n) + 1] * q[(2 * n) + 1])), local[n]);
                    input[t][c] += (q[2 * n] * _steps[c].Input[n].Re) + (q[(2 * n) + 1] * _steps[c].Input[n].Im);
                }
            }
        }

        return input;
    }

    /// <summary>What a step rounds, [mode].</summary>
    private double[] Local(int channel, double v, int t)
    {
        LowRankModesStep step = _steps[channel];
        double[] state = [.. Enumerable.Range(0, cell.Modes).Select(n => Complex.Abs(before[t][(channel * cell.Modes) + n]))];
        double[] heard = [.. Enumerable.Range(0, cell.Rank).Select(r => state.Select((size, n) => step.Heard[(r * cell.Modes) + n].Magnitude * size).Sum())];
        double gammaHeard = arithmetic.Gamma((2 * cell.Modes) + 2) + _stored;
        double gamma = Math.Sqrt(2) * (arithmetic.Gamma(cell.Rank + 4) + _stored);
        return [.. state.Select((size, n) =>
        {
            double fed = heard.Select((f, r) => step.Feedback[(r * cell.Modes) + n].Magnitude * f).Sum();
            return (gamma * ((step.Diagonal[n].Magnitude * size) + fed + (step.Input[n].Magnitude * v))) + (gammaHeard * fed);
        })];
    }

    /// <summary>What the read of a step rounds.</summary>
    private double Read(int readout, int t, double v)
    {
        double sum = Math.Abs(_bank.Skip(readout)) * v;
        for (int n = 0; n < cell.Modes; n++)
        {
            (double re, double im) = (_bank[readout, 2 * n].Weight.Re, _bank[readout, (2 * n) + 1].Weight.Re);
            sum += Math.Sqrt((re * re) + (im * im)) * Complex.Abs(after[t][(readout % cell.Channels * cell.Modes) + n]);
        }

        return (arithmetic.Gamma((2 * cell.Modes) + 4) + _stored) * sum;
    }

    /// <summary>How far a deviation of length 1 of a mode's state moves a readout j steps later, [j][mode].</summary>
    private double[][] Kernel(int readout, int length)
    {
        int size = 2 * cell.Modes;
        ModeBlock back = _bank.BlockOf(readout % cell.Channels * size)!.Transposed();
        double[] row = [.. Enumerable.Range(0, size).Select(i => _bank[readout, i].Weight.Re)];
        var kernel = new double[length][];
        for (int j = 0; j < length; j++)
        {
            kernel[j] = [.. Enumerable.Range(0, cell.Modes).Select(n => Math.Sqrt((row[2 * n] * row[2 * n]) + (row[(2 * n) + 1] * row[(2 * n) + 1])))];
            var next = new double[size];
            back.AddProduct(row, next);
            row = next;
        }

        return kernel;
    }
}
