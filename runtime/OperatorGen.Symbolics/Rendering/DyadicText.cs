using System.Numerics;
using System.Text;

namespace OperatorGen.Symbolics;

/// <summary>
/// Numbers p / 2^k in the hexadecimal notation of C99, exactly: with more digits than a double has where the number needs them. A reader of
/// hexadecimal floats gets the nearest double.
/// </summary>
public static class DyadicText
{
    /// <summary>The text, for example <c>-0x1.8p-1</c>; null where the denominator is no power of two.</summary>
    /// <param name="value">The number.</param>
    public static string? Of(BigRational value)
    {
        int power = PowerOfTwo(value.Denominator);
        if (power < 0)
        {
            return null;
        }

        if (value.IsZero)
        {
            return "0x0p+0";
        }

        // The leading bit is before the point; what follows is filled up to whole digits of four bits.
        BigInteger significand = BigInteger.Abs(value.Numerator);
        int length = BitLength(significand);
        int fraction = (length - 1 + 3) / 4 * 4;
        significand <<= fraction - (length - 1);
        var digits = new StringBuilder();
        for (int shift = fraction - 4; shift >= 0; shift -= 4)
        {
            digits.Append("0123456789abcdef"[(int)((significand >> shift) & 15)]);
        }

        string after = digits.ToString().TrimEnd('0');
        int exponent = length - 1 - power;
        return (value.Sign < 0 ? "-" : "") + "0x1" + (after.Length == 0 ? "" : "." + after) + "p" + (exponent < 0 ? "" : "+") + NumberText.Format(exponent);
    }

    /// <summary>k of 2^k; -1 where the number is no power of two.</summary>
    /// <param name="value">A number of at least 1.</param>
    internal static int PowerOfTwo(BigInteger value) => value.IsPowerOfTwo ? BitLength(value) - 1 : -1;

    private static int BitLength(BigInteger value)
    {
        byte[] bytes = value.ToByteArray();
        int length = 8 * (bytes.Length - 1);
        for (int top = bytes[bytes.Length - 1]; top > 0; top >>= 1)
        {
            length++;
        }

        return length;
    }
}
