using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Polynomials in the bookkeeping variable of <see cref="GradedSeries"/> whose grades are intervals.</summary>
internal static class GradedEnclosure
{
    /// <summary>Contains the grades a_j p_j(x), j = 0 to the order, of a polynomial for all x of an interval.</summary>
    /// <param name="polynomial">The polynomial.</param>
    /// <param name="x">The arguments; finite.</param>
    /// <param name="order">P; grades above the polynomial's order are 0.</param>
    public static Interval[] Grades(DecoderPolynomial polynomial, Interval x, int order)
    {
        var grades = new Interval[order + 1];
        for (int j = 0; j <= polynomial.Order; j++)
        {
            double a = polynomial.Coefficients[j];
            grades[j] = a == 0 ? 0 : a * Element(polynomial, j).Enclose(x);
        }

        return grades;
    }

    /// <summary>a b, all grades.</summary>
    public static Interval[] Multiply(ReadOnlySpan<Interval> a, ReadOnlySpan<Interval> b)
    {
        var product = new Interval[a.Length + b.Length - 1];
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b.Length; j++)
            {
                product[i + j] += a[i] * b[j];
            }
        }

        return product;
    }

    /// <summary>sum_k q_k x^k, all grades; x has no grade 0.</summary>
    public static Interval[] Compose(ReadOnlySpan<double> q, ReadOnlySpan<Interval> x)
    {
        Interval[] value = [q[q.Length - 1]];
        for (int k = q.Length - 2; k >= 0; k--)
        {
            value = Multiply(value, x);
            value[0] += q[k];
        }

        return value;
    }

    /// <summary>The sum of the grades from one on, up to another.</summary>
    public static Interval Sum(ReadOnlySpan<Interval> series, int from, int to)
    {
        Interval sum = default;
        for (int j = from; j <= to && j < series.Length; j++)
        {
            sum += series[j];
        }

        return sum;
    }

    // p_k of the polynomial's basis.
    private static DecoderPolynomial Element(DecoderPolynomial polynomial, int k)
    {
        int[] steps = [.. Enumerable.Range(0, k)];
        PolynomialBasis basis = new([.. steps.Select(polynomial.Basis.Alpha)], [.. steps.Select(polynomial.Basis.Beta)], [.. steps.Select(polynomial.Basis.Scale)]);
        return new DecoderPolynomial(polynomial.Function, polynomial.Kind, basis, [.. Enumerable.Repeat(0.0, k), 1]);
    }
}
