using System;

namespace OperatorGen;

/// <summary>
/// e^x for x &lt;= 0 with the same bits on every machine, as <see cref="Symbolics.RealMath"/> has it, but many times faster and rounded less well: a row of logits has
/// tens of thousands of numbers. Nothing but IEEE + - * and integer operations in double.
/// </summary>
/// <remarks>
/// x = n ln 2 + r, |r| below 0.347, and e^r by its Taylor series up to r^13, whose rest is below 6e-18. With u = 2^-53: n times the upper part of ln 2 is exact,
/// and so is the difference to x; r is within u / 4 of the exact one, the sum of the terms from r^2 on within 0.3 u, their sum with r is rounded by u / 4, and the last
/// sum by u where the result is above 1, by u / 2 below. Together that is a relative error below 2 u. A subnormal result is rounded once more; below
/// half of the smallest one it is 0.
/// </remarks>
internal static class PlainExponential
{
    private const double InverseLogarithmOfTwo = 1.4426950408889634;

    /// <summary>ln 2 cut to a multiple of 2^-42, and the rest.</summary>
    private const double UpperLogarithmOfTwo = 0.6931471805598903;

    private const double LowerLogarithmOfTwo = 5.497923018708371e-14;

    /// <summary>e^x.</summary>
    /// <param name="x">At most 0; may be -infinity.</param>
    public static double Value(double x)
    {
        if (x < -746)
        {
            return 0;
        }

        double multiple = Math.Floor((x * InverseLogarithmOfTwo) + 0.5);
        double r = x - (multiple * UpperLogarithmOfTwo) - (multiple * LowerLogarithmOfTwo);
        double rest = 1.0 / 6227020800;
        rest = (rest * r) + (1.0 / 479001600);
        rest = (rest * r) + (1.0 / 39916800);
        rest = (rest * r) + (1.0 / 3628800);
        rest = (rest * r) + (1.0 / 362880);
        rest = (rest * r) + (1.0 / 40320);
        rest = (rest * r) + (1.0 / 5040);
        rest = (rest * r) + (1.0 / 720);
        rest = (rest * r) + (1.0 / 120);
        rest = (rest * r) + (1.0 / 24);
        rest = (rest * r) + (1.0 / 6);
        rest = (rest * r) + 0.5;
        double value = 1 + (r + (r * r * rest));

        // In two steps where 2^n may be subnormal, so that only the last one rounds.
        int n = (int)multiple;
        return n > -1000 ? value * PowerOfTwo(n) : value * PowerOfTwo(n + 200) * PowerOfTwo(-200);
    }

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);
}
