using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics.Tensors;
using System.Text.Json;
using OperatorGen.Safetensors;
using TokenSelections;
using TokenSelections.Trained;
using Xunit;

namespace OperatorGen.Examples.Tests;

/// <summary>The trained stacks of <c>examples/TokenSelection</c>, beside PyTorch's own outputs in double precision (<c>examples/training/selection.py check</c>), and what is said of them.</summary>
public sealed class TrainedSelectionTests
{
    private const double Float = 2e-5; // of float code beside a reference in double, as a part of the largest output

    private static readonly Dictionary<string, Func<double[], float[]>> s_models = new()
    {
        ["copy"] = tokens => Logits(tokens, TrainedCopy.OutputWidth, new TrainedCopy().Forward),
        ["recall"] = tokens => Logits(tokens, TrainedRecall.OutputWidth, new TrainedRecall().Forward),
        ["regression"] = numbers => Outputs(numbers, TrainedRegression.OutputWidth, new TrainedRegression().Forward),
        ["genome"] = numbers => Outputs(numbers, TrainedGenome.OutputWidth, new TrainedGenome().Forward),
    };

    public static TheoryData<string> Models => [.. s_models.Keys];

    private delegate void OfTokens(ReadOnlySpan<int> tokens, Span<float> logits);

    private delegate void OfNumbers(ReadOnlySpan<float> input, Span<float> outputs);

