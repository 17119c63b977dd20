using System;
using System.Globalization;
using System.IO;
using OperatorGen.Analysis;
using Xunit;

namespace OperatorGen.Tool.Tests;

public sealed class VisibleTextTests : IDisposable
{
    private const string Hostile = "a\u001b[2Jb\nc\td\u202ee\u0007";
    private const string Shown = @"a\u001B[2Jb\u000Ac\u0009d\u202Ee\u0007";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plain, \u00e4\u4e2d", "plain, \u00e4\u4e2d")]
    [InlineData("\ud83c\udf0a", "\ud83c\udf0a")]
    [InlineData("\u2028\u0085\u007f", @"\u2028\u0085\u007F")]
    [InlineData(Hostile, Shown)]
    public void Hidden_characters_are_escaped(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact]
    public void Half_a_surrogate_pair_is_escaped() => Assert.Equal(@"\uD83C!", VisibleText.Of("\ud83c!"));

    [Fact]
    public void A_terminal_gets_lines_and_no_control_characters()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var terminal = new Terminal(output, TextWriter.Null);
        terminal.Output.WriteLine("one\u001b[31m");
        terminal.Output.Write('\u0008');
        terminal.Output.Write("two\n".ToCharArray());
        terminal.Table(["label"], [[Hostile]]);
        Assert.Equal("one\\u001B[31m\n\\u0008two\n  label\n  " + Shown + "\n", output.ToString());
    }

    [Fact]
    public void Names_of_a_model_file_reach_no_terminal_unescaped()
    {
        string json = System.Text.Json.JsonSerializer.Serialize(Hostile);
        File.WriteAllText(_folder.File("m.ssm.json"), $$"""
            { "format": "operatorgen/1", "architecture": "modes", "hyper": { "discretization": "none", "gamma": 1 }, "labels": [{{json}}], "source": { {{json}}: {{json}} },
              "tensors": { "eigenvalue": { "shape": [1, 2], "values": [0.5, 0] }, "input": { "shape": [1, 2], "values": [1, 0] }, "output": { "shape": [1, 2], "values": [1, 0] } } }
            """);
        foreach (string stage in new[] { "declaration", "model" })
        {
            ToolRun run = ToolRun.Of("inspect", _folder.File("m.ssm.json"), "--stage", stage);
            Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
            Clean(run.Output);
            Assert.Contains(Shown, run.Output, StringComparison.Ordinal);
        }

        File.WriteAllText(_folder.File("n.ssm.json"), $$"""{ "format": "operatorgen/1", "architecture": {{json}}, "tensors": { {{json}}: 3 } }""");
        Clean(ToolRun.Of("inspect", _folder.File("n.ssm.json")).Error);
        string path = ImportTests.Checkpoint(_folder, tensors => tensors.Set(Hostile, [1], 1));
        Clean(ToolRun.Of("import", path, "--architecture", "s4d-standalone", "-o", _folder.File("o.ssm.json")).Error);
        Clean(ToolRun.Of("predict", _folder.File("m.ssm.json"), "--data", path).Error);
    }

    private static void Clean(string text)
    {
        Assert.NotEqual("", text);
        Assert.DoesNotContain(text, character => character != '\n' && (char.IsControl(character) || character == '\u202e'));
        Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith('c'));
    }
}
