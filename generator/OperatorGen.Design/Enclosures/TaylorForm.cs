using System;

namespace OperatorGen.Symbolics;

/// <summary>The range of a polynomial with interval coefficients on a symmetric interval.</summary>
internal static class TaylorForm
{
    /// <summary>
    /// Contains e_0 + e_1 y + ... + e_n y^n for |y| &lt;= r. The part of degree 2 is enclosed by its values at the ends and at the vertex, y = -e_1 / (2 e_2), for the
    /// middles of e_1 and e_2; what these leave of e_1 and e_2, and the higher powers, count with their greatest magnitudes. The excess is of third order in r
    /// where the coefficients are narrow.
    /// </summary>
    public static Interval Range(ReadOnlySpan<Interval> e, double r)
    {
        Interval range = e[0];
        if (e.Length > 1)
        {
            Interval square = e.Length > 2 ? e[2] : default;
            double first = e[1].Midpoint;
            double second = square.Midpoint;
            range += Quadratic(first, second, r);
            range += (e[1] - first) * new Interval(-r, r);
            range += (square - second) * new Interval(0, Outward.ProductUp(r, r));
        }

        double power = Outward.ProductUp(r, r);
        for (int k = 3; k < e.Length; k++)
        {
            power = Outward.ProductUp(power, r);
            range += e[k] * new Interval(k % 2 == 0 ? 0 : -power, power);
        }

        return range;
    }

    // The range of a y + b y^2.
    private static Interval Quadratic(double a, double b, double r)
    {
        Interval ends = (Interval)a * r;
        Interval square = (Interval)b * r * r;
        Interval range = (square + ends).Hull(square - ends);
        range = range.Hull(0);

        // The vertex is inside where |a| <= 2 |b| r; a little more does no harm.
        return b != 0 && Math.Abs(a) <= 2 * Math.Abs(Outward.Up(Math.Abs(b) * r))
            ? range.Hull(-((Interval)a * a) / (4.0 * (Interval)b))
            : range;
    }
}
