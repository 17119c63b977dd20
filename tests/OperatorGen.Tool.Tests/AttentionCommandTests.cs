using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using OperatorGen.Safetensors;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary><c>attention</c>.</summary>
public sealed class AttentionCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_summary_says_what_it_is_that_it_holds_and_how_far_back_it_looks()
    {
        ToolRun run = Attention("--layer", "1", "--head", "2");
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Equal("selective.ssm.json: sequence 4 of x_test in noise, 30 time steps, label 1", run.Lines[0]);
        Assert.StartsWith("layer 1, channel 2 of 3, value 0 of 1: M, 30 x 30; readout t is the sum over tau up to t of M[t, tau] v[tau]", run.Lines[1], StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => line.StartsWith("checked: the largest |M v - readout| is ", StringComparison.Ordinal));
        string[][] lags = [.. run.Lines.SkipWhile(line => !line.TrimStart().StartsWith("lag", StringComparison.Ordinal)).Skip(1).Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(["0", "1", "2 to 3", "4 to 7", "8 to 15", "16 to 29"], lags.Select(row => row[0].Trim()));

        // Each of six shares is rounded to a hundredth of a percent.
        Assert.Equal(100, lags.Sum(row => double.Parse(row[1].Replace("%", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)), 0.03);
    }

    [Fact]
    public void The_file_has_the_matrix_and_what_a_state_before_adds()
    {
        string path = _folder.File("m.safetensors");
        Assert.Equal(ExitCode.Success, Attention("--layer", "0", "--head", "1", "--out", path).ExitCode);
        var file = SafetensorsFile.Parse(File.ReadAllBytes(path));
        Assert.Equal(["M F64 [30, 30]", "initial F64 [30, 2, 2]"], file.Tensors.Select(tensor => tensor.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(("selective.ssm.json", "0", "1", "0"), (file.Metadata["model"], file.Metadata["layer"], file.Metadata["head"], file.Metadata["value"]));
        double[] matrix = file.Find("M")!.ToDoubles();
        Assert.All(Enumerable.Range(0, 900).Where(i => i % 30 > i / 30), i => Assert.Equal(0, matrix[i]));
        Assert.All(Enumerable.Range(0, 30), t => Assert.NotEqual(0, matrix[31 * t]));
    }

    [Fact]
    public void The_picture_is_a_drawing_with_both_times()
    {
        string path = _folder.File("m.svg");
        Assert.Contains($"{path}: picture of M", Attention("--layer", "0", "--head", "1", "--svg", path).Output, StringComparison.Ordinal);
        string[] texts = [.. XDocument.Load(path).Descendants().Where(element => element.Name.LocalName is "text" or "title").Select(element => element.Value)];
        Assert.Contains("t, time of the readout", texts);
        Assert.Contains("tau, time of the value", texts);
        Assert.Contains("selective.ssm.json, attention of layer 0, channel 1, for sequence 4 of noise", texts);
    }

    [Fact]
    public void Delta_rules_have_an_attention_for_every_head_and_value()
    {
        string[] command = ["attention", StudyFiles.Delta(_folder), "--data", StudyFiles.Data(_folder, inputs: 18), "--index", "0", "--layer", "0", "--head", "1"];
        Assert.Contains("head 1 of 2, value 2 of 3: M, 30 x 30", ToolRun.Of([.. command, "--value", "2"]).Output, StringComparison.Ordinal);
        AssertUnusable("--value 3: layer 0 has 3 values, 0 to 2", ToolRun.Of([.. command, "--value", "3"]));
    }

    [Fact]
    public void A_matrix_of_zeros_has_no_lags_and_says_so()
    {
        ToolRun run = ToolRun.Of("attention", StudyFiles.Gla(_folder), "--data", StudyFiles.GlaData(_folder, (_, _, _) => 0, noise: 0), "--index", "0", "--layer", "0", "--head", "1");
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("layer 0, head 1 of 2, value 0 of 2: M, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("M is 0: nothing is read for this sequence, so no lag has a share.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("%", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--layer 2 --head 0", "--layer 2: the model has 2 layers, 0 to 1")]
    [InlineData("--layer 0 --head 3", "--head 3: layer 0 has 3 channels, 0 to 2")]
    [InlineData("--layer 0 --head 0 --out m.txt", "a tensor file is written as *.safetensors")]
    [InlineData("--layer 0 --head 0 --svg m.png", "a picture is written as *.svg")]
    [InlineData("--layer 0 --head 0 --svg none/m.svg", "There is no folder")]
    public void What_is_not_there_is_refused(string options, string expected) => AssertUnusable(expected, Attention(options.Split(' ')));

    [Fact]
    public void A_model_without_selective_layers_is_told_where_to_go() =>
        AssertUnusable(
            "is a model of architecture s4d-classifier without selective layers",
            ToolRun.Of("attention", StudyFiles.Classifier(_folder), "--data", StudyFiles.Data(_folder), "--index", "0", "--layer", "0", "--head", "0"));

    private static void AssertUnusable(string expected, ToolRun run)
    {
        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private ToolRun Attention(params string[] options) => ToolRun.Of(["attention", StudyFiles.Selective(_folder), "--data", StudyFiles.Data(_folder), "--index", "4", .. options]);
}
