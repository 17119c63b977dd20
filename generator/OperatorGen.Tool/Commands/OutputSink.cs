using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using OperatorGen.Tool.Import;

namespace OperatorGen.Tool.Commands;

/// <summary>Where a drawing or table is written, and how: the options <c>--format</c> and <c>--out</c>.</summary>
/// <param name="Format">svg, csv, json or text.</param>
/// <param name="Path">The file; null: the standard output.</param>
internal sealed record OutputSink(string Format, string? Path)
{
    /// <summary>The option <c>--format</c>.</summary>
    public static Option<string?> FormatOption()
    {
        Option<string?> format = new("--format") { Description = "svg, csv, json or text; by the ending of --out where it is not given." };
        format.AcceptWords("svg", "csv", "json", "text");
        return format;
    }

    /// <summary>The option <c>--out</c>.</summary>
    public static Option<string?> PathOption() => new("--out") { Description = "The file to write; the standard output where it is not given." };

    /// <summary>What the options say.</summary>
    /// <exception cref="UnusableInputException">The file's ending names no format, and no option does.</exception>
    public static OutputSink Of(string? format, string? path) => new(
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
    /// <param name="terminal">Where the standard output goes.</param>
    /// <param name="text">Writes the text for people.</param>
    /// <param name="render">Gives the text of another format.</param>
    /// <param name="summary">What the standard output says of a file.</param>
    public void Write(Terminal terminal, Action<Terminal> text, Func<string, string> render, string summary)
    {
        if (Format == "text" && Path is null)
        {
            text(terminal);
            return;
        }

        string content = Format == "text" ? Captured(text) : render(Format);
        if (Path is null)
        {
            terminal.Output.Write(content);
            return;
        }

        AtomicFile.Write(Path, content);
        terminal.Output.WriteLine($"{Path}: {summary}");
    }

    private static string Captured(Action<Terminal> text)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text(new Terminal(writer, writer));
        return writer.ToString();
    }
}
