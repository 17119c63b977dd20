using System;

namespace OperatorGen.Symbolics;

/// <content>What is made of the exponential: sigmoid, tanh, softplus, the logarithm of 1 + x.</content>
public static partial class RealEnclosure
{
    // Below, e^y - 1 comes from its own series without cancellation; it stays below log 2.
    private const double SmallExponent = 0.6875;

    // s^(2n) / (2n + 1) < 2^-59 for s <= 1/3.
    private const int LogarithmDegree = 17;

    private static readonly Interval s_unit = new(0, 1);

    // 1 / (1 - s^2) for 0 <= s <= 1/3 lies between 1 and 9/8.
    private static readonly Interval s_geometric = new(1, 1.125);

    /// <summary>The logistic function 1 / (1 + e^-x).</summary>
    /// <param name="x">A number, also infinite.</param>
    public static Interval Sigmoid(double x) => LogisticPair.At(x, default).Value;

    /// <summary>
    /// tanh x, odd. For x &gt; 0, with y = 2 x and E = e^y - 1: E / (E + 2), monotone in E, where y is small; 1 - 2 / (e^y + 1) else, where the quotient is
    /// below 2/3.
    /// </summary>
    /// <param name="x">A number, also infinite.</param>
    public static Interval Tanh(double x)
    {
        if (x < 0)
        {
            return -Tanh(-x);
        }

        double y = 2 * x;
        if (y > SmallExponent)
        {
            return Within(s_unit, 1.0 - (2.0 / (Exp(y) + 1.0)));
        }

        Interval excess = y * ExponentialQuotient(y);
        return new(
            Outward.QuotientDown(excess.Low, Outward.SumUp(excess.Low, 2)),
            Outward.QuotientUp(excess.High, Outward.SumDown(excess.High, 2)));
    }

    /// <summary>log(1 + e^x): log1p(e^x) for x &lt;= 0, and x + log1p(e^-x) else.</summary>
    /// <param name="x">A number, also infinite.</param>
    public static Interval Softplus(double x)
    {
        if (double.IsPositiveInfinity(x))
        {
            return new(double.MaxValue, x);
        }

        Interval e = Exp(-Math.Abs(x));
        var logarithm = new Interval(Log1p(e.Low).Low, Log1p(Math.Min(e.High, 1)).High);
        return x > 0 ? Within(new Interval(x, double.PositiveInfinity), logarithm + x) : logarithm;
    }

    /// <summary>
    /// log(1 + x) = 2 atanh s, s = x / (2 + x) in [0, 1/3]: <c>2 s (sum of s^2j / (2j + 1) over j &lt; n, plus a rest between s^2n / (2n + 1) and
    /// that divided by 1 - s^2)</c>.
    /// </summary>
    /// <param name="x">A number from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside of [0, 1].</exception>
    public static Interval Log1p(double x)
    {
        if (!(x is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(x), "log(1 + x) is enclosed for x from 0 to 1.");
        }

        Interval s = x / (2.0 + (Interval)x);
        Interval square = s * s;
        Interval[] inverses = EnclosureConstants.InverseOdds;
        Interval sum = inverses[LogarithmDegree] * s_geometric;
        for (int j = LogarithmDegree - 1; j >= 0; j--)
        {
            sum = inverses[j] + (square * sum);
        }

        return 2.0 * (s * sum);
    }

    /// <summary>The members of an enclosure that are in the function's known range.</summary>
    private static Interval Within(Interval range, Interval enclosure) =>
        new(Math.Max(range.Low, enclosure.Low), Math.Min(range.High, enclosure.High));
}
