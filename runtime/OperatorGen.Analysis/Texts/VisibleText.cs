using System.Globalization;
using System.Linq;
using System.Text;

namespace OperatorGen.Analysis;

/// <summary>Text of files (labels, sources, names of tensors) as a terminal may show it: what would move its cursor, colour it or reorder it is escaped.</summary>
internal static class VisibleText
{
    /// <summary>The text on one line, control and format characters, line and paragraph separators and halves of surrogate pairs as <c>\u001B</c>.</summary>
    public static string Of(string text)
    {
        if (!text.Any(character => char.IsSurrogate(character) || IsHidden(character)))
        {
            return text;
        }

        var visible = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                visible.Append(text, i++, 2);
            }
            else
            {
                Append(visible, text[i]);
            }
        }

        return visible.ToString();
    }

    /// <summary>True for a character that is not shown as itself.</summary>
    public static bool IsHidden(char character) =>
        CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static void Append(StringBuilder visible, char character)
    {
        if (char.IsSurrogate(character) || IsHidden(character))
        {
            visible.Append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4)
            {
                visible.Append("0123456789ABCDEF"[(character >> shift) & 15]);
            }
        }
        else
        {
            visible.Append(character);
        }
    }
}
