using System;

namespace OperatorGen.Analysis;

/// <summary>
/// A proven upper bound of the spectral norm of a square matrix of doubles. With B = P'P in double, q is a bound of B's greatest eigenvalue where a Cholesky
/// decomposition of q I - B runs to its end: it is then the exact one of a matrix that differs from q I - B by less than gamma tr(q I - B) in the Frobenius
/// norm, gamma = (n + 1) u / (1 - 2 (n + 1) u) (Demmel; Rump, "Verification of positive definiteness", BIT 46, 2006). So, with the rounding of B and of q I - B,
/// <code>
/// |P|^2 &lt;= q + gamma n q + (n + 4) u |P|_F^2 + 2 u q
/// </code>
/// The greatest sum of magnitudes of a row of B is such a bound too, and the better one where B is nearly a multiple of the identity.
/// </summary>
internal static class SpectralNorm
{
    private const double UnitRoundoff = 1.0 / (1L << 53);
    private const double Raised = 1 + (1.0 / (1L << 40)); // above the rounding of the formulas here
    private const int Iterations = 20;

    /// <summary>At least |P|_F.</summary>
    public static double Frobenius(double[] matrix)
    {
        double sum = 0;
        foreach (double x in matrix)
        {
            sum += x * x;
        }

        return Math.Sqrt(sum + double.Epsilon) * Raised;
    }

    /// <summary>At least |P|_2; infinite where P is not finite or its squares overflow.</summary>
    /// <param name="matrix">P, [row, column].</param>
    /// <param name="size">Rows and columns, below 2^20.</param>
    public static double Of(double[] matrix, int size)
    {
        double frobenius = Frobenius(matrix);
        if (!(frobenius * frobenius <= double.MaxValue))
        {
            return double.PositiveInfinity;
        }

        if (frobenius * frobenius < 1e-200)
        {
            return frobenius; // products would underflow
        }

        double[] b = Gram(matrix, size);
        double rounding = (size + 4) * UnitRoundoff * frobenius * frobenius;
        double rows = Math.Min(frobenius, Math.Sqrt(RowSum(b, size) + rounding) * (1 + (8 * UnitRoundoff)));
        double estimate = Greatest(b, size);
        double gamma = 2 * (size + 1) * UnitRoundoff;
        for (double step = 1.0 / (1L << 36); step < 1; step *= 16)
        {
            double q = estimate * (1 + step);
            if (IsAbove(q, b, size))
            {
                return Math.Min(rows, Math.Sqrt(q + (gamma * size * q) + rounding + (2 * UnitRoundoff * q)) * Raised);
            }
        }

        return rows;
    }

    // At least the greatest sum of magnitudes of a row: the sum rounds by (n - 1) u of itself.
    private static double RowSum(double[] b, int size)
    {
        double greatest = 0;
        for (int i = 0; i < size; i++)
        {
            double sum = 0;
            for (int j = 0; j < size; j++)
            {
                sum += Math.Abs(b[(i * size) + j]);
            }

            greatest = Math.Max(greatest, sum);
        }

        return greatest * (1 + (size * UnitRoundoff));
    }

    private static double[] Gram(double[] p, int size)
    {
        var b = new double[size * size];
        for (int k = 0; k < size; k++)
        {
            for (int i = 0; i < size; i++)
            {
                double x = p[(k * size) + i];
                for (int j = 0; j < size; j++)
                {
                    b[(i * size) + j] += x * p[(k * size) + j];
                }
            }
        }

        return b;
    }

    // About the greatest eigenvalue, by powers: an estimate needs no proof.
    private static double Greatest(double[] b, int size)
    {
        var x = new double[size];
        var y = new double[size];
        for (int i = 0; i < size; i++)
        {
            x[i] = 1 + (i % 7 * 0.125);
        }

        double largest = 0;
        for (int k = 0; k < Iterations; k++)
        {
            double square = 0;
            for (int i = 0; i < size; i++)
            {
                double sum = 0;
                for (int j = 0; j < size; j++)
                {
                    sum += b[(i * size) + j] * x[j];
                }

                y[i] = sum;
                square += sum * sum;
            }

            largest = Math.Sqrt(square);
            for (int i = 0; i < size; i++)
            {
                x[i] = largest == 0 ? 0 : y[i] / largest;
            }
        }

        return Math.Max(largest, b[0]);
    }

    // Whether a Cholesky decomposition of q I - B runs to its end.
    private static bool IsAbove(double q, double[] b, int size)
    {
        var l = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = (i == j ? q : 0) - b[(i * size) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= l[(i * size) + k] * l[(j * size) + k];
                }

                if (i != j)
                {
                    l[(i * size) + j] = sum / l[(j * size) + j];
                    continue;
                }

                if (!(sum > 0))
                {
                    return false;
                }

                l[(i * size) + i] = Math.Sqrt(sum);
            }
        }

        return true;
    }
}
