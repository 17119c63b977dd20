using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OperatorGen.Analysis;

/// <summary>A page of plain text, with LF as line end.</summary>
internal sealed class PlainPage : ITextPage
{
    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public void Line(string text) => Append(PlainText.Wrap(text).DefaultIfEmpty(""));

    /// <inheritdoc/>
    public void Table(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows) => Append(PlainText.Table(headings, rows));

    /// <summary>What was written.</summary>
    public override string ToString() => _text.ToString();

    private void Append(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            _text.Append(line).Append('\n');
        }
    }
}
