using System;

namespace OperatorGen.Symbolics;

/// <summary>The standard normal density and distribution, the functions inside erf-GELU: Phi(x) = (1 + erf(x / sqrt 2)) / 2.</summary>
internal static class NormalDistribution
{
    /// <summary>From here on the tails are below the least positive double.</summary>
    public const double End = 40;

    // Where the power series hands over to the continued fraction.
    private const double TailStart = 3.5;

    // At 3.5, 60 levels leave a relative error below 2^-64; further out fewer would do.
    private const int Levels = 60;

    private static readonly DoubleDouble s_peak = new(0.3989422804014327, -2.49232720227773e-17);

    /// <summary>phi(x) = e^(-x^2/2) / sqrt(2 pi).</summary>
    public static DoubleDouble Density(double x)
    {
        if (Math.Abs(x) >= End)
        {
            return 0;
        }

        return s_peak * Exponential.Of(-0.5 * ((DoubleDouble)x * x));
    }

    /// <summary>Phi(x), with a small relative error in both tails.</summary>
    public static DoubleDouble Cumulative(double x)
    {
        if (Math.Abs(x) <= TailStart)
        {
            return CentralCumulative(x);
        }

        return x < 0 ? LowerTail(-x) : 1 - LowerTail(x);
    }

    // Phi(x) = 1/2 + phi(0) sum over n of (-x^2/2)^n x / (n! (2n+1)).
    private static DoubleDouble CentralCumulative(double x)
    {
        DoubleDouble step = -0.5 * ((DoubleDouble)x * x);
        DoubleDouble power = x;
        DoubleDouble sum = x;
        for (int n = 1; Math.Abs(power.High) > 1e-26 * Math.Abs(x); n++)
        {
            power = power * step / n;
            sum += power / ((2 * n) + 1);
        }

        return 0.5 + (s_peak * sum);
    }

    // 1 - Phi(x) = phi(x) / (x + 1/(x + 2/(x + 3/(x + ...)))) for x > 0 (Laplace).
    private static DoubleDouble LowerTail(double x)
    {
        if (x >= End)
        {
            return 0;
        }

        DoubleDouble fraction = x;
        for (int level = Levels; level > 0; level--)
        {
            fraction = x + (level / fraction);
        }

        return Density(x) / fraction;
    }
}
