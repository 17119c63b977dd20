using System;

namespace OperatorGen.Symbolics;

/// <summary>The standard normal density and distribution, the functions inside erf-GELU: Phi(x) = (1 + erf(x / sqrt 2)) / 2.</summary>
internal static class NormalDistribution
{
    /// <summary>From here on the tails are below half of the least positive double.</summary>
    public const double End = 39.5;

    private const double TwoOverRootPi = 1.1283791670955126;

    private static readonly DoubleDouble s_rootHalf = new(0.7071067811865476, -4.833646656726457e-17);

    // 1 / sqrt(2 pi)
    private static readonly DoubleDouble s_peak = new(0.3989422804014327, -2.49232720227773e-17);

    /// <summary>phi(x) = e^(-x^2/2) / sqrt(2 pi).</summary>
    public static DoubleDouble Density(double x) => Math.Abs(x) < End ? s_peak * Bell(x) : 0;

    /// <summary>
    /// Phi(x), with a small relative error in both tails: Phi(-|x|) = e^(-x^2/2) erfcx(z) / 2, z = |x| / sqrt 2, where
    /// erfcx z = e^(z^2) erfc z has the derivative 2 z erfcx z - 2/sqrt(pi), which takes in what rounding z leaves out.
    /// </summary>
    public static DoubleDouble Cumulative(double x)
    {
        if (Math.Abs(x) >= End)
        {
            return x < 0 ? 0 : 1;
        }

        DoubleDouble z = s_rootHalf * Math.Abs(x);
        DoubleDouble scaled = ErrorFunctionTables.ScaledComplement(z.High);
        scaled += z.Low * ((2 * z.High * scaled.High) - TwoOverRootPi);
        DoubleDouble tail = Bell(x) * scaled * 0.5;
        return x < 0 ? tail : 1 - tail;
    }

    private static DoubleDouble Bell(double x) => Exponential.Of(DoubleDouble.Product(x, x) * -0.5);
}
