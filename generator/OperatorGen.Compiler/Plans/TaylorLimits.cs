using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// How many terms of e^M x are enough. With |M| at most theta what is left out after k terms is at most |x| times
/// <code>
/// sum_(j &gt; k) theta^j / j! at most theta^(k+1) / (k+1)! / (1 - theta / (k+2))
/// </code>
/// and <see cref="Of"/> has the largest theta for which that is below the unit roundoff. A larger |M| is cut into equal substeps.
/// </summary>
internal static class TaylorLimits
{
    /// <summary>The largest norm of a substep. A unit of norm costs 23 / 2 terms in double precision; smaller substeps have more terms in all, larger ones lose digits of turning states.</summary>
    public const int Largest = 2;

    /// <summary>The most substeps: beyond a norm of <see cref="Largest"/> times as many the result is not a number.</summary>
    public const int MostSubsteps = 1024;

    /// <summary>The largest norm for 1, 2, ... terms, up to the first that is at least <see cref="Largest"/>.</summary>
    public static IReadOnlyList<double> Of(ElementType element)
    {
        double unit = element == ElementType.Single ? 1.0 / (1 << 24) : 1.0 / (1L << 53);
        List<double> limits = [];
        do
        {
            int terms = limits.Count + 1;
            (double low, double high) = (0, 4);
            for (int i = 0; i < 40; i++)
            {
                double middle = (low + high) / 2;
                (low, high) = LeftOut(middle, terms) <= unit ? (middle, high) : (low, middle);
            }

            // Rounded down to 16 binary digits, which both precisions hold.
            double scale = 1;
            while (low * scale < 1 << 15)
            {
                scale *= 2;
            }

            limits.Add((int)(low * scale) / scale);
        }
        while (limits.Last() < Largest);

        return limits;
    }

    /// <summary>A bound of what is left out after some terms, for a norm below the number of terms and 2.</summary>
    private static double LeftOut(double norm, int terms)
    {
        double term = 1;
        for (int k = 1; k <= terms + 1; k++)
        {
            term *= norm / k;
        }

        return norm < terms + 2 ? term / (1 - (norm / (terms + 2))) : double.PositiveInfinity;
    }
}
