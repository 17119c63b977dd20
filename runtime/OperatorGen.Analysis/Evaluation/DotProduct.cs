using System;

namespace OperatorGen.Analysis;

/// <summary>Sums of products in one fixed order, whatever machine runs them: four partial sums, so that additions do not wait for each other.</summary>
internal static class DotProduct
{
    /// <summary>sum_i a_i b_i over the length of a.</summary>
    public static double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b.Slice(0, a.Length);
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= a.Length; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }

        for (; i < a.Length; i++)
        {
            s0 += a[i] * b[i];
        }

        return s0 + s1 + (s2 + s3);
    }
}
