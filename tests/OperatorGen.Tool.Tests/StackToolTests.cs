using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>What the tool answers of stacks: tokens, exponentials that overflow, constants, products that stand still.</summary>
public sealed class StackToolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Readouts up to 900, of which e^900 is beyond the range of a double.</summary>
    [Fact]
    public void An_exponential_that_overflows_is_no_crash()
    {
        string model = Model("\"decoder\": \"exp\", \"pooling\": \"mean\"", "\"inputRange\": [-1, 1]", "\"layers.0.eigenvalue\": { \"shape\": [1], \"values\": [0.99] }, \"layers.0.input\": { \"shape\": [1, 1], \"values\": [1] }, \"layers.0.output\": { \"shape\": [2, 1], \"values\": [9, 3] }");
        string data = Data("x.safetensors", 1, 200, t => Math.Sin(t));
        ToolRun study = ToolRun.Of("study", model, "--data", data, "--orders", "2");
        Assert.Equal(ExitCode.Success, study.ExitCode);
        Assert.Contains("chebyshev is left out: the decoder function 'exp' overflows between", study.Error, StringComparison.Ordinal);
        Assert.Contains("overflows between", ToolRun.Of("explain", model, "--data", data, "--index", "0", "--expansion", "chebyshev").Error, StringComparison.Ordinal);
        ToolRun prune = ToolRun.Of("prune", model, "--error", "1", "--out", Path.Combine(_folder.Path, "p.ssm.json"));
        Assert.DoesNotContain("failed", prune.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("OPG0900", ToolRun.Of("inspect", Model("\"decoder\": \"exp\"", "\"inputRange\": [-1, 1], \"expansion\": \"chebyshev\"", "\"layers.0.eigenvalue\": { \"shape\": [1], \"values\": [0.99] }, \"layers.0.input\": { \"shape\": [1, 1], \"values\": [1] }, \"layers.0.output\": { \"shape\": [1, 1], \"values\": [9] }")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_polynomial_of_a_higher_degree_than_orders_go_is_not_expanded_exactly()
    {
        string model = Model($"\"decoder\": \"polynomial({string.Join(", ", Enumerable.Repeat("0", 17))}, 1)\"", "\"expansion\": \"exact\"", One);
        Assert.Contains("has degree 17, and orders go to 16; use taylor, chebyshev or measure", ToolRun.Of("inspect", model).Error, StringComparison.Ordinal);
    }

    /// <summary>A mode that turns by a quarter per step: of s^4 the products s^2 conj(s)^2 stand still, and s conj(s) has no frequency.</summary>
    [Fact]
    public void Products_that_stand_still_have_frequency_0()
    {
        string model = Model("\"decoder\": \"polynomial(0, 0, 0, 0, 1)\"", "\"expansion\": \"exact\", \"maxLength\": 9", "\"layers.0.eigenvalue\": { \"shape\": [1, 2], \"values\": [0, 0.9] }, \"layers.0.input\": { \"shape\": [1, 1], \"values\": [1] }, \"layers.0.output\": { \"shape\": [1, 1], \"values\": [1] }");
        string data = Data("y.safetensors", 1, 5, t => 1 + t);
        ToolRun text = ToolRun.Of("explain", model, "--data", data, "--index", "0");
        Assert.Equal(ExitCode.Success, text.ExitCode);
        string flat = string.Join(' ', text.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("as ++-- at frequency 0 (k + k - k - k)", flat, StringComparison.Ordinal);
        Assert.Contains("Of 5 products of 4 oscillators and conjugates 5 have a weight.", flat, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(ToolRun.Of("explain", model, "--data", data, "--index", "0", "--format", "json").Output);
        JsonElement term = Assert.Single(json.RootElement.GetProperty("strongest").EnumerateArray());
        Assert.Equal(["s(0)^4", "s(0)^3 conj(s(0))", "s(0)^2 conj(s(0)^2)"], term.GetProperty("products").EnumerateArray().Select(product => product.GetProperty("name").GetString()));
        Assert.Equal(term.GetProperty("contribution").GetDouble(), term.GetProperty("products").EnumerateArray().Sum(product => product.GetProperty("contribution").GetDouble()), 1e-9);
        Assert.Equal(5, json.RootElement.GetProperty("products")[1].GetProperty("weighted").GetInt32());
    }

    /// <summary>o = 2 + s: what b_1 alone does is the response of a silent input.</summary>
    [Fact]
    public void A_bias_before_the_decoder_is_no_response_to_the_input()
    {
        string model = Model("\"decoder\": \"polynomial(0, 1, 1)\"", "\"expansion\": \"exact\"", One + ", \"layers.0.linear1.bias\": { \"shape\": [1], \"values\": [2] }, \"layers.0.linear2.weight\": { \"shape\": [1, 1], \"values\": [1] }, \"layers.0.linear2.bias\": { \"shape\": [1], \"values\": [7] }");
        ToolRun run = ToolRun.Of("explain", model, "--data", Data("z.safetensors", 1, 3, _ => 0), "--index", "0");
        Assert.Matches(@"\+2 +waves, response to the encoder's bias", run.Output);
        Assert.Matches(@"\+7 +1 +constants of the decoder's polynomial and of the map after it", run.Output);
        Assert.Matches(@"\+13 +exact score", run.Output);
    }

    [Fact]
    public void A_ring_hears_tokens()
    {
        string model = Path.Combine(RepositoryFolder.Path, "examples", "TokenSelection", "models", "copy.ssm.json");
        ToolRun run = ToolRun.Of("ring", model, "--data", Data("t.safetensors", 1, 6, t => t == 0 ? 8 : t), "--index", "0", "--format", "csv");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("step,input,readout", run.Output, StringComparison.Ordinal);
    }

    private const string One = "\"layers.0.eigenvalue\": { \"shape\": [1], \"values\": [0.5] }, \"layers.0.input\": { \"shape\": [1, 1], \"values\": [1] }, \"layers.0.output\": { \"shape\": [1, 1], \"values\": [1] }";

    private string Model(string hyper, string options, string tensors)
    {
        string path = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.ssm.json");
        File.WriteAllText(path, $"{{ \"format\": \"operatorgen/1\", \"architecture\": \"stack\", \"hyper\": {{ {hyper} }}, \"options\": {{ {options} }}, \"tensors\": {{ {tensors} }} }}");
        return path;
    }

    private string Data(string name, int channels, int steps, Func<int, double> sample)
    {
        var file = new TensorFile();
        file.Set("x_test", [1, steps, channels], [.. Enumerable.Range(0, steps * channels).Select(sample)]);
        string path = Path.Combine(_folder.Path, name);
        file.Write(path);
        return path;
    }
}
