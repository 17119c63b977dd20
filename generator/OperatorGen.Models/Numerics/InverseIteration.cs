using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// An eigenvector of a Hessenberg matrix for an eigenvalue that is known to rounding: the solution of (H - lambda) y = b grows along it, whatever b is. Elimination
/// of the one subdiagonal with row exchanges needs N^2 operations.
/// </summary>
internal static class InverseIteration
{
    private const double UnitRoundoff = 1.0 / (1L << 53);
    private const int Iterations = 3;

    /// <summary>y with |y| = 1.</summary>
    /// <param name="h">H.</param>
    /// <param name="eigenvalue">lambda.</param>
    public static ComplexNumber[] Eigenvector(RealMatrix h, ComplexNumber eigenvalue)
    {
        int size = h.Size;
        double smallest = Math.Max(h.Frobenius() * UnitRoundoff, double.Epsilon / UnitRoundoff);
        var rows = new ComplexNumber[size][];
        var exchanged = new bool[size];
        var factors = new ComplexNumber[size];
        for (int row = 0; row < size; row++)
        {
            rows[row] = new ComplexNumber[size];
            for (int column = 0; column < size; column++)
            {
                rows[row][column] = h[row, column] - (row == column ? eigenvalue : ComplexNumber.Zero);
            }
        }

        for (int k = 0; k < size; k++)
        {
            if (k + 1 < size && rows[k + 1][k].Magnitude > rows[k][k].Magnitude)
            {
                (rows[k], rows[k + 1]) = (rows[k + 1], rows[k]);
                exchanged[k] = true;
            }

            if (rows[k][k].Magnitude < smallest)
            {
                rows[k][k] = smallest;
            }

            if (k + 1 < size)
            {
                factors[k] = rows[k + 1][k] / rows[k][k];
                for (int column = k; column < size; column++)
                {
                    rows[k + 1][column] -= factors[k] * rows[k][column];
                }
            }
        }

        // |(H - lambda) y| = 1 / growth. Of a matrix far from normal a later iterate can be worse than the first (Ipsen 1997), so the best is kept.
        var y = new ComplexNumber[size];
        for (int i = 0; i < size; i++)
        {
            y[i] = 1;
        }

        ComplexNumber[] best = y;
        double mostGrowth = 0;
        Normalise(y);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            y = (ComplexNumber[])y.Clone();
            for (int k = 0; k + 1 < size; k++)
            {
                if (exchanged[k])
                {
                    (y[k], y[k + 1]) = (y[k + 1], y[k]);
                }

                y[k + 1] -= factors[k] * y[k];
            }

            for (int row = size - 1; row >= 0; row--)
            {
                for (int k = row + 1; k < size; k++)
                {
                    y[row] -= rows[row][k] * y[k];
                }

                y[row] /= rows[row][row];
            }

            double growth = Normalise(y);
            (best, mostGrowth) = growth > mostGrowth ? (y, growth) : (best, mostGrowth);
        }

        return best;
    }

    /// <summary>To length 1, the greatest element real and positive: of a real eigenvalue the vector is real.</summary>
    /// <returns>The length that it had.</returns>
    private static double Normalise(ComplexNumber[] y)
    {
        ComplexNumber greatest = y[0];
        foreach (ComplexNumber each in y)
        {
            greatest = each.Magnitude > greatest.Magnitude ? each : greatest;
        }

        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            y[i] /= greatest;
            sum += (y[i].Re * y[i].Re) + (y[i].Im * y[i].Im);
        }

        double scale = 1 / Math.Sqrt(sum);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = scale * y[i];
        }

        return greatest.Magnitude * Math.Sqrt(sum);
    }
}
