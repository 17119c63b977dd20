using System;

namespace OperatorGen.Symbolics;

/// <summary>The parts of a number's text: sign, digits from the first to the last that is not zero, and the power of ten of the last one.</summary>
internal readonly struct JsonNumber
{
    /// <summary>Exponents beyond this are cut off: no text in memory has digits enough to make up for it.</summary>
    private const long LargestExponent = 1L << 40;

    private JsonNumber(bool negative, int start, int significantDigits, ulong leading, long exponent)
    {
        Negative = negative;
        Start = start;
        SignificantDigits = significantDigits;
        Leading = leading;
        Exponent = exponent;
    }

    /// <summary>Whether the text starts with a minus.</summary>
    public bool Negative { get; }

    /// <summary>Where in the text the first digit is that is not zero.</summary>
    public int Start { get; }

    /// <summary>The count of digits from there to the last one that is not zero; 0 for zero.</summary>
    public int SignificantDigits { get; }

    /// <summary>These digits as an integer, if they are at most 19.</summary>
    public ulong Leading { get; }

    /// <summary>The number is these digits, as an integer, times ten to this power.</summary>
    public long Exponent { get; }

    /// <summary>Reads by the grammar of JSON; false if the text is anything else.</summary>
    public static bool TryScan(ReadOnlySpan<char> text, out JsonNumber number)
    {
        number = default;
        int at = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative)
        {
            at++;
        }

        int integerStart = at;
        at = SkipDigits(text, at);
        int integerDigits = at - integerStart;
        if (integerDigits == 0 || (integerDigits > 1 && text[integerStart] == '0'))
        {
            return false;
        }

        int fractionDigits = 0;
        if (at < text.Length && text[at] == '.')
        {
            int fractionStart = ++at;
            at = SkipDigits(text, at);
            fractionDigits = at - fractionStart;
            if (fractionDigits == 0)
            {
                return false;
            }
        }

        ReadOnlySpan<char> mantissa = text.Slice(0, at);
        if (!TryScanExponent(text, ref at, out long exponent) || at != text.Length)
        {
            return false;
        }

        number = Trim(mantissa, negative, integerStart, exponent - fractionDigits);
        return true;
    }

    private static bool TryScanExponent(ReadOnlySpan<char> text, ref int at, out long exponent)
    {
        exponent = 0;
        if (at == text.Length || (text[at] != 'e' && text[at] != 'E'))
        {
            return true;
        }

        at++;
        bool negative = at < text.Length && text[at] == '-';
        if (negative || (at < text.Length && text[at] == '+'))
        {
            at++;
        }

        int start = at;
        for (; at < text.Length && IsDigit(text[at]); at++)
        {
            exponent = Math.Min(LargestExponent, (exponent * 10) + (text[at] - '0'));
        }

        exponent = negative ? -exponent : exponent;
        return at > start;
    }

    /// <summary>Drops the zeros on both sides of the digits; the exponent is that of the last character of the text.</summary>
    private static JsonNumber Trim(ReadOnlySpan<char> mantissa, bool negative, int start, long exponent)
    {
        while (start < mantissa.Length && mantissa[start] is '0' or '.')
        {
            start++;
        }

        int end = mantissa.Length;
        while (end > start && mantissa[end - 1] is '0' or '.')
        {
            end--;
            exponent += mantissa[end] == '0' ? 1 : 0;
        }

        int count = 0;
        ulong leading = 0;
        foreach (char c in mantissa.Slice(start, end - start))
        {
            if (c != '.')
            {
                count++;
                leading = count <= 19 ? (leading * 10) + (ulong)(c - '0') : 0;
            }
        }

        return new(negative, start, count, leading, exponent);
    }

    private static int SkipDigits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && IsDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
