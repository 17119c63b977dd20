using System.Globalization;
using System.Text;
using OperatorGen.Analysis;
using OperatorGen.Tool.Drawing;

namespace OperatorGen.Tool.Reports;

/// <summary>A page as it is written. Texts of files are escaped, and characters that would hide or reorder others are shown as their codes.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();
    private int _figures;

    /// <summary>Writes markup as it is.</summary>
    public HtmlWriter Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    /// <summary>Writes an element with a text.</summary>
    /// <param name="name">The element's name, with its attributes.</param>
    /// <param name="text">The text, any characters.</param>
    public HtmlWriter Element(string name, string text)
    {
        int space = name.IndexOf(' ', System.StringComparison.Ordinal);
        _html.Append('<').Append(name).Append('>').Append(Text(text)).Append("</").Append(space < 0 ? name : name[..space]).Append(">\n");
        return this;
    }

    /// <summary>An id for a figure, different from those before.</summary>
    public string NextFigure() => "f" + (++_figures).ToString(CultureInfo.InvariantCulture);

    /// <summary>Any text as content or attribute.</summary>
    public static string Text(string text) => MarkupText.Of(VisibleText.Of(text));

    /// <inheritdoc/>
    public override string ToString() => _html.ToString();
}
