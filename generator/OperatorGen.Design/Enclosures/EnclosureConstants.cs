using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>
/// The irrational constants of the enclosures. They start from <see cref="DoubleDoubleConstants"/>, whose series of rational numbers are cut off in units of
/// 2^-(256 + 16): at most 64 arctangent terms of two truncations each, weighted by at most 20, or 90 logarithm terms, are wrong by less than one unit of
/// 2^-256; with the final shift that is less than two. What is derived from them here (a root, a product, a quotient of numbers between 1/4 and 8) multiplies
/// this by less than 2^8, so 2^16 units on both sides hold the true value.
/// </summary>
internal static class EnclosureConstants
{
    /// <summary>Bits behind the binary point.</summary>
    public const int Bits = DoubleDoubleConstants.Bits;

    private const int LeadingBits = 32;

    private static readonly BigInteger s_slack = BigInteger.One << 16;
    private static readonly BigInteger s_logarithmOfTwo = DoubleDoubleConstants.LogarithmOfTwo(Bits);
    private static readonly BigInteger s_leading = (s_logarithmOfTwo >> (Bits - LeadingBits)) << (Bits - LeadingBits);

    // sqrt(2/pi) = 2 / sqrt(2 pi)
    private static readonly BigInteger s_rootTwoPi = DoubleDoubleConstants.SquareRoot(2 * DoubleDoubleConstants.Pi(Bits), Bits);
    private static readonly BigInteger s_inverseRootTwoPi = (BigInteger.One << (2 * Bits)) / s_rootTwoPi;

    /// <summary>The leading 32 bits of log 2: its product with a whole number below 2^21 is exact.</summary>
    public static readonly double LogarithmOfTwoHead = Outward.FixedDown(s_leading, Bits);

    /// <summary>What the head leaves of log 2, below 2^-32.</summary>
    public static readonly Interval LogarithmOfTwoTail = Of(s_logarithmOfTwo - s_leading);

    /// <summary>1 / sqrt(2 pi), the peak of the normal density.</summary>
    public static readonly Interval InverseRootTwoPi = Of(s_inverseRootTwoPi);

    /// <summary>2 sqrt(2/pi), the slope at 0 inside the tanh approximation of GELU, to about 2^-104 of itself.</summary>
    public static readonly DoubleDouble GeluTanhLinear = DoubleDoubleConstants.ToDoubleDouble(4 * s_inverseRootTwoPi, Bits);

    /// <summary>2 sqrt(2/pi) 0.044715, the cubic coefficient there, to about 2^-104 of itself; 0.044715 is meant as that decimal.</summary>
    public static readonly DoubleDouble GeluTanhCubic = DoubleDoubleConstants.ToDoubleDouble(4 * s_inverseRootTwoPi * 44715 / 1000000, Bits);

    /// <summary>1 / k!, k = 0 to 19.</summary>
    public static readonly Interval[] InverseFactorials = MakeInverseFactorials();

    /// <summary>1 / (2k + 1), k = 0 to 19.</summary>
    public static readonly Interval[] InverseOdds = MakeInverseOdds();

    private static Interval Of(BigInteger value) => new(Outward.FixedDown(value - s_slack, Bits), Outward.FixedUp(value + s_slack, Bits));

    private static Interval[] MakeInverseFactorials()
    {
        var inverses = new Interval[20];
        BigInteger factorial = BigInteger.One;
        for (int k = 0; k < inverses.Length; k++)
        {
            factorial = k == 0 ? factorial : factorial * k;
            inverses[k] = Interval.Of(new BigRational(BigInteger.One, factorial));
        }

        return inverses;
    }

    private static Interval[] MakeInverseOdds()
    {
        var inverses = new Interval[20];
        for (int k = 0; k < inverses.Length; k++)
        {
            inverses[k] = Interval.Of(new BigRational(1, (2 * k) + 1));
        }

        return inverses;
    }
}
