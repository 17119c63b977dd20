using System;

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
}
