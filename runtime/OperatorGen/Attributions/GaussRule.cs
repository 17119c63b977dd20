using System;

namespace OperatorGen;

/// <summary>The Gauss-Legendre rule on [0, 1]: exact for polynomials up to twice its number of nodes, less one.</summary>
internal static class GaussRule
{
    /// <summary>How many nodes there are.</summary>
    public const int Count = 16;

    static GaussRule()
    {
        Nodes = new double[Count];
        Weights = new double[Count];
        for (int k = 0; k < Count; k++)
        {
            // Newton's method for the roots of the Legendre polynomial of degree Count, from their known neighbourhood.
            double x = Math.Cos(Math.PI * (k + 0.75) / (Count + 0.5));
            double slope = 0;
            for (int step = 0; step < 8; step++)
            {
                (double value, slope) = Legendre(x);
                x -= value / slope;
            }

            Nodes[k] = (1 - x) / 2;
            Weights[k] = 1 / ((1 - (x * x)) * slope * slope);
        }
    }

    /// <summary>The nodes, ascending.</summary>
    public static double[] Nodes { get; }

    /// <summary>The weights; their sum is 1.</summary>
    public static double[] Weights { get; }

    // P_Count and its derivative, from (n + 1) P_(n+1) = (2 n + 1) x P_n - n P_(n-1).
    private static (double Value, double Slope) Legendre(double x)
    {
        double previous = 1;
        double value = x;
        for (int n = 1; n < Count; n++)
        {
            (previous, value) = (value, ((((2 * n) + 1) * x * value) - (n * previous)) / (n + 1));
        }

        return (value, Count * ((x * value) - previous) / ((x * x) - 1));
    }
}
