using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The linear maps and norms of an operator on intervals, channels taken as independent.</summary>
internal static class IntervalMaps
{
    /// <summary>Contains W x + b.</summary>
    public static Interval[] Apply(LinearDescription linear, ReadOnlySpan<Interval> x) => Rows(linear, x, bias: true);

    /// <summary>Contains W e, what a change e of x makes of y.</summary>
    public static Interval[] Change(LinearDescription linear, ReadOnlySpan<Interval> e) => Rows(linear, e, bias: false);

    /// <summary>Contains sum_i a_i x_i.</summary>
    public static Interval Dot(ReadOnlySpan<double> a, ReadOnlySpan<Interval> x)
    {
        Interval sum = default;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * x[i];
        }

        return sum;
    }

    /// <summary>Contains sum_i a_i x_i.</summary>
    public static Interval Dot(ReadOnlySpan<Interval> a, ReadOnlySpan<Interval> x)
    {
        Interval sum = default;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * x[i];
        }

        return sum;
    }

    /// <summary>a_i + b_i.</summary>
    public static Interval[] Sum(ReadOnlySpan<Interval> a, ReadOnlySpan<Interval> b)
    {
        var sum = new Interval[a.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = a[i] + b[i];
        }

        return sum;
    }

    /// <summary>
    /// Contains what a norm makes of any row: the normalised row has the mean 0 and a mean square below 1, hence no element above sqrt(n - 1).
    /// </summary>
    public static Interval[] Normalised(NormDescription norm)
    {
        double greatest = Root(norm.Width - 1).High;
        var y = new Interval[norm.Width];
        for (int c = 0; c < y.Length; c++)
        {
            y[c] = (norm.Weight(c) * new Interval(-greatest, greatest)) + norm.Bias(c);
        }

        return y;
    }

    /// <summary>Contains the square roots of the numbers of an interval that are not negative.</summary>
    public static Interval Root(Interval x)
    {
        // A rounded root is wrong by at most 2^-53 of itself; the factors leave twice that.
        const double Step = 1.0 / (1L << 52);
        return new Interval(
            ((Interval)Math.Sqrt(Math.Max(0, x.Low)) * (1 - Step)).Low,
            double.IsInfinity(x.High) ? x.High : ((Interval)Math.Sqrt(x.High) * (1 + Step)).High);
    }

    private static Interval[] Rows(LinearDescription linear, ReadOnlySpan<Interval> x, bool bias)
    {
        var y = new Interval[linear.Outputs];
        for (int o = 0; o < y.Length; o++)
        {
            y[o] = Dot(linear.Row(o), x) + (bias ? linear.Bias(o) : 0);
        }

        return y;
    }
}
