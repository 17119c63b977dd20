using System;
using System.Globalization;
using System.IO;

namespace Text;

/// <summary>What the program prints; no number follows the machine's culture.</summary>
internal sealed class Page(TextWriter writer)
{
    public void Line(FormattableString line) => writer.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    public void Line() => writer.WriteLine();

    /// <summary>Writes text as it is, at once: it is read while it is written.</summary>
    public void Text(string text)
    {
        writer.Write(text);
        writer.Flush();
    }
}
