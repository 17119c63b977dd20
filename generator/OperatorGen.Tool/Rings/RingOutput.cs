using System;
using System.Globalization;
using System.IO;
using OperatorGen.Tool.Import;

namespace OperatorGen.Tool.Rings;

/// <summary>Where a ring is written, and how.</summary>
/// <param name="Format">svg, csv, json or text.</param>
/// <param name="Path">The file; null: the standard output.</param>
internal sealed record RingOutput(string Format, string? Path)
{
    /// <summary>The formats by name.</summary>
    public static string[] Formats { get; } = ["svg", "csv", "json", "text"];

    /// <summary>What the options say.</summary>
    /// <exception cref="UnusableInputException">The file's ending names no format, and no option does.</exception>
    public static RingOutput Of(string? format, string? path) => new(
        format ?? (path is null ? "text" : System.IO.Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".SVG" => "svg",
            ".CSV" => "csv",
            ".JSON" => "json",
            ".TXT" => "text",
            _ => throw new UnusableInputException($"--out {path}: the ending names no format; end it in .svg, .csv, .json or .txt, or add --format."),
        }),
        path);

    /// <summary>Writes.</summary>
    public void Write(Terminal terminal, RingSubject subject)
    {
        if (Format == "text" && Path is null)
        {
            RingText.Write(terminal, subject);
            return;
        }

        string text = Format switch
        {
            "svg" => RingDrawing.Render(subject),
            "csv" => RingCsv.Render(subject),
            "json" => RingJson.Render(subject),
            _ => Captured(subject),
        };
        if (Path is null)
        {
            terminal.Output.Write(text);
            return;
        }

        AtomicFile.Write(Path, text);
        terminal.Output.WriteLine($"{Path}: ring of layer {subject.Layer}, channel {subject.Channel}, {subject.Nodes}{(subject.Run is { } run ? $"; {run.Sequence.Text}" : "")}");
    }

    private static string Captured(RingSubject subject)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        RingText.Write(new Terminal(writer, writer), subject);
        return writer.ToString();
    }
}
