using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>Powers of ten to 128 bits.</summary>
internal static class PowersOfTen
{
    /// <summary>The smallest exponent of the table: the largest doubles are divided by about 10^292, texts reach down to 10^-342.</summary>
    public const int Smallest = -348;

    /// <summary>The largest exponent of the table: the smallest subnormal number is multiplied by 10^324.</summary>
    public const int Largest = 348;

    private static readonly ulong[] High = new ulong[Largest - Smallest + 1];
    private static readonly ulong[] Low = new ulong[Largest - Smallest + 1];

#pragma warning disable CA1810 // Two arrays are filled by one loop.
    static PowersOfTen()
    {
        BigInteger power = BigInteger.One;
        for (int n = 0; n <= Largest; n++)
        {
            int length = BinaryRounding.BitLength(power);
            Set(n, length <= 128 ? power << (128 - length) : (power >> (length - 128)) + 1);
            if (n > 0)
            {
                Set(-n, ((BigInteger.One << (length + 127)) / power) + 1);
            }

            power *= 10;
        }
    }
#pragma warning restore CA1810

    /// <summary>floor(log2(10^n)) for |n| up to 1,000.</summary>
    public static int FloorLog2(int n) => (n * 1741647) >> 19;

    /// <summary>The product of factor and 10^n 2^(127 - floor(log2 10^n)), without its low 64 bits; 10^n is rounded up to 128 bits where it has more.</summary>
    public static (ulong High, ulong Low) Multiply(ulong factor, int n)
    {
        ulong highOfLow = Multiply(Low[n - Smallest], factor, out _);
        ulong high = Multiply(High[n - Smallest], factor, out ulong low);
        low += highOfLow;
        return (low < highOfLow ? high + 1 : high, low);
    }

    private static void Set(int n, BigInteger significand)
    {
        High[n - Smallest] = (ulong)(significand >> 64);
        Low[n - Smallest] = (ulong)(significand & ulong.MaxValue);
    }

    /// <summary>The high half of the 128-bit product.</summary>
    private static ulong Multiply(ulong a, ulong b, out ulong low)
    {
#if NET
        return System.Math.BigMul(a, b, out low);
#else
        ulong aHigh = a >> 32, aLow = (uint)a, bHigh = b >> 32, bLow = (uint)b;
        ulong lowProduct = aLow * bLow;
        ulong middle = (aHigh * bLow) + (lowProduct >> 32);
        ulong otherMiddle = (aLow * bHigh) + (uint)middle;
        low = (otherMiddle << 32) | (uint)lowProduct;
        return (aHigh * bHigh) + (middle >> 32) + (otherMiddle >> 32);
#endif
    }
}