    [Theory]
    [MemberData(nameof(Models))]
    public void Outputs_are_those_of_PyTorch(string name)
    {
        SafetensorsFile file = Expected(name);
        double[] input = file.Find("x_test")!.ToDoubles(), expected = file.Find("out_test")!.ToDoubles();
        int sequences = (int)file.Find("out_test")!.Shape[0], width = input.Length / (int)file.Find("x_test")!.Shape[0], outputs = expected.Length / sequences;
        double tolerance = Float * expected.Max(Math.Abs);
        for (int i = 0; i < sequences; i++)
        {
            float[] found = s_models[name](input[(i * width)..((i + 1) * width)]);
            Assert.All(expected[(i * outputs)..((i + 1) * outputs)].Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    /// <summary>The same choices, so the same accuracy to the sample. Sequences whose two greatest outputs are within twice the tolerance are left out by the script.</summary>
    [Theory]
    [InlineData("copy")]
    [InlineData("recall")]
    [InlineData("genome")]
    public void Choices_are_those_of_PyTorch_and_so_is_the_accuracy(string name)
    {
        SafetensorsFile file = Expected(name);
        double[] input = file.Find("x_test")!.ToDoubles(), asked = file.Find("asked_test")!.ToDoubles(), chosen = file.Find("chosen_test")!.ToDoubles();
        int sequences = (int)file.Find("x_test")!.Shape[0], width = input.Length / sequences, count = asked.Length / sequences;
        int outputs = name == "genome" ? TrainedGenome.OutputWidth : name == "copy" ? TrainedCopy.OutputWidth : TrainedRecall.OutputWidth;
        int right = 0;
        for (int i = 0; i < sequences; i++)
        {
            float[] found = s_models[name](input[(i * width)..((i + 1) * width)]);
            for (int j = 0; j < count; j++)
            {
                int choice = TensorPrimitives.IndexOfMax<float>(found.AsSpan(found.Length - ((count - j) * outputs), outputs));
                Assert.Equal((int)chosen[(i * count) + j], choice);
                right += choice == (int)asked[(i * count) + j] ? 1 : 0;
            }
        }

        Assert.Equal(asked.Zip(chosen).Count(pair => pair.First == pair.Second), right);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_outputs_are_of_the_committed_model(string name)
    {
        using var model = JsonDocument.Parse(File.ReadAllText(Path.Combine(ModelFileComparison.Folder("TokenSelection"), $"trained-{name}.ssm.json")));
        Assert.Equal(model.RootElement.GetProperty("source").GetProperty("sha256").GetString(), Expected(name).Metadata["model_sha256"]);
    }

    [Fact]
    public void The_committed_models_are_at_most_a_mebibyte_together() =>
        Assert.True(Directory.GetFiles(ModelFileComparison.Folder("TokenSelection"), "trained-*").Sum(file => new FileInfo(file).Length) <= 1 << 20);

    /// <summary>What docs/theory.md says: linear decoders do not copy, and in one layer at a time many more orders of interactions make more words right.</summary>
    [Fact]
    public void The_trained_copy_needs_interactions_in_both_layers()
    {
        var orders = new SelectingOrders(12);
        double[] second = [.. new int?[] { 1, 12, null }.Select(order => orders.Accuracy(null, order, 10, 31))];
        double[] first = [.. new int?[] { 1, 4, null }.Select(order => orders.Accuracy(order, null, 10, 31))];
        Assert.Equal(second.Order(), second);
        Assert.Equal(first.Order(), first);
        Assert.True(second[0] < 0.5 && first[0] < 0.5 && second[^1] > 0.9, $"{second[0]}, {first[0]}, {second[^1]}");
    }

    /// <summary>With a tenth of the bases kept by attribution the model decides far better than with random ones, and far more of what was planted is among them.</summary>
    [Fact]
    public void The_attribution_finds_what_was_planted()
    {
        KeptResult kept = KeptBases.Of(new TrainedGenome(), 0.1, 60, 14);
        Assert.True(kept.Attributed > kept.Arbitrary + 0.1, $"{kept}");
        Assert.True(kept.Found > 0.2, $"{kept}"); // a random tenth has 0.1
    }

    /// <summary>1 / n has the slope -1, whatever the seed multiplies it by.</summary>
    [Fact]
    public void Slopes_are_fitted_to_logarithms()
    {
        Dictionary<int, double> Run(double factor) => new[] { 512, 1024, 4096 }.ToDictionary(size => size, size => factor / size);
        (double mean, double error) = new TrainedModel("", 0, 0, [Run(1), Run(3), Run(0.2)]).Slope();
        Assert.Equal(-1, mean, 1e-12);
        Assert.Equal(0, error, 1e-12);
        Dictionary<int, double> steep = new[] { 512, 1024, 4096 }.ToDictionary(size => size, size => 1.0 / size / size);
        (mean, error) = new TrainedModel("", 0, 0, [Run(1), steep]).Slope();
        Assert.Equal(-1.5, mean, 1e-12);
        Assert.Equal(0.5, error, 1e-12); // deviation sqrt(1/2) over sqrt(2)
    }

    /// <summary>The tables of the page are the results of the script: median, least and greatest of the seeds.</summary>
    [Theory]
    [InlineData("copying", 100, "F1", "F1")]
    [InlineData("recall", 100, "F1", "F1")]
    [InlineData("regression", 1, "F3", "F3")]
    [InlineData("genome", 100, "F1", "F1")]
    public void Tables_of_the_page_are_the_results_of_the_script(string task, double unit, string format, string ends)
    {
        string page = File.ReadAllText(Path.Combine(ModelFileComparison.Folder("TokenSelection"), "..", "..", "..", "docs", "theory.md"));
        foreach (TrainedModel model in TrainingResults.Of(task).Models)
        {
            string Text(double value, string how) => (unit * value).ToString(how, CultureInfo.InvariantCulture);
            IEnumerable<string> cells = model.Sizes.Select(size => model.At(size)).Select(at => $"{Text(at.Median, format)} ({Text(at.Least, ends)}-{Text(at.Greatest, ends)})");
            string row = $"| {model.Name} | {string.Join(" | ", cells)} |";
            Assert.True(page.Contains(row, StringComparison.Ordinal), $"docs/theory.md lacks the row of {task}:\n{row}");
        }
    }

    private static SafetensorsFile Expected(string name) => SafetensorsFile.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"trained-{name}.safetensors")));

    private static float[] Logits(double[] tokens, int width, OfTokens forward)
    {
        var logits = new float[tokens.Length * width];
        forward([.. tokens.Select(token => (int)token)], logits);
        return logits;
    }

    private static float[] Outputs(double[] numbers, int width, OfNumbers forward)
    {
        var outputs = new float[width];
        forward([.. numbers.Select(number => (float)number)], outputs);
        return outputs;
    }
}
