using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests.Rings;

/// <summary><c>ring</c>: what it writes in each format, and what it refuses.</summary>
public sealed class RingTests : IDisposable
{
    private static readonly string s_digits = Path.Combine(RepositoryFolder.Path, "examples", "Digits");
    private static readonly string s_model = Path.Combine(s_digits, "models", "one-layer.ssm.json");
    private static readonly string s_deep = Path.Combine(s_digits, "models", "deep.ssm.json");
    private static readonly string s_data = Path.Combine(s_digits, "data", "digits.safetensors");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_file_the_table_goes_to_the_output()
    {
        ToolRun run = ToolRun.Of("ring", s_model, "--layer", "0", "--channel", "5");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.StartsWith("one-layer.ssm.json, layer 0, channel 5: ring of 16 complex nodes for 16 modes", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  0 +0 +standing ", run.Output);
        Assert.Contains("the phase equation passes through the ring's states at whole steps", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_sequence_the_table_says_how_well_ring_and_recurrence_agree()
    {
        ToolRun run = ToolRun.Of("ring", s_model, "--channel", "5", "--data", s_data, "--index", "3", "--form", "real");
        Assert.Contains("sequence 3 of digits, test split, label 8: 784 steps", run.Output, StringComparison.Ordinal);
        string share = run.Lines[^1].Split(' ')[^4];
        Assert.InRange(double.Parse(share, CultureInfo.InvariantCulture), 0, 1e-12);
    }

    [Theory]
    [InlineData("complex", 16)]
    [InlineData("real", 33)]
    public void The_json_has_ring_and_activity(string form, int nodes)
    {
        using JsonDocument document = JsonDocument.Parse(Written("ring.json", s_model, "--channel", "5", "--form", form, "--data", s_data, "--index", "0"));
        JsonElement root = document.RootElement;
        Assert.Equal("operatorgen-ring/1", root.GetProperty("format").GetString());
        Assert.Equal(nodes, root.GetProperty("nodes").GetInt32());
        Assert.Equal(nodes, root.GetProperty("coupling").GetArrayLength());
        Assert.Equal(16, root.GetProperty("modes").GetArrayLength());
        foreach (JsonElement mode in root.GetProperty("modes").EnumerateArray())
        {
            Assert.Equal(mode.GetProperty("waveNumber").GetInt32() == 0 ? JsonValueKind.Null : JsonValueKind.Object, mode.GetProperty("speed").ValueKind);
        }

        JsonElement sequence = root.GetProperty("sequence");
        Assert.Equal(784, sequence.GetProperty("steps").GetInt32());
        Assert.Equal(nodes, sequence.GetProperty("re").GetArrayLength());
        Assert.All(sequence.GetProperty("re").EnumerateArray(), row => Assert.Equal(784, row.GetArrayLength()));
        Assert.Equal(form == "real" ? JsonValueKind.Null : JsonValueKind.Array, sequence.GetProperty("im").ValueKind);
        Assert.Equal(form == "real" ? JsonValueKind.Null : JsonValueKind.Object, root.GetProperty("phaseEquation").ValueKind);
    }

    [Fact]
    public void The_json_alone_is_enough_to_run_the_ring()
    {
        using JsonDocument document = JsonDocument.Parse(Written("ring.json", s_model, "--channel", "7", "--form", "real", "--data", s_data, "--index", "1"));
        JsonElement root = document.RootElement;
        double[] coupling = Values(root.GetProperty("coupling"));
        double[] input = Values(root.GetProperty("input"));
        double[] readout = Values(root.GetProperty("readout"));
        double skip = root.GetProperty("skip").GetProperty("value").GetDouble();
        JsonElement sequence = root.GetProperty("sequence");
        double[] v = [.. sequence.GetProperty("input").EnumerateArray().Select(number => number.GetDouble())];
        double[] expected = [.. sequence.GetProperty("readout").EnumerateArray().Select(number => number.GetDouble())];
        var x = new double[coupling.Length];
        for (int t = 0; t < v.Length; t++)
        {
            x = [.. Enumerable.Range(0, x.Length).Select(j => (input[j] * v[t]) + Enumerable.Range(0, x.Length).Sum(l => coupling[(j - l + x.Length) % x.Length] * x[l]))];

            // In plain doubles the rounding of every step, relative to states of order 1000, adds up over 784 steps.
            Assert.Equal(expected[t], x.Zip(readout, (a, b) => a * b).Sum() + (skip * v[t]), 1e-8);
        }
    }

    [Fact]
    public void The_csv_has_a_row_per_step_or_per_node()
    {
        string[] steps = Written("a.csv", s_model, "--channel", "5", "--data", s_data, "--index", "0").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + 784, steps.Length);
        Assert.StartsWith("step,input,readout,node_0_re,node_0_im,node_1_re", steps[0], StringComparison.Ordinal);
        Assert.All(steps, row => Assert.Equal(3 + (2 * 16), row.Split(',').Length));
        string[] nodes = Written("b.csv", s_model, "--channel", "5", "--form", "real").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("node,coupling,input,readout", nodes[0]);
        Assert.Equal(1 + 33, nodes.Length);
    }

    [Theory]
    [InlineData("complex")]
    [InlineData("real")]
    public void The_drawing_is_well_formed_titled_labelled_and_small(string form)
    {
        foreach (string[] sequence in new string[][] { [], ["--data", s_data, "--index", "3"] })
        {
            string svg = Written("ring.svg", [s_model, "--channel", "5", "--form", form, .. sequence]);
            Assert.InRange(svg.Length, 5_000, 400_000);
            XElement root = XDocument.Parse(svg).Root!;
            string[] texts = [.. root.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
            Assert.Contains((sequence.Length == 0 ? "Ring" : "Activity on the ring") + " of one-layer.ssm.json, layer 0, channel 5", texts);
            Assert.Contains("node", texts);
            Assert.Contains("distance", texts);
            Assert.Contains(sequence.Length == 0 ? "wave number" : "time step", texts);
            Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "image");
            Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
            Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_deeper_layer_sees_what_the_layers_before_it_pass_on()
    {
        using JsonDocument document = JsonDocument.Parse(Written("deep.json", s_deep, "--layer", "1", "--channel", "2", "--data", s_data, "--index", "0"));
        Assert.Equal(1, document.RootElement.GetProperty("layer").GetInt32());
        double[] input = [.. document.RootElement.GetProperty("sequence").GetProperty("input").EnumerateArray().Select(number => number.GetDouble())];
        Assert.True(input.Distinct().Count() > 100);
    }

    [Fact]
    public void A_wave_without_neighbours_and_modes_without_continuous_eigenvalues_have_a_ring()
    {
        string model = _folder.File("modes.ssm.json");
        File.WriteAllText(model, Modes("[0.5, 0]"));
        ToolRun run = ToolRun.Of("ring", model);
        Assert.Contains("ring of 1 complex node for 1 mode,", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("continuous time", run.Output, StringComparison.Ordinal);
        Assert.Contains("<svg", ToolRun.Of("ring", model, "--format", "svg").Output, StringComparison.Ordinal);
        Assert.Contains("\"phaseEquation\": null", ToolRun.Of("ring", model, "--format", "json", "--form", "real").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--layer 1: the model has 1 layer, 0.", "--layer", "1")]
    [InlineData("--layer -1: the model has 1 layer, 0.", "--layer", "-1")]
    [InlineData("--channel 64: layer 0 has 64 channels, 0 to 63.", "--channel", "64")]
    [InlineData("names a sequence, but there is no --data file", "--index", "3")]
    [InlineData("There is no file nowhere.safetensors", "--data", "nowhere.safetensors", "--index", "0")]
    [InlineData("the ending names no format", "--out", "ring.png")]
    [InlineData("There is no folder", "--out", "nowhere/ring.svg")]
    public void What_cannot_be_used_is_named(string message, params string[] options) => AssertRefused(message, [s_model, .. options]);

    [Fact]
    public void Sequences_that_are_missing_or_do_not_fit_are_named()
    {
        AssertRefused("name one by --index", s_model, "--data", s_data);
        AssertRefused("there is no sequence 400", s_model, "--data", s_data, "--index", "400");
        AssertRefused("has no tensor 'x_train'", s_model, "--data", s_data, "--index", "0", "--split", "train");
        string wide = _folder.File("wide.safetensors");
        var file = new TensorFile();
        file.Set("x_test", [1, 2, 3], 1, 2, 3, 4, 5, 6);
        file.Write(wide);
        AssertRefused("3 numbers per time step, but the model's input has 1", s_model, "--data", wide, "--index", "0");
    }

    [Fact]
    public void A_selective_layer_has_no_ring_and_symbols_have_none()
    {
        string mamba = _folder.File("mamba.ssm.json");
        string weights = Path.Combine(CheckTests.Own("mamba1-block-bias-a"), "f64.safetensors");
        Assert.Equal(ExitCode.Success, ToolRun.Of("import", weights, "--architecture", "mamba1-block", "--prefix", "w.", "-o", mamba).ExitCode);
        AssertRefused("is selective", mamba);
        string symbols = _folder.File("symbols.ssm.json");
        File.WriteAllText(symbols, Modes("[\"alpha\", 0]"));
        AssertRefused("has the symbols alpha", symbols);
    }

    [Fact]
    public void A_missing_or_broken_model_is_named()
    {
        AssertRefused("There is no file nowhere.ssm.json", "nowhere.ssm.json");
        string broken = _folder.File("broken.ssm.json");
        File.WriteAllText(broken, "{");
        ToolRun run = ToolRun.Of("ring", broken);
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("error OPG", run.Error, StringComparison.Ordinal);
    }

    private static void AssertRefused(string message, params string[] arguments)
    {
        ToolRun run = ToolRun.Of(["ring", .. arguments]);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.Equal("", run.Output);
    }

    private static double[] Values(JsonElement numbers) => [.. numbers.EnumerateArray().Select(number => number.GetProperty("value").GetDouble())];

    /// <summary>A model file of one mode with the given eigenvalue.</summary>
    private static string Modes(string eigenvalue) => $$$"""
        {"format": "operatorgen/1", "architecture": "modes", "hyper": {"discretization": "none", "gamma": 1},
         "tensors": {
           "eigenvalue": {"shape": [1, 2], "values": {{{eigenvalue}}} },
           "input": {"shape": [1, 2], "values": [1, 0]},
           "output": {"shape": [1, 2], "values": [2, 0]} } }
        """;

    private string Written(string name, params string[] arguments)
    {
        string path = _folder.File(name);
        ToolRun run = ToolRun.Of(["ring", .. arguments, "--out", path]);
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.StartsWith(path + ": ", run.Output, StringComparison.Ordinal);
        return File.ReadAllText(path);
    }
}
