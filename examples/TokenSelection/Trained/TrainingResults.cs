using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace TokenSelections.Trained;

/// <summary>What <c>examples/training/selection.py</c> wrote about a task: for each model the result of each seed, by length or number of samples.</summary>
internal sealed class TrainingResults
{
    private TrainingResults(IReadOnlyList<TrainedModel> models) => Models = models;

    /// <summary>The tasks.</summary>
    public static IReadOnlyList<string> Tasks { get; } = ["copying", "copying-long", "recall", "regression", "genome"];

    /// <summary>The models in the script's order.</summary>
    public IReadOnlyList<TrainedModel> Models { get; }

    /// <summary>The lengths or numbers of samples, ascending.</summary>
    public IReadOnlyList<int> Sizes => Models[0].Sizes;

    /// <summary>The committed results of a task, <c>results/TASK.json</c>.</summary>
    public static TrainingResults Of(string task)
    {
        using Stream stream = typeof(TrainingResults).Assembly.GetManifestResourceStream($"{task}.json") ?? throw new ArgumentException($"There are no results of \"{task}\"; there are some of {string.Join(", ", Tasks)}.", nameof(task));
        using var document = JsonDocument.Parse(stream);
        return new TrainingResults([.. document.RootElement.EnumerateObject().Select(model => TrainedModel.Of(model.Value))]);
    }
}

/// <summary>One model of a task.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Parameters">How many numbers were trained.</param>
/// <param name="Steps">How many steps.</param>
/// <param name="Runs">The results of each seed by length or number of samples.</param>
internal sealed record TrainedModel(string Name, int Parameters, int Steps, IReadOnlyList<IReadOnlyDictionary<int, double>> Runs)
{
    /// <summary>The lengths or numbers of samples, ascending.</summary>
    public IReadOnlyList<int> Sizes => [.. Runs[0].Keys.Order()];

    /// <summary>A model of the results.</summary>
    public static TrainedModel Of(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        json.GetProperty("parameters").GetInt32(),
        json.GetProperty("steps").GetInt32(),
        [.. json.GetProperty("runs").EnumerateObject().Select(run => run.Value.EnumerateObject().ToDictionary(entry => int.Parse(entry.Name, CultureInfo.InvariantCulture), entry => entry.Value.GetDouble()))]);

    /// <summary>Least, middle and greatest result of all seeds.</summary>
    public (double Least, double Median, double Greatest) At(int size)
    {
        double[] values = [.. Runs.Select(run => run[size]).Order()];
        int half = values.Length / 2;
        return (values[0], values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2, values[^1]);
    }

    /// <summary>The slope of log(result) against log(size), by least squares for each seed: mean and standard error over the seeds.</summary>
    public (double Mean, double Error) Slope()
    {
        double[] slopes = [.. Runs.Select(run => Slope([.. Sizes.Select(size => (Math.Log(size), Math.Log(run[size])))]))];
        double mean = slopes.Average();
        return (mean, Math.Sqrt(slopes.Sum(slope => (slope - mean) * (slope - mean)) / (slopes.Length - 1) / slopes.Length));
    }

    private static double Slope((double X, double Y)[] points)
    {
        double x = points.Average(point => point.X), y = points.Average(point => point.Y);
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
