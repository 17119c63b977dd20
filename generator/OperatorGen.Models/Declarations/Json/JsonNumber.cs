using System;
using System.Text;
using System.Text.Json;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>The number behind the text of a JSON number.</summary>
internal static class JsonNumber
{
    private const int UsualLength = 64;

    /// <summary>Correctly rounded; infinite where it is beyond the range of a double.</summary>
    /// <param name="text">A JSON number, ASCII.</param>
    public static double Parse(ReadOnlySpan<byte> text)
    {
        Span<char> characters = text.Length <= UsualLength ? stackalloc char[UsualLength] : new char[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            characters[i] = (char)text[i];
        }

        return NumberText.TryParse(characters.Slice(0, text.Length), out double value) ? value : double.PositiveInfinity;
    }

    /// <summary>True where a text is a number as JSON writes it.</summary>
    public static bool IsNumber(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TokenStartIndex == 0 && reader.BytesConsumed == text.Length && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
