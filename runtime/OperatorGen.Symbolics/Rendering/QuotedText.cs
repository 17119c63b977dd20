using System.Text;

namespace OperatorGen.Symbolics;

/// <summary>A text between quotation marks, in the spelling that JSON and C# share.</summary>
public static class QuotedText
{
    /// <summary>Quotes a text: quotation marks and backslashes are escaped; control characters, line separators and surrogates are written as <c>\uXXXX</c>.</summary>
    public static string Of(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    quoted.Append('\\').Append(c);
                    break;
                case < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or (>= '\ud800' and <= '\udfff'):
                    quoted.Append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4)
                    {
                        quoted.Append("0123456789abcdef"[(c >> shift) & 15]);
                    }

                    break;
                default:
                    quoted.Append(c);
                    break;
            }
        }

        return quoted.Append('"').ToString();
    }
}
