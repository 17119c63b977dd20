using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Spectre.Console;
using Xunit;

namespace OperatorGen.Tool.Tests;

public class TerminalTests
{
    private static readonly string[] s_headings = ["name", "shape"];
    private static readonly string[][] s_rows = [["encoder.weight", "[16, 3]"], ["D", "[16]"]];

    [Fact]
    public void Redirected_tables_are_aligned_text_without_escape_codes()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new Terminal(output, TextWriter.Null).Table(s_headings, s_rows);
        Assert.Equal("  name            shape\n  encoder.weight  [16, 3]\n  D               [16]\n", output.ToString());
    }

    [Fact]
    public void A_person_sees_tables_with_lines_and_brackets_are_no_markup()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        new Terminal(output, TextWriter.Null, tables: ConsoleOf(output)).Table(s_headings, s_rows);
        Assert.Contains("[16, 3]", output.ToString(), System.StringComparison.Ordinal);
        Assert.Contains("─", output.ToString(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_goes_through_the_same_items_in_the_same_order()
    {
        List<string> plain = [], shown = [];
        using var progress = new StringWriter(CultureInfo.InvariantCulture);
        string[] items = ["a", "[b]", "c"];
        new Terminal(TextWriter.Null, TextWriter.Null).ForEach(items, item => item, plain.Add);
        new Terminal(TextWriter.Null, TextWriter.Null, progress: ConsoleOf(progress)).ForEach(items, item => item, shown.Add);
        Assert.Equal(items, plain);
        Assert.Equal(items, shown);
    }

    private static IAnsiConsole ConsoleOf(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(writer) });
}
