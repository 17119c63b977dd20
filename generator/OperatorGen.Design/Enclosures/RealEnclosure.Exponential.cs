using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// Enclosures of elementary functions: intervals that provably contain the real value. Each is a series with rational coefficients and a proven remainder,
/// after a range reduction that is exact or itself enclosed, evaluated in <see cref="Interval"/> arithmetic. No floating-point function of the
/// platform and none of <see cref="RealMath"/> is trusted. Arguments may be infinite ends of an interval; the result then has the limit as its end.
/// For single numbers the enclosures are at most 48 2^-53 of the value wide (counted in docs/bounds.md), down to values of 1e-290.
/// </summary>
public static partial class RealEnclosure
{
    private const double InverseLogarithmOfTwo = 1.4426950408889634;

    // e^x is above the greatest double from the first on, and below the least positive one under the second.
    private const double OverflowFrom = 709.79;
    private const double UnderflowBelow = -745.2;

    // r^18 / 18! < 2^-61 for 0 <= r <= log 2.
    private const int ExponentialDegree = 18;

    private static readonly Interval s_leastPositive = new(0, double.Epsilon);

    // The last term takes in all that follow: e^xi / n!, e^xi between 1 and e^0.7 < 2.02.
    private static readonly Interval s_lastFactor = new(1, 2.02);

    /// <summary>e^x.</summary>
    /// <param name="x">A number, also infinite.</param>
    public static Interval Exp(double x) => Exp(x, default);

    /// <summary>
    /// e^(x + rest). With k = floor(x / log 2), the reduced argument r = x - k log 2 lies in [0, log 2] up to a rounding, which is repaired by one step of k;
    /// log 2 is split so that the product of k with its head is exact. Then Taylor with Lagrange's remainder,
    /// <c>e^r = sum of r^j / j! over j &lt; n, plus r^n / n! e^xi, 0 &lt;= xi &lt;= r</c>, all terms positive; and the exact factor 2^k.
    /// </summary>
    /// <param name="x">A number, also infinite.</param>
    /// <param name="rest">A small correction, below 2^-20 in magnitude.</param>
    internal static Interval Exp(double x, Interval rest)
    {
        if (x > OverflowFrom)
        {
            return new(double.MaxValue, double.PositiveInfinity);
        }

        if (x < UnderflowBelow)
        {
            return double.IsNegativeInfinity(x) ? 0.0 : s_leastPositive;
        }

        double k = Math.Floor(x * InverseLogarithmOfTwo);
        Interval r = Reduce(x, k, rest);
        if (r.Low < 0)
        {
            k--;
            r = Reduce(x, k, rest);
        }

        Interval[] inverses = EnclosureConstants.InverseFactorials;
        Interval sum = inverses[ExponentialDegree] * s_lastFactor;
        for (int j = ExponentialDegree - 1; j >= 0; j--)
        {
            sum = inverses[j] + (r * sum);
        }

        return Scale(sum, (int)k);
    }

    /// <summary>(e^r - 1) / r for 0 &lt;= r &lt;= 0.69: the sum of r^j / (j+1)!, its last term as in e^r.</summary>
    private static Interval ExponentialQuotient(double r)
    {
        Interval[] inverses = EnclosureConstants.InverseFactorials;
        Interval sum = inverses[ExponentialDegree + 1] * s_lastFactor;
        for (int j = ExponentialDegree; j > 0; j--)
        {
            sum = inverses[j] + (r * sum);
        }

        return sum;
    }

    private static Interval Reduce(double x, double k, Interval rest)
    {
        Interval head = (Interval)x - (k * EnclosureConstants.LogarithmOfTwoHead);
        return head - (k * EnclosureConstants.LogarithmOfTwoTail) + rest;
    }

    // The first factor leaves numbers between 1 and 2 in the normal range; the second may leave it and is then rounded outward.
    private static Interval Scale(Interval value, int exponent)
    {
        if (Math.Abs(exponent) <= 1000)
        {
            double factor = DoubleDouble.PowerOfTwo(exponent);
            return new(value.Low * factor, value.High * factor);
        }

        double first = DoubleDouble.PowerOfTwo(exponent / 2);
        double second = DoubleDouble.PowerOfTwo(exponent - (exponent / 2));
        return new(Outward.ProductDown(value.Low * first, second), Outward.ProductUp(value.High * first, second));
    }
}
