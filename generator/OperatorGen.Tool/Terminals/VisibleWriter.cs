using System;
using System.IO;
using System.Text;
using OperatorGen.Analysis;

namespace OperatorGen.Tool;

/// <summary>Passes text on with hidden characters escaped, but for ends of lines and tabulators. What stands within one line is escaped by <see cref="VisibleText"/> before.</summary>
internal sealed class VisibleWriter : TextWriter
{
    private readonly TextWriter _writer;

    /// <summary>Takes the writer that gets the text.</summary>
    public VisibleWriter(TextWriter writer)
        : base(writer.FormatProvider)
    {
        _writer = writer;
        NewLine = writer.NewLine;
    }

    /// <inheritdoc/>
    public override Encoding Encoding => _writer.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        int start = 0;
        for (int i = 0; value is not null && i < value.Length; i++)
        {
            if (VisibleText.IsHidden(value[i]) && value[i] is not ('\n' or '\r' or '\t'))
            {
                _writer.Write(value.AsSpan(start, i - start));
                _writer.Write(VisibleText.Of(value.Substring(i, 1)));
                start = i + 1;
            }
        }

        _writer.Write(value.AsSpan(start));
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        Write(value);
        _writer.WriteLine();
    }

    /// <inheritdoc/>
    public override void Flush() => _writer.Flush();
}
