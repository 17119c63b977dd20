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

    /// <summary>Contains what the mixing makes of h, and of o where a gated linear unit's value reads it; h itself without mixing.</summary>
    public static Interval[] Mixed(LayerDescription layer, ReadOnlySpan<Interval> o, ReadOnlySpan<Interval> h) =>
        Mixed(layer, o, h, bias: true);

    /// <summary>Contains the change of <see cref="Mixed(LayerDescription, ReadOnlySpan{Interval}, ReadOnlySpan{Interval})"/> for changes of o and h.</summary>
    public static Interval[] MixedChange(LayerDescription layer, ReadOnlySpan<Interval> o, ReadOnlySpan<Interval> h) =>
        Mixed(layer, o, h, bias: false);

    /// <summary>Contains A gate(Z), A the first half of the mixed channels and Z the second.</summary>
    public static Interval[] Product(DecoderFunction gate, ReadOnlySpan<Interval> mixed)
    {
        var product = new Interval[mixed.Length / 2];
        for (int i = 0; i < product.Length; i++)
        {
            product[i] = mixed[i] * FunctionRange.Value(gate, mixed[product.Length + i]);
        }

        return product;
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

    private static Interval[] Mixed(LayerDescription layer, ReadOnlySpan<Interval> o, ReadOnlySpan<Interval> h, bool bias)
    {
        if (layer.Mixing is not { } mixing)
        {
            return h.ToArray();
        }

        Interval[] mixed = Rows(mixing, h, bias);
        if (layer.Glu is { ReadsReadouts: true })
        {
            Rows(mixing, o, bias).AsSpan(0, layer.OutputWidth).CopyTo(mixed);
        }

        return mixed;
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
