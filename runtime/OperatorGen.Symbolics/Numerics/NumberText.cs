using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// Numbers as text and back, without culture and with the same characters on every host.
/// A finite number is written as C# and JSON both read it: an optional minus, digits, optionally a point and digits (plain from 1e-5 up to below 1e15),
/// otherwise with an exponent as in 1.5e-7. Integers have no point. The others are NaN, Infinity and -Infinity; a negative zero is -0.
/// </summary>
public static partial class NumberText
{
    private const int SmallestPlainExponent = -5;
    private const int SmallestExponentTooLargeForPlain = 15;

    /// <summary>The shortest decimal that reads back as the same double; of several, the closest.</summary>
    public static string Format(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        if (double.IsNaN(value) || double.IsInfinity(value) || value == 0)
        {
            return FormatSpecial(value, bits < 0);
        }

        return Layout(bits < 0, ShortestDecimal.Of(Math.Abs(value)));
    }

    /// <summary>The shortest decimal that reads back as the same float; of several, the closest.</summary>
    public static string Format(float value)
    {
        // The widening is exact, so sign and kind can be asked of the double.
        double wide = value;
        bool negative = BitConverter.DoubleToInt64Bits(wide) < 0;
        if (float.IsNaN(value) || float.IsInfinity(value) || value == 0)
        {
            return FormatSpecial(wide, negative);
        }

        return Layout(negative, ShortestDecimal.Of(Math.Abs(value)));
    }

    /// <summary>The value rounded to so many significant digits, half to even on its exact binary value, without trailing zeros: for people.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="significantDigits"/> is not between 1 and 17.</exception>
    public static string Format(double value, int significantDigits)
    {
        if (significantDigits is < 1 or > 17)
        {
            throw new ArgumentOutOfRangeException(nameof(significantDigits), "A number is written with 1 to 17 significant digits.");
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        if (double.IsNaN(value) || double.IsInfinity(value) || value == 0)
        {
            return FormatSpecial(value, bits < 0);
        }

        return Layout(bits < 0, RoundedDecimal.Of(Math.Abs(value), significantDigits));
    }

    private static string FormatSpecial(double value, bool negative)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        return value == 0 ? (negative ? "-0" : "0") : (negative ? "-Infinity" : "Infinity");
    }

    private static string Layout(bool negative, DecimalNumber number)
    {
        Span<char> digits = stackalloc char[20];
        int count = number.WriteDigits(digits);
        digits = digits.Slice(0, count);
        int exponent = number.Exponent + count - 1;

        Span<char> text = stackalloc char[32];
        int length = 0;
        if (negative)
        {
            text[length++] = '-';
        }

        if (exponent is < SmallestPlainExponent or >= SmallestExponentTooLargeForPlain)
        {
            text[length++] = digits[0];
            if (count > 1)
            {
                text[length++] = '.';
                length = Append(text, length, digits.Slice(1));
            }

            text[length++] = 'e';
            length = AppendInteger(text, length, exponent);
        }
        else if (exponent < 0)
        {
            text[length++] = '0';
            text[length++] = '.';
            length = AppendZeros(text, length, -exponent - 1);
            length = Append(text, length, digits);
        }
        else if (exponent >= count - 1)
        {
            length = Append(text, length, digits);
            length = AppendZeros(text, length, exponent - count + 1);
        }
        else
        {
            length = Append(text, length, digits.Slice(0, exponent + 1));
            text[length++] = '.';
            length = Append(text, length, digits.Slice(exponent + 1));
        }

        return text.Slice(0, length).ToString();
    }

    private static int Append(Span<char> text, int length, ReadOnlySpan<char> part)
    {
        part.CopyTo(text.Slice(length));
        return length + part.Length;
    }

    private static int AppendZeros(Span<char> text, int length, int count)
    {
        text.Slice(length, count).Fill('0');
        return length + count;
    }

    private static int AppendInteger(Span<char> text, int length, int value)
    {
        if (value < 0)
        {
            text[length++] = '-';
            value = -value;
        }

        Span<char> digits = stackalloc char[20];
        int count = DecimalNumber.WriteDigits((ulong)value, digits);
        return Append(text, length, digits.Slice(0, count));
    }
}
