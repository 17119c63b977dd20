using System;

namespace OperatorGen.Models;

/// <summary>
/// A transition that is diagonal plus low rank in real numbers. The N states are N/2 stored ones x and their conjugates; <c>root 2 (Re x, Im x)</c> are
/// coordinates of an orthonormal basis in which
/// <code>
/// A = [[Re Lambda, -Im Lambda], [Im Lambda, Re Lambda]] - sum_r p_r p_r'     p = root 2 (Re P, Im P)     b = root 2 (Re B, Im B)
/// 2 Re(sum_n C_n x_n) = c . x                                                c = root 2 (Re C, -Im C)
/// </code>
/// </summary>
public static class LowRankModesBasis
{
    private static readonly double s_rootTwo = Math.Sqrt(2);

    /// <summary>A of a row.</summary>
    public static RealMatrix Transition(LowRankModes cell, int row)
    {
        int modes = cell.Modes;
        var a = new RealMatrix(2 * modes);
        for (int n = 0; n < modes; n++)
        {
            int at = 2 * ((row * modes) + n);
            a[n, n] = a[modes + n, modes + n] = cell.A.Values[at];
            a[modes + n, n] = cell.A.Values[at + 1];
            a[n, modes + n] = -cell.A.Values[at + 1];
        }

        for (int r = 0; r < cell.Rank; r++)
        {
            double[] p = Coordinates(cell.P, (r * cell.Rows) + row, modes);
            for (int i = 0; i < p.Length; i++)
            {
                for (int j = 0; j < p.Length; j++)
                {
                    a[i, j] -= p[i] * p[j];
                }
            }
        }

        return a;
    }

    /// <summary>A-bar = (1 - Delta/2 A)^-1 (1 + Delta/2 A); null where it does not exist.</summary>
    public static RealMatrix? Discrete(RealMatrix a, double delta)
    {
        RealMatrix one = RealMatrix.Identity(a.Size);
        return LinearSolver.Of(one.Combined(1, a, -delta / 2))?.Solve(one.Combined(1, a, delta / 2));
    }

    /// <summary>Root 2 (Re, Im) of a row of complex numbers.</summary>
    /// <param name="tensor">[..., modes, 2].</param>
    /// <param name="row">The row, of all axes before the modes.</param>
    /// <param name="modes">The number of modes.</param>
    public static double[] Coordinates(Tensor tensor, int row, int modes)
    {
        var x = new double[2 * modes];
        for (int n = 0; n < modes; n++)
        {
            x[n] = s_rootTwo * tensor.Values[2 * ((row * modes) + n)];
            x[modes + n] = s_rootTwo * tensor.Values[(2 * ((row * modes) + n)) + 1];
        }

        return x;
    }

    /// <summary>c of a row of output weights: root 2 (Re, -Im).</summary>
    public static double[] OutputCoordinates(Tensor tensor, int row, int modes)
    {
        double[] c = Coordinates(tensor, row, modes);
        for (int n = modes; n < c.Length; n++)
        {
            c[n] = -c[n];
        }

        return c;
    }

    /// <summary>The output weights C of c.</summary>
    public static (double Re, double Im) OutputWeight(double[] c, int n) => (c[n] / s_rootTwo, -c[(c.Length / 2) + n] / s_rootTwo);
}
