using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary><c>explain</c>.</summary>
public sealed class ExplainTests
{
    private static readonly string s_digits = Path.Combine(RepositoryFolder.Path, "examples", "Digits");

    [Fact]
    public void The_text_takes_the_predicted_score_apart()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.Of("explain", StudyFiles.Classifier(folder), "--data", StudyFiles.Data(folder), "--index", "5", "--order", "2", "--top", "6");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("sequence 5 of x_test in noise, 29 time steps, label 2", run.Output, StringComparison.Ordinal);
        Assert.Contains("expansion taylor of order 2, mean over time", run.Output, StringComparison.Ordinal);
        Assert.Contains("predicted", run.Output, StringComparison.Ordinal);
        Assert.Contains("waves, response to the encoder's bias", run.Output, StringComparison.Ordinal);
        Assert.Contains("order 2, pairs of waves", run.Output, StringComparison.Ordinal);
        Assert.Contains("the 6 strongest terms of order 1 to 2", run.Output, StringComparison.Ordinal);
        Assert.Contains("remainder, what the polynomials leave out", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("taylor", 4)]
    [InlineData("chebyshev", 3)]
    public void The_Json_holds_the_identity(string expansion, int order)
    {
        using var folder = new TemporaryFolder();
        JsonElement json = Json(ToolRun.Of("explain", StudyFiles.Classifier(folder), "--data", StudyFiles.Data(folder), "--index", "3", "--score", "1", "--expansion", expansion, "--order", $"{order}", "--format", "json"));
        double terms = json.GetProperty("constants").EnumerateArray().Concat(json.GetProperty("orders").EnumerateArray()).Sum(part => part.GetProperty("contribution").GetDouble());
        double remainder = json.GetProperty("remainder").GetDouble();
        double exact = json.GetProperty("exact").GetDouble();
        Assert.Equal(order, json.GetProperty("orders").GetArrayLength());
        Assert.Equal(order, json.GetProperty("ranked_order").GetInt32());
        Assert.Equal(exact, json.GetProperty("scores")[1].GetDouble());
        Assert.True(Math.Abs(exact - terms - remainder) <= 1e-12 * json.GetProperty("magnitude").GetDouble());
        Assert.Equal(0, json.GetProperty("frozen").GetArrayLength());
        foreach (JsonElement term in json.GetProperty("strongest").EnumerateArray())
        {
            if (term.TryGetProperty("sum", out JsonElement sum))
            {
                double halves = sum.GetProperty("contribution").GetDouble() + term.GetProperty("difference").GetProperty("contribution").GetDouble();
                Assert.Equal(term.GetProperty("contribution").GetDouble(), halves, 1e-9 * Math.Max(1, Math.Abs(halves)));
            }
        }
    }

