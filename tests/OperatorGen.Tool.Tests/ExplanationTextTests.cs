using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using OperatorGen.Analysis;
using OperatorGen.Tool.Commands;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Studies;
using Spectre.Console;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>The text of <c>explain</c>.</summary>
public sealed class ExplanationTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void It_is_the_explanations_own_text_with_a_line_on_the_sequence()
    {
        string model = StudyFiles.Classifier(_folder);
        string path = StudyFiles.Data(_folder, change: tensors => tensors.Remove("y_test"));
        string[] lines = Output("explain", model, "--data", path, "--index", "4", "--top", "9").Split('\n');
        StudiedModel studied = StudiedModel.Load(new Terminal(TextWriter.Null, TextWriter.Null), model)!;
        InputContributions contributions = new OperatorExplainer(studied.Operator).Of(SequenceData.Load(path, "test").Sample(4));
        int best = contributions.Scores().Select((score, s) => (score, s)).Max().s;
        string own = contributions.Explain(best, 9).ToString();
        Assert.Equal(own, string.Join('\n', lines.Where(line => !line.StartsWith("classifier.ssm.json: sequence 4", StringComparison.Ordinal))));
    }

    [Fact]
    public void It_begins_with_the_warning_where_there_is_one()
    {
        // Readouts of some hundred: Taylor polynomials about 0 say nothing of them.
        string model = StudyFiles.Classifier(_folder, scale: 300);
        string[] arguments = ["explain", model, "--data", StudyFiles.Data(_folder), "--index", "0"];
        Assert.StartsWith("WARNING: the remainder, ", Output(arguments), StringComparison.Ordinal);
        Assert.StartsWith("WARNING: ", JsonDocument.Parse(Output([.. arguments, "--format", "json"])).RootElement.GetProperty("warning").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", Output(arguments[..1].Concat([StudyFiles.Cubic(_folder), "--data", StudyFiles.Data(_folder, 1), "--index", "0", "--expansion", "exact"]).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_have_their_names()
    {
        string path = StudyFiles.Classifier(_folder);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"architecture\"", "\"labels\": [\"low\", \"middle\", \"high\"], \"architecture\"", StringComparison.Ordinal));
        string[] arguments = ["explain", path, "--data", StudyFiles.Data(_folder), "--index", "5"];
        Assert.Contains("time steps, label 2 (high)", Output(arguments), StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(Output([.. arguments, "--format", "json"])).RootElement;
        Assert.Equal("high", json.GetProperty("data").GetProperty("label_name").GetString());
        Assert.Contains(json.GetProperty("predicted_name").GetString(), new[] { "low", "middle", "high" });
    }

    [Fact]
    public void Triples_have_their_waves_in_the_Json()
    {
        string[] arguments = ["explain", StudyFiles.Cubic(_folder), "--data", StudyFiles.Data(_folder, 1), "--index", "0", "--expansion", "exact", "--top", "100", "--format", "json"];
        JsonElement[] terms = [.. JsonDocument.Parse(Output(arguments)).RootElement.GetProperty("strongest").EnumerateArray().Where(term => term.GetProperty("order").GetInt32() == 3)];
        Assert.NotEmpty(terms);
        Assert.All(terms, term => Assert.Equal(1, term.GetProperty("waves").EnumerateArray().Sum(wave => wave.GetProperty("share").GetDouble())));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(90)]
    [InlineData(300)]
    public void A_persons_terminal_is_never_overrun(int width)
    {
        using var shown = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(shown) });
        console.Profile.Width = width;
        int code = ToolCommands.Run(["explain", StudyFiles.Classifier(_folder, scale: 300), "--data", StudyFiles.Data(_folder), "--index", "0"], new Terminal(shown, TextWriter.Null, tables: console));
        Assert.Equal(ExitCode.Success, code);
        Assert.All(shown.ToString().Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, Math.Min(width, PlainText.Width)));

        // The widest of the tables has lines on a wide terminal only; the narrow ones have them everywhere.
        Assert.Contains("─", shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_room_is_plain()
    {
        using var shown = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(shown) });
        console.Profile.Width = 40;
        new Terminal(shown, TextWriter.Null, tables: console).Table(["name", "what"], [["a", "one two three four five six seven"]]);
        Assert.Equal("  name  what\n  a     one two three four five six\n            seven\n", shown.ToString());
    }

    public void Dispose() => _folder.Dispose();

    private static string Output(params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        return run.Output;
    }
}
