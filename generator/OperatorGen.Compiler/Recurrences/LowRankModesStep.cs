using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>
/// The low-rank step of one channel. With W = (1 - Delta/2 Lambda)^-1, diagonal, the inverse of 1 - Delta/2 A is <c>W - W P G P' W</c> (Woodbury), so that
/// <code>
/// A-bar = 2 (1 - Delta/2 A)^-1 - 1:   s_t = lambda-bar s_{t-1} - sum_r p_r f_r + b-bar v_t      f_r = Re(sum_n h_rn s_{t-1}[n])
/// lambda-bar = (1 + Delta/2 Lambda) W     p = 2 W P G     h = 2 conj(P) W     G = (2/Delta + P' W P)^-1
/// b-bar = Delta (W B - W P G P' W B)
/// </code>
/// G is computed as <c>Delta/2 (1 + Delta/2 P' W P)^-1</c>, which also holds of a step size of 0, where no state
/// moves. Sums over all N modes are twice the real part of those over the stored ones; G is real.
/// </summary>
public sealed class LowRankModesStep
{
    private LowRankModesStep(int rank, int modes)
    {
        Diagonal = new ComplexNumber[modes];
        Input = new ComplexNumber[modes];
        Feedback = new ComplexNumber[rank * modes];
        Heard = new ComplexNumber[rank * modes];
    }

    /// <summary>lambda-bar, [mode].</summary>
    public ComplexNumber[] Diagonal { get; }

    /// <summary>b-bar, [mode].</summary>
    public ComplexNumber[] Input { get; }

    /// <summary>p, [rank, mode].</summary>
    public ComplexNumber[] Feedback { get; }

    /// <summary>h, [rank, mode].</summary>
    public ComplexNumber[] Heard { get; }

    /// <summary>The constants of a channel.</summary>
    /// <exception cref="ArithmeticException">1 - Delta/2 A is singular.</exception>
    public static LowRankModesStep Of(LowRankModes cell, int channel)
    {
        int row = cell.RowOf(channel);
        double delta = cell.Delta.Values[channel];
        var step = new LowRankModesStep(cell.Rank, cell.Modes);
        var w = new ComplexNumber[cell.Modes];
        for (int n = 0; n < w.Length; n++)
        {
            ComplexNumber half = 0.5 * delta * Number(cell.A, (row * cell.Modes) + n);
            w[n] = 1 / (1 - half);
            step.Diagonal[n] = (1 + half) * w[n];
        }

        ComplexNumber P(int r, int n) => Number(cell.P, (((r * cell.Rows) + row) * cell.Modes) + n);
        double Sum(Func<int, ComplexNumber> summand)
        {
            double sum = 0;
            for (int n = 0; n < w.Length; n++)
            {
                sum += 2 * summand(n).Re;
            }

            return sum;
        }

        var system = new RealMatrix(cell.Rank);
        for (int k = 0; k < cell.Rank; k++)
        {
            for (int r = 0; r < cell.Rank; r++)
            {
                system[k, r] = (k == r ? 1 : 0) + (0.5 * delta * Sum(n => P(k, n).Conjugate() * w[n] * P(r, n)));
            }
        }

        RealMatrix inverse = LinearSolver.Of(system)?.Solve(RealMatrix.Identity(cell.Rank)) ?? throw new ArithmeticException("1 - step A / 2 is singular.");
        for (int n = 0; n < w.Length; n++)
        {
            step.Input[n] = w[n] * Number(cell.B, (row * cell.Modes) + n);
        }

        double[] heard = new double[cell.Rank];
        for (int r = 0; r < cell.Rank; r++)
        {
            heard[r] = Sum(n => P(r, n).Conjugate() * step.Input[n]);
        }

        for (int n = 0; n < w.Length; n++)
        {
            for (int r = 0; r < cell.Rank; r++)
            {
                ComplexNumber mixed = ComplexNumber.Zero;
                for (int k = 0; k < cell.Rank; k++)
                {
                    mixed += 0.5 * delta * inverse[k, r] * P(k, n);
                }

                mixed = w[n] * mixed; // (W P G)_nr
                step.Feedback[(r * w.Length) + n] = 2 * mixed;
                step.Heard[(r * w.Length) + n] = 2 * (P(r, n).Conjugate() * w[n]);
                step.Input[n] -= heard[r] * mixed;
            }

            step.Input[n] = delta * step.Input[n];
        }

        return step;
    }

    private static ComplexNumber Number(Tensor tensor, int index) => new(tensor.Values[2 * index], tensor.Values[(2 * index) + 1]);
}
