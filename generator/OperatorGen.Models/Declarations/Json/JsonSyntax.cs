using System;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OperatorGen.Models;

/// <summary>Says where and why a text is not JSON, in words that do not depend on the version of the JSON reader.</summary>
internal static class JsonSyntax
{
    /// <summary>The byte that the reader complains about.</summary>
    public static int OffsetOf(byte[] bytes, JsonException exception)
    {
        int offset = 0;
        for (long line = exception.LineNumber ?? 0; line > 0 && offset < bytes.Length; offset++)
        {
            if (bytes[offset] == '\n')
            {
                line--;
            }
        }

        return (int)Math.Min(bytes.Length, offset + (exception.BytePositionInLine ?? 0));
    }

    /// <summary>What is wrong there.</summary>
    public static string Explain(byte[] bytes, int offset)
    {
        if (offset >= bytes.Length)
        {
            return PreviousInk(bytes, offset) < 0 ? "there is nothing in it" : "the text ends before its outermost value does";
        }

        byte found = bytes[offset];
        if (found == '/')
        {
            return "comments are not allowed";
        }

        if (IsWord(bytes, offset, "Infinity") || IsWord(bytes, offset, "NaN"))
        {
            return "JSON has no infinite number and no NaN (limits with an infinite end are a string such as \"(0.0, inf)\")";
        }

        int before = PreviousInk(bytes, offset);
        if ((found is (byte)']' or (byte)'}' && before >= 0 && bytes[before] == ',') || (found == ',' && NextInk(bytes, offset) is (byte)']' or (byte)'}'))
        {
            return "a comma after the last element or member is not allowed";
        }

        return found < ' '
            ? "the control character U+" + ((int)found).ToString("X4", CultureInfo.InvariantCulture) + " is not allowed here"
            : "'" + CharacterAt(bytes, offset) + "' is not allowed here";
    }

    private static bool IsWord(byte[] bytes, int offset, string word) =>
        bytes.Length - offset >= word.Length && Encoding.ASCII.GetString(bytes, offset, word.Length) == word;

    private static int PreviousInk(byte[] bytes, int offset)
    {
        do
        {
            offset--;
        }
        while (offset >= 0 && IsBlank(bytes[offset]));
        return offset;
    }

    private static byte NextInk(byte[] bytes, int offset)
    {
        do
        {
            offset++;
        }
        while (offset < bytes.Length && IsBlank(bytes[offset]));
        return offset < bytes.Length ? bytes[offset] : (byte)0;
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    private static string CharacterAt(byte[] bytes, int offset)
    {
        int start = offset;
        while (start > 0 && (bytes[start] & 0xC0) == 0x80)
        {
            start--;
        }

        int end = start + 1;
        while (end < bytes.Length && (bytes[end] & 0xC0) == 0x80)
        {
            end++;
        }

        return Encoding.UTF8.GetString(bytes, start, end - start);
    }
}
