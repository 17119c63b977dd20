using System;

namespace OperatorGen.Reference;

/// <summary>
/// e^M of a square matrix by scaling and squaring: <c>e^M = (e^(M / 2^j))^(2^j)</c> with the rows of M / 2^j summing to at most 1/2 in magnitude, where 20 terms of the series
/// are exact to a double: the rest is below 2^-21 / 21!, less than 2^-86.
/// </summary>
internal static class MatrixExponential
{
    private const int Terms = 20;

    /// <summary>The exponential; not-a-number where M is not finite, or too large to be scaled.</summary>
    public static double[,] Of(double[,] m)
    {
        int n = m.GetLength(0), squarings = 0;
        double norm = Norm(m), scale = 1;
        while (norm * scale > 0.5 && squarings < 1024)
        {
            scale /= 2;
            squarings++;
        }

        // ((M/20 + I) M/19 + I) ... M/1 + I
        double[,] sum = Identity(n);
        for (int k = Terms; k >= 1; k--)
        {
            sum = Product(sum, m, scale / k);
            for (int i = 0; i < n; i++)
            {
                sum[i, i] += 1;
            }
        }

        for (int k = 0; k < squarings; k++)
        {
            sum = Product(sum, sum, 1);
        }

        return sum;
    }

    private static double Norm(double[,] m)
    {
        double largest = 0;
        for (int row = 0; row < m.GetLength(0); row++)
        {
            double sum = 0;
            for (int column = 0; column < m.GetLength(1); column++)
            {
                sum += Math.Abs(m[row, column]);
            }

            largest = Math.Max(largest, sum);
        }

        return largest;
    }

    private static double[,] Identity(int n)
    {
        var one = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            one[i, i] = 1;
        }

        return one;
    }

    private static double[,] Product(double[,] a, double[,] b, double factor)
    {
        int n = a.GetLength(0);
        var product = new double[n, n];
        for (int row = 0; row < n; row++)
        {
            for (int k = 0; k < n; k++)
            {
                double weight = a[row, k] * factor;
                for (int column = 0; column < n; column++)
                {
                    product[row, column] += weight * b[k, column];
                }
            }
        }

        return product;
    }
}
