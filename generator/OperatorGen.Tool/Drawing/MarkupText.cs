using System.Text;

namespace OperatorGen.Tool.Drawing;

/// <summary>Any text as content or as the value of a quoted attribute of HTML and XML.</summary>
internal static class MarkupText
{
    /// <summary>The text with special characters replaced, and characters that XML cannot hold as question marks.</summary>
    public static string Of(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                < ' ' or 0xFFFE or 0xFFFF => "?",
                _ => rune.ToString(),
            });
        }

        return escaped.ToString();
    }
}
