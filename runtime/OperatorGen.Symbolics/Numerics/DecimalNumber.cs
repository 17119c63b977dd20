using System;

namespace OperatorGen.Symbolics;

/// <summary>The positive number Digits 10^Exponent, without trailing zeros in Digits.</summary>
internal readonly struct DecimalNumber
{
    public DecimalNumber(ulong digits, int exponent)
    {
        while (digits % 10 == 0)
        {
            digits /= 10;
            exponent++;
        }

        Digits = digits;
        Exponent = exponent;
    }

    public ulong Digits { get; }

    public int Exponent { get; }

    /// <summary>Writes the digits from the left and says how many there are.</summary>
    public int WriteDigits(Span<char> text) => WriteDigits(Digits, text);

    /// <summary>Writes the decimal digits of an integer from the left and says how many there are: at most 20.</summary>
    public static int WriteDigits(ulong value, Span<char> text)
    {
        int count = 1;
        for (ulong rest = value; rest >= 10; rest /= 10)
        {
            count++;
        }

        for (int i = count - 1; i >= 0; i--)
        {
            text[i] = (char)('0' + (int)(value % 10));
            value /= 10;
        }

        return count;
    }
}
