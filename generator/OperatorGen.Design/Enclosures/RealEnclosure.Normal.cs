using System;

namespace OperatorGen.Symbolics;

/// <content>The normal distribution.</content>
public static partial class RealEnclosure
{
    // From here on phi and Phi(-x) are below the least positive double: 39.5^2 / 2 > 780.
    private const double NormalEnd = 39.5;

    // Below, e^(-x^2/2) is within 2^-53 of 1: x^2 / 2 < 2^-107.
    private const double NormalFlat = 1e-16;

    /// <summary>
    /// The normal density phi(x) = e^(-x^2/2) / sqrt(2 pi). x^2 is taken as an exact sum of two doubles, because its rounding, times its size, would be a
    /// relative error of the result.
    /// </summary>
    /// <param name="x">A number, also infinite.</param>
    public static Interval NormalDensity(double x)
    {
        if (Math.Abs(x) >= NormalEnd)
        {
            return double.IsInfinity(x) ? 0.0 : s_leastPositive;
        }

        if (Math.Abs(x) < NormalFlat)
        {
            return EnclosureConstants.InverseRootTwoPi * new Interval(Outward.Down(1), 1);
        }

        DoubleDouble square = DoubleDouble.Product(x, x);
        return EnclosureConstants.InverseRootTwoPi * Exp(-square.High / 2, -square.Low / 2);
    }

    /// <summary>The normal density over an interval: it is even and decreases with |x|.</summary>
    public static Interval NormalDensity(Interval x) => new(NormalDensity(x.Magnitude).Low, NormalDensity(x.Mignitude).High);

    /// <summary>The normal distribution Phi(x) = (1 + erf(x / sqrt 2)) / 2, from Phi(-x) = phi(x) R(x) with Mills' ratio R.</summary>
    /// <param name="x">A number, also infinite.</param>
    public static Interval NormalCumulative(double x)
    {
        double magnitude = Math.Abs(x);
        Interval tail = magnitude < NormalEnd ? NormalDensity(x) * MillsRatio.At(magnitude) : NormalDensity(x);
        return x < 0 ? tail : Within(s_unit, 1.0 - tail);
    }

    /// <summary>The normal distribution over an interval, by its ends.</summary>
    public static Interval NormalCumulative(Interval x) => new(NormalCumulative(x.Low).Low, NormalCumulative(x.High).High);
}
