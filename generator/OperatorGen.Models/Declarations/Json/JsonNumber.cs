using System;
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
}
