using System.Globalization;
using System.Linq;

namespace Text;

/// <summary>Bytes as characters that can be seen.</summary>
internal static class Characters
{
    /// <summary>A mark for what is not seen: the end of a line, a blank, a byte of a longer character.</summary>
    public static string Visible(int token) => token switch
    {
        '\n' => "↵",
        ' ' => "␣",
        > ' ' and < 127 => ((char)token).ToString(),
        _ => token.ToString("X2", CultureInfo.InvariantCulture),
    };

    /// <summary>Characters one after another, blanks as they are.</summary>
    public static string Line(int[] tokens) => string.Concat(tokens.Select(token => token == ' ' ? " " : Visible(token)));
}
