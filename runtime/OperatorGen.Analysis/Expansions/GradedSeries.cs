using System;

namespace OperatorGen.Analysis;

/// <summary>
/// Polynomials in a bookkeeping variable e, truncated after e^P: entry j of an array is the part of grade j. Grades are what the total order
/// of an operator counts.
/// </summary>
internal static class GradedSeries
{
    /// <summary>a b, truncated.</summary>
    /// <param name="a">Grades 0 to P.</param>
    /// <param name="b">Grades 0 to P.</param>
    /// <param name="product">Room for grades 0 to P; neither a nor b.</param>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> product)
    {
        for (int grade = 0; grade < product.Length; grade++)
        {
            double sum = 0;
            for (int j = 0; j <= grade; j++)
            {
                sum += a[j] * b[grade - j];
            }

            product[grade] = sum;
        }
    }

    /// <summary>sum_k q_k x^k by Horner's rule, truncated; x has no grade 0.</summary>
    /// <param name="q">q_0, q_1, ...</param>
    /// <param name="x">Grades 0 to P.</param>
    /// <param name="value">Room for grades 0 to P.</param>
    public static void Compose(ReadOnlySpan<double> q, ReadOnlySpan<double> x, Span<double> value)
    {
        value.Clear();
        Span<double> product = stackalloc double[value.Length];
        for (int k = q.Length - 1; k >= 0; k--)
        {
            Multiply(value, x, product);
            product.CopyTo(value);
            value[0] += q[k];
        }
    }

    /// <summary>The sum of all grades: the value at e = 1.</summary>
    public static double Sum(ReadOnlySpan<double> series)
    {
        double sum = 0;
        foreach (double part in series)
        {
            sum += part;
        }

        return sum;
    }
}
