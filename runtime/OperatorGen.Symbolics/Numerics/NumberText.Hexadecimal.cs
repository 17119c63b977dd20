using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <content>Hexadecimal floating-point text, exact.</content>
public static partial class NumberText
{
    private const string HexDigits = "0123456789abcdef";

    /// <summary>
    /// The exact value in the notation of C99 (printf %a): 0x1.8p+1 is 3. The digit before the point is 1, also for a subnormal number; 0 is 0x0p+0.
    /// </summary>
    public static string FormatHex(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            return FormatSpecial(value, bits < 0);
        }

        int exponent = (int)((bits >> 52) & 0x7FF) - 1023;
        ulong fraction = (ulong)bits & ((1UL << 52) - 1);
        if (exponent == -1023 && fraction != 0)
        {
            exponent++;
            while (fraction >> 52 == 0)
            {
                fraction <<= 1;
                exponent--;
            }
        }

        Span<char> text = stackalloc char[32];
        int length = 0;
        if (bits < 0)
        {
            text[length++] = '-';
        }

        text[length++] = '0';
        text[length++] = 'x';
        text[length++] = value == 0 ? '0' : '1';
        fraction <<= 12;
        if (fraction != 0)
        {
            text[length++] = '.';
            for (; fraction != 0; fraction <<= 4)
            {
                text[length++] = HexDigits[(int)(fraction >> 60)];
            }
        }

        exponent = value == 0 ? 0 : exponent;
        text[length++] = 'p';
        if (exponent >= 0)
        {
            text[length++] = '+';
        }

        length = AppendInteger(text, length, exponent);
        return text.Slice(0, length).ToString();
    }

    /// <summary>
    /// Reads what <see cref="FormatHex(double)"/> writes, and any other number of the form -? 0x h+ (. h+)? p [+-]? d+ with any number of digits.
    /// </summary>
    /// <param name="text">The text, with nothing before or after the number.</param>
    /// <param name="value">The nearest double, half to even; an infinity where the number is too large; 0 where the text is not a number.</param>
    /// <returns>Whether the text has this form.</returns>
    public static bool TryParseHex(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        ReadOnlySpan<char> rest = negative ? text.Slice(1) : text;
        double magnitude;
        if (rest.SequenceEqual("Infinity".AsSpan()))
        {
            magnitude = double.PositiveInfinity;
        }
        else if (!negative && rest.SequenceEqual("NaN".AsSpan()))
        {
            magnitude = double.NaN;
        }
        else if (!TryParseHexMagnitude(rest, out magnitude))
        {
            return false;
        }

        value = negative ? -magnitude : magnitude;
        return true;
    }

    private static bool TryParseHexMagnitude(ReadOnlySpan<char> text, out double magnitude)
    {
        magnitude = 0;
        if (text.Length < 2 || text[0] != '0' || (text[1] != 'x' && text[1] != 'X'))
        {
            return false;
        }

        // 60 bits of digits are kept; a last bit says whether any digit beyond them is not zero.
        ulong significand = 0;
        bool sticky = false;
        long exponent = 0;
        int at = 2;
        int digits = ScanHexDigits(text, ref at, ref significand, ref sticky, out int dropped);
        exponent += 4L * dropped;
        if (digits == 0)
        {
            return false;
        }

        if (at < text.Length && text[at] == '.')
        {
            at++;
            int fractionDigits = ScanHexDigits(text, ref at, ref significand, ref sticky, out dropped);
            exponent -= 4L * (fractionDigits - dropped);
            if (fractionDigits == 0)
            {
                return false;
            }
        }

        if (!TryScanBinaryExponent(text.Slice(at), out long written))
        {
            return false;
        }

        exponent = Math.Max(-100000, Math.Min(100000, exponent + written));
        magnitude = BinaryRounding.ToDouble(((BigInteger)significand << 1) + (sticky ? 1 : 0), (int)exponent - 1);
        return true;
    }

    private static int ScanHexDigits(ReadOnlySpan<char> text, ref int at, ref ulong significand, ref bool sticky, out int dropped)
    {
        int start = at;
        dropped = 0;
        for (; at < text.Length; at++)
        {
            int digit = HexDigits.IndexOf((char)(text[at] is >= 'A' and <= 'F' ? text[at] + 32 : text[at]));
            if (digit < 0)
            {
                break;
            }

            if (significand >> 56 == 0)
            {
                significand = (significand << 4) | (uint)digit;
            }
            else
            {
                dropped++;
                sticky |= digit != 0;
            }
        }

        return at - start;
    }

    private static bool TryScanBinaryExponent(ReadOnlySpan<char> text, out long exponent)
    {
        exponent = 0;
        if (text.Length < 2 || (text[0] != 'p' && text[0] != 'P'))
        {
            return false;
        }

        int start = text[1] is '+' or '-' ? 2 : 1;
        for (int at = start; at < text.Length; at++)
        {
            if (text[at] is < '0' or > '9')
            {
                return false;
            }

            exponent = Math.Min(1L << 40, (exponent * 10) + (text[at] - '0'));
        }

        exponent = text[1] == '-' ? -exponent : exponent;
        return text.Length > start;
    }
}
