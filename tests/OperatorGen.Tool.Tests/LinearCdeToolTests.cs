using System;
using System.IO;
using System.Linq;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>What the tool answers of linear controlled differential equations, and what it refuses with a reason.</summary>
public sealed class LinearCdeToolTests : IDisposable
{
    private const string Model = """
        {
          "format": "operatorgen/1",
          "architecture": "linear-cde",
          "tensors": {
            "A": { "shape": [2, 3, 3], "values": [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0] },
            "Z_0": { "shape": [3], "values": [1, 0, 0] },
            "C": { "shape": [1, 3], "values": [0, 0, 1] }
          }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("declaration", "linear-cde")]
    [InlineData("model", "linear controlled differential equation, exponential steps")]
    [InlineData("operator", "z(t) = exp(M(t)) z(t-1)")]
    [InlineData("plan", "series of 2 terms of 3 states by 2 numbers")]
    [InlineData("code", "SeriesScan3")]
    public void Every_stage_is_shown(string stage, string expected)
    {
        ToolRun run = ToolRun.Of("inspect", File(), "--stage", stage);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "3 states")]
    [InlineData("latex", "e^{M(t)}")]
    [InlineData("mathml", "<math")]
    [InlineData("json", "no gates about which it could be expanded")]
    public void The_operator_is_written_in_every_notation(string format, string expected)
    {
        ToolRun run = ToolRun.Of("inspect", File(), "--format", format);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ring", "selective")]
    [InlineData("kernels", "selective")]
    [InlineData("explain --data D --index 0", "matrices in the place of gates")]
    [InlineData("attention --data D --index 0 --layer 0 --head 0", "matrices in the place of gates")]
    [InlineData("calibrate --data D -o O", "matrices in the place of gates")]
    [InlineData("study --data D", "matrices in the place of gates")]
    [InlineData("study --data D --expansion mean-gate", "matrices in the place of gates")]
    [InlineData("study --data D --expansion taylor", "no waves")]
    [InlineData("prune --error 0.1 -o O", "no modes to drop")]
    [InlineData("inspect --format sympy", "no polynomial in waves")]
    public void What_does_not_apply_is_refused_with_a_reason(string command, string reason)
    {
        string[] words = command.Split(' ');
        ToolRun run = ToolRun.Of([words[0], File(), .. words.Skip(1).Select(word => word switch { "D" => Data(), "O" => _folder.File("out.ssm.json"), _ => word })]);
        Assert.NotEqual(ExitCode.Success, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(_folder.File("out.ssm.json")));
    }

    [Fact]
    public void A_path_is_predicted_by_code_and_by_reference()
    {
        string[] engines = ["generated", "reference"];
        Assert.All(engines, engine =>
        {
            ToolRun run = ToolRun.Of("predict", File(), "--data", Data(), "--engine", engine);
            Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));

            // Right by 1, then up by 1: S^12 is 1.
            Assert.Equal(["sequence,step,output_0", "0,0,0", "0,1,1"], run.Lines);
        });
    }

    private string File()
    {
        string path = _folder.File("word.ssm.json");
        System.IO.File.WriteAllText(path, Model);
        return path;
    }

    private string Data()
    {
        var tensors = new TensorFile();
        tensors.Set("x_test", [1, 2, 2], 1, 0, 1, 1);
        tensors.Set("x_train", [1, 2, 2], 1, 0, 1, 1);
        string path = _folder.File("path.safetensors");
        tensors.Write(path);
        return path;
    }
}