    [Fact]
    public void Without_pooling_a_time_step_is_explained()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["explain", StudyFiles.Cubic(folder), "--data", StudyFiles.Data(folder, 1), "--index", "0", "--expansion", "exact", "--format", "json"];
        JsonElement last = Json(ToolRun.Of(arguments));
        JsonElement fourth = Json(ToolRun.Of([.. arguments, "--step", "4"]));
        Assert.Equal((29, 4), (last.GetProperty("step").GetInt32(), fourth.GetProperty("step").GetInt32()));
        Assert.NotEqual(last.GetProperty("exact").GetDouble(), fourth.GetProperty("exact").GetDouble());
        Assert.Equal(0, fourth.GetProperty("remainder").GetDouble(), 1e-13 * fourth.GetProperty("magnitude").GetDouble());
    }

    [Fact]
    public void Without_data_terms_are_ranked_by_their_bounds()
    {
        using var folder = new TemporaryFolder();
        string model = StudyFiles.Classifier(folder, "\"inputRange\": [-1.5, 1.5]");
        JsonElement json = Json(ToolRun.Of("explain", model, "--score", "2", "--order", "2", "--top", "9", "--format", "json"));
        double[] bounds = [.. json.GetProperty("terms").EnumerateArray().Select(term => term.GetProperty("bound").GetDouble())];
        Assert.Equal(9, bounds.Length);
        Assert.Equal(bounds.OrderDescending(), bounds);
        Assert.Contains("the scaled input in [-1.5, 1.5]", ToolRun.Of("explain", model).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        using var folder = new TemporaryFolder();
        string model = StudyFiles.Classifier(folder);
        string data = StudyFiles.Data(folder);
        Unusable("declares no input range", ToolRun.Of("explain", model));
        Unusable("--data and --index belong together", ToolRun.Of("explain", model, "--data", data));
        Unusable("there is no sequence 17", ToolRun.Of("explain", model, "--data", data, "--index", "17"));
        Unusable("--score 3: the model has 3 scores, 0 to 2", ToolRun.Of("explain", model, "--data", data, "--index", "0", "--score", "3"));
        Unusable("--layer 1: the model has 1 layer, 0.", ToolRun.Of("explain", model, "--data", data, "--index", "0", "--layer", "1"));
        Unusable("--step: the model's scores are means", ToolRun.Of("explain", model, "--data", data, "--index", "0", "--step", "1"));
        Unusable("the expansion measure is not possible", ToolRun.Of("explain", model, "--data", data, "--index", "0", "--expansion", "measure"));
        Unusable("--order 17", ToolRun.Of("explain", model, "--data", data, "--index", "0", "--order", "17"));
    }

    [Fact]
    public void All_pairs_of_a_gated_model_are_explained_within_a_gibibyte()
    {
        string[] arguments = ["explain", Path.Combine(s_digits, "models", "one-layer-glu.ssm.json"), "--data", Path.Combine(s_digits, "data", "digits.safetensors"), "--index", "0", "--expansion", "taylor", "--order", "2", "--top", "50", "--format", "json"];

        // All that is allocated, kept or not, is more than is ever held at a time.
        long before = GC.GetAllocatedBytesForCurrentThread();
        JsonElement json = Json(ToolRun.Of(arguments));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 1L << 30, $"{allocated} bytes");
        Assert.Equal(50, json.GetProperty("strongest").GetArrayLength());
        Assert.Equal(592_416, json.GetProperty("orders")[1].GetProperty("terms").GetInt32());
        Assert.True(Math.Abs(json.GetProperty("deviation").GetDouble()) <= 1e-12 * json.GetProperty("magnitude").GetDouble());
    }

    [Fact]
    public void A_gated_model_is_inspected_with_its_terms_across_channels_within_a_gibibyte()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        JsonElement json = Json(ToolRun.Of("inspect", Path.Combine(s_digits, "models", "one-layer-glu.ssm.json"), "--order", "2", "--top", "1200", "--format", "json"));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 1L << 30, $"{allocated} bytes");
        JsonElement terms = json.GetProperty("layers")[0].GetProperty("outputTerms");
        Assert.Equal(593_505, terms.GetProperty("monomialCount").GetInt32());
        Assert.Equal(1200, terms.GetProperty("terms").GetArrayLength());
        Assert.Contains(terms.GetProperty("terms").EnumerateArray(), term => term.GetProperty("monomial").GetString() == "w(0,0) w(1,0)");
    }

    [Fact]
    public void Norms_and_residuals_of_a_deep_model_are_frozen()
    {
        string[] arguments = ["explain", Path.Combine(s_digits, "models", "deep.ssm.json"), "--data", Path.Combine(s_digits, "data", "digits.safetensors"), "--index", "1", "--expansion", "taylor", "--order", "1", "--top", "5", "--format", "json"];
        JsonElement json = Json(ToolRun.Of(arguments));
        string[] frozen = [.. json.GetProperty("frozen").EnumerateArray().Select(part => part.GetProperty("name").GetString()!)];
        Assert.Contains("input of the layer", frozen);
        Assert.Contains("residual stream", frozen);
        Assert.Contains(frozen, name => name.StartsWith("scale of the norm", StringComparison.Ordinal));
        Assert.True(Math.Abs(json.GetProperty("deviation").GetDouble()) <= 1e-12 * json.GetProperty("magnitude").GetDouble());
    }

    private static JsonElement Json(ToolRun run)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static void Unusable(string message, ToolRun run)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
