using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using OperatorGen.Symbolics;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Models.Tests;

public class MutationTests(ITestOutputHelper output)
{
    private const int Count = 2400;
    private const int Seed = 20260420;

    /// <summary>No file here has more than a few kilobytes, which take microseconds; a second is a hang even on a busy machine.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(1);

    [Fact]
    public void Every_mutated_model_file_ends_in_an_error_or_in_a_model()
    {
        var random = new Random(Seed);
        string[] originals = [.. Samples.All(random).Select(Decorated)];
        string[] texts = [.. Enumerable.Range(0, Count).Select(i => Mutation.Apply(originals[i % originals.Length], random, keeps: i % 2 == 0))];

        string[] results = [.. texts.Select(Outcome)];
        foreach (string culture in new[] { "de-DE", "fi-FI" })
        {
            Assert.Equal(results, InCulture(culture, () => texts.Select(Outcome).ToArray()));
        }

        int valid = texts.Count(IsJson);
        int models = results.Count(result => result.StartsWith("model", StringComparison.Ordinal));
        output.WriteLine($"{Count} files with seed {Seed}: {valid} valid JSON, {Count - valid} not; {models} became models, {Count - models} errors.");
        foreach (IGrouping<string, string> kind in results.SelectMany(result => result.Split('\n')).Where(line => line.StartsWith("OPG", StringComparison.Ordinal)).GroupBy(line => line[..7]).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{kind.Key}: {kind.Count()}");
        }

        Assert.InRange(valid, Count / 3, Count);
        Assert.InRange(Count - valid, Count / 3, Count);
        Assert.InRange(models, Count / 20, Count);
    }

    [Fact]
    public void No_mutated_model_file_takes_long()
    {
        var random = new Random(Seed);
        string[] originals = [.. Samples.All(random).Select(Decorated)];
        Outcome(originals[0]);
        (TimeSpan Time, int Index) slowest = default;
        for (int i = 0; i < Count; i++)
        {
            string text = Mutation.Apply(originals[i % originals.Length], random, keeps: i % 2 == 0);
            var watch = Stopwatch.StartNew();
            Outcome(text);
            slowest = watch.Elapsed > slowest.Time ? (watch.Elapsed, i) : slowest;
        }

        output.WriteLine($"The slowest of {Count} was number {slowest.Index} with {slowest.Time.TotalMilliseconds:F2} ms.");
        Assert.True(slowest.Time < Hang, $"Number {slowest.Index} took {slowest.Time}.");
    }

    /// <summary>Faults and result as text, after the checks that hold for every outcome.</summary>
    private static string Outcome(string text)
    {
        StageResult<ModelDeclaration> read = ModelFileReader.Read(text, default);
        CheckFaults(read.Value is null, read.Faults, text);
        Assert.All(read.Faults, fault => Assert.NotNull(fault.Place));
        if (read.Value is null)
        {
            return Lines(read.Faults);
        }

        Assert.True(IsJson(text));
        StageResult<SequenceModel> resolved = ArchitectureCatalog.Resolve(read.Value, default);
        CheckFaults(resolved.Value is null, resolved.Faults, text);
        if (resolved.Value is { } model)
        {
            ModelInvariants.Check(model);
        }

        return (resolved.Value is null ? "" : "model " + read.Value.ContentHash() + "\n") + Lines(read.Faults) + Lines(resolved.Faults);
    }

    private static void CheckFaults(bool failed, IReadOnlyList<Fault> faults, string text)
    {
        Assert.Equal(failed, faults.Any(fault => fault.Kind.Severity == FaultSeverity.Error));
        string[] lines = text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        foreach (Fault fault in faults)
        {
            Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
            if (fault.Place is { } place)
            {
                Assert.InRange(place.Line, 1, lines.Length);
                Assert.InRange(place.Column, 1, lines[place.Line - 1].Length + 1);
                Assert.InRange(place.Length, 1, Math.Max(1, lines[place.Line - 1].Length));
            }
        }
    }

    private static string Lines(IEnumerable<Fault> faults) => string.Concat(faults.Select(fault => $"{fault.Kind.Id} {fault.Place} {fault.Message}\n"));

    private static bool IsJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.TrimStart('\uFEFF'));
            return true;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return false;
        }
    }

    private static string Decorated(ModelDeclaration declaration)
    {
        StageResult<SequenceModel> model = ArchitectureCatalog.Resolve(declaration, default);
        double[] ones = [.. Enumerable.Repeat(1.0, model.Value!.InputWidth)];
        var vector = new Tensor(EquatableArray.Of(ones.Length), ones);
        return ModelFileWriter.Write(declaration with
        {
            Labels = new([.. Enumerable.Range(0, model.Value.OutputWidth).Select(i => $"label {i}")]),
            Scaling = new InputScaling(vector, vector),
            Source = EquatableArray.Of(new SourceEntry("file", "weights.safetensors")),
            Options = new ModelOptions(2, -1, 1, Precision.Single),
        });
    }

    private static T InCulture<T>(string name, Func<T> work)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(name);
        try
        {
            return work();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
