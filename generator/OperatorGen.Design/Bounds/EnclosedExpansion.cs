using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The truncated decoder of a layer on narrow intervals: the steps of <see cref="LayerExpansion.Evaluate"/>, each number an interval.</summary>
internal static class EnclosedExpansion
{
    /// <summary>Contains the decoded outputs.</summary>
    /// <param name="expansion">The layer's polynomials.</param>
    /// <param name="o">[channel].</param>
    /// <param name="gates">z of a gate stream, [channel]; unused otherwise.</param>
    public static Interval[] Decoded(LayerExpansion expansion, Interval[] o, Interval[] gates)
    {
        LayerDescription layer = expansion.Layer;
        Interval[][] f = [.. o.Select((x, c) => Grades(expansion.Readouts[c], x, expansion.Order))];
        if (layer.Glu is not null)
        {
            Interval[][] values = ReferenceEquals(expansion.Values, expansion.Readouts) ? f : [.. o.Select((x, c) => Grades(expansion.Values[c], x, expansion.Order))];
            return [.. Enumerable.Range(0, layer.OutputWidth).Select(i => Glu(expansion, values, f, i))];
        }

        Interval[] h = [.. f.Select((grades, c) => layer.Gate is null
            ? Interval.Sum(grades)
            : Kept(GradedEnclosure.Multiply(grades, Grades(expansion.Gates[c], gates[c], expansion.Order)), expansion.Order))];
        return layer.Mixing is null ? h : IntervalMaps.Apply(layer.Mixing, h);
    }

    private static Interval Glu(LayerExpansion expansion, Interval[][] values, Interval[][] f, int i)
    {
        LinearDescription mixing = expansion.Layer.Mixing!;
        var a = new Interval[expansion.Order + 1];
        var z = new Interval[expansion.Order + 1];
        for (int j = 0; j < a.Length; j++)
        {
            Interval[] grade = [.. f.Select(channel => channel[j])];
            a[j] = IntervalMaps.Dot(mixing.Row(i), [.. values.Select(channel => channel[j])]) + (j == 0 ? mixing.Bias(i) : 0);
            z[j] = j == 0 ? 0 : IntervalMaps.Dot(mixing.Row(expansion.Layer.OutputWidth + i), grade);
        }

        return Kept(GradedEnclosure.Multiply(a, GradedEnclosure.Compose(expansion.GatePowers(i), z)), expansion.Order);
    }

    private static Interval Kept(Interval[] series, int order) => GradedEnclosure.Sum(series, 0, order);

    private static Interval[] Grades(DecoderPolynomial polynomial, Interval x, int order)
    {
        var grades = new Interval[order + 1];
        PolynomialBasis basis = polynomial.Basis;
        Interval previous = default;
        Interval current = 1;
        for (int k = 0; k <= polynomial.Order; k++)
        {
            grades[k] = polynomial.Coefficients[k] * current;
            if (k < polynomial.Order)
            {
                Interval next = (((x - basis.Alpha(k)) * current) - (basis.Beta(k) * previous)) / basis.Scale(k);
                previous = current;
                current = next;
            }
        }

        return grades;
    }
}
