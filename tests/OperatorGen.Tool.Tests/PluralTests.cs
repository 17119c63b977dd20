using System.IO;
using System.Text.RegularExpressions;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>What is told of the smallest model there is, and of one sequence of one time step: nothing that is one has a noun for many.</summary>
public sealed partial class PluralTests : System.IDisposable
{
    private const string Model = """
        { "format": "operatorgen/1", "architecture": "modes", "hyper": { "discretization": "none", "gamma": 1, "decoder": "polynomial(0, 1, 1)" },
          "options": { "inputRange": [-1, 1], "maxLength": 1 },
          "tensors": { "eigenvalue": { "shape": [1, 2], "values": [0.5, 0.25] }, "input": { "shape": [1, 2], "values": [1, 0] }, "output": { "shape": [1, 2], "values": [1, 0] } } }
        """;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("inspect")]
    [InlineData("inspect", "--stage", "model")]
    [InlineData("inspect", "--stage", "declaration")]
    [InlineData("predict", "--data", "one.safetensors", "--compare", "one.safetensors")]
    [InlineData("explain", "--data", "one.safetensors", "--index", "0", "--top", "1")]
    [InlineData("explain", "--data", "one.safetensors", "--index", "1")]
    [InlineData("study", "--data", "one.safetensors", "--orders", "1")]
    [InlineData("calibrate", "--data", "one.safetensors", "--out", "calibrated.ssm.json")]
    [InlineData("kernels", "--length", "1")]
    [InlineData("ring", "--data", "one.safetensors", "--index", "0")]
    [InlineData("ring", "--layer", "1")]
    [InlineData("prune", "--error", "0.001", "--out", "pruned.ssm.json")]
    public void One_is_not_many(string command, params string[] options)
    {
        File.WriteAllText(_folder.File("one.ssm.json"), Model);
        var tensors = new TensorFile();
        tensors.Set("x_test", [1, 1, 1], 0.5);
        tensors.Set("x_train", [1, 1, 1], 0.5);
        tensors.Set("out_test", [1, 1, 1], 2);
        tensors.Write(_folder.File("one.safetensors"));
        string[] there = System.Array.ConvertAll(options, option => option.Contains(".s", System.StringComparison.Ordinal) ? _folder.File(option) : option);
        ToolRun run = ToolRun.Of([command, _folder.File("one.ssm.json"), .. there]);
        string text = run.Output + run.Error;
        Assert.Matches(@"\S", text);
        Assert.DoesNotMatch(OneInPlural(), text);
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex(@"(?<![\d.])1 ([a-z]+ )?(steps|sequences|terms|channels|modes|tensors|numbers|labels|layers|waves|outputs|lags|scores|samples|nodes|readouts|inputs|bytes|operations)\b")]
    private static partial Regex OneInPlural();
}
