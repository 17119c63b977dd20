using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Norms on intervals.</summary>
internal static class NormEnclosure
{
    /// <summary>
    /// Contains y for every row of a range, channels taken as independent. Of a LayerNorm any row: the normalised row has the mean 0 and a mean square below 1,
    /// hence no element above sqrt(n - 1). Of a norm by the root mean square of a group no element is above the root of its channels, of one by the length none above 1.
    /// </summary>
    public static Interval[] Range(this NormDescription norm, Interval[] x)
    {
        double greatest = norm switch
        {
            LayerNormDescription => IntervalMaps.Root(norm.Width - 1).High,
            RmsNormDescription rms => IntervalMaps.Root(rms.GroupWidth).High,
            _ => 1,
        };
        return norm switch
        {
            BatchNormDescription => Affine(norm, x),
            LayerNormDescription or RmsNormDescription or LengthNormDescription => Affine(norm, [.. Enumerable.Repeat(new Interval(-greatest, greatest), norm.Width)]),
            _ => throw Unknown(norm),
        };
    }

    /// <summary>Contains y of one row that is known up to rounding.</summary>
    public static Interval[] Enclose(this NormDescription norm, Interval[] x) => norm switch
    {
        BatchNormDescription => Affine(norm, x),
        LayerNormDescription layer => Affine(norm, Normalised(layer, x)),
        RmsNormDescription rms => Affine(norm, Normalised(rms, x)),
        LengthNormDescription length => Affine(norm, Normalised(length, x)),
        _ => throw Unknown(norm),
    };

    /// <summary>Contains the change of y for a change e of x; null where none is proven.</summary>
    public static Interval[]? Change(this NormDescription norm, Interval[] e) => norm switch
    {
        BatchNormDescription => [.. e.Select((change, c) => change * norm.Weight(c))],
        LayerNormDescription or RmsNormDescription or LengthNormDescription => e.All(change => change.Magnitude == 0) ? e : null,
        _ => throw Unknown(norm),
    };

    /// <summary>
    /// How a change of x is passed on at most. The Jacobian of a LayerNorm at any row is diag(weight) J with J = (1 - 11'/n - x x'/n) / sqrt(var + epsilon), x the
    /// normalised row: symmetric, its eigenvalues in [0, 1/sqrt(epsilon)]. Then no diagonal entry exceeds 1/sqrt(epsilon), and no other half of it (each 2 x 2
    /// block has its eigenvalues in that interval too). The same holds of the root mean square, without 11'/n; and of the length, with 1 / max(|x|, floor) before it.
    /// </summary>
    public static GainMatrix Gains(this NormDescription norm)
    {
        Interval steepest = norm switch
        {
            LayerNormDescription layer => 1.0 / IntervalMaps.Root(layer.Epsilon),
            RmsNormDescription rms => 1.0 / IntervalMaps.Root(rms.Epsilon),
            LengthNormDescription length => 1.0 / new Interval(length.Floor, length.Floor),
            _ => default,
        };
        return norm switch
        {
            BatchNormDescription => GainMatrix.Of(norm.Width, norm.Width, (i, j) => i == j ? Math.Abs(norm.Weight(i)) : 0),
            LayerNormDescription or LengthNormDescription or RmsNormDescription => GainMatrix.Of(norm.Width, norm.Width, (i, j) => (Math.Abs(norm.Weight(i)) * steepest).High * (i == j ? 1 : 0.5)),
            _ => throw Unknown(norm),
        };
    }

    private static Interval[] Normalised(LayerNormDescription norm, Interval[] x)
    {
        Interval mean = Interval.Sum(x) / x.Length;
        Interval[] centred = [.. x.Select(value => value - mean)];
        Interval variance = Interval.Sum([.. centred.Select(value => value.Square())]) / x.Length;
        Interval scale = 1.0 / IntervalMaps.Root(variance + norm.Epsilon);
        return [.. centred.Select(value => value * scale)];
    }

    private static Interval[] Normalised(RmsNormDescription norm, Interval[] x)
    {
        var y = new Interval[x.Length];
        for (int start = 0; start < x.Length; start += norm.GroupWidth)
        {
            Interval[] group = [.. x.Skip(start).Take(norm.GroupWidth)];
            Interval scale = 1.0 / IntervalMaps.Root((Interval.Sum([.. group.Select(value => value.Square())]) / group.Length) + norm.Epsilon);
            group.Select(value => value * scale).ToArray().CopyTo(y, start);
        }

        return y;
    }

    private static Interval[] Normalised(LengthNormDescription norm, Interval[] x)
    {
        Interval sum = Interval.Sum([.. x.Select(value => value.Square())]);
        var length = new Interval(Math.Max(IntervalMaps.Root(sum).Low, norm.Floor), Math.Max(IntervalMaps.Root(sum).High, norm.Floor));
        return [.. x.Select(value => value / length)];
    }

    private static Interval[] Affine(NormDescription norm, Interval[] x) => [.. x.Select((value, c) => (value * norm.Weight(c)) + norm.Bias(c))];

    private static ArgumentException Unknown(NormDescription norm) => new($"No bound is known of a {norm.GetType().Name}.", nameof(norm));
}
