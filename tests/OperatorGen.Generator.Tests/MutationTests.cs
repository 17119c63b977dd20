using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Microsoft.CodeAnalysis;
using OperatorGen.Models.Tests;
using OperatorGen.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Generator.Tests;

/// <summary>Damaged model files through the driver: an OPG error, or code that compiles; never an exception, never a hang.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Seed = 20_260_101;

    private const int Mutants = 2_100;

    /// <summary>A thousand times what a mutant takes: whoever needs it hangs.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> _compiled = [];

    [Fact]
    public void Every_damaged_file_ends_in_an_error_or_in_code_that_compiles()
    {
        string[] originals =
        [
            Sources.ModesFile(), Sources.ModesFile(hyper: "\"discretization\": \"zoh\", \"gamma\": 2, \"decoder\": \"tanh\"", more: "\n  \"options\": { \"order\": 4, \"inputRange\": [-1, 1] },")
                .Replace("\"output\"", "\"step\": { \"shape\": [1], \"values\": [\"1/8\"] },\n    \"output\"", StringComparison.Ordinal),
            Sources.S4DFile(""), Single(Sources.S4ExampleFile), Single(Sources.MambaFile),
        ];
        var random = new Random(Seed);
        GeneratorProject project = GeneratorProject.Of(Sources.FileClass()).WithModel(FaultCase.ModelPath, originals[0]);
        GeneratorRun run = GeneratorRun.Of(project);
        (int valid, int errors, int codes) = (0, 0, 0);
        (TimeSpan Time, int Index) slowest = default;
        for (int i = 0; i < Mutants; i++)
        {
            string original = originals[i % originals.Length];
            string text = i % 9 < 2 ? WeightMutation.Apply(original, random) : Mutation.Apply(original, random, keeps: i % 9 < 5);
            valid += IsJson(text) ? 1 : 0;
            var watch = Stopwatch.StartNew();
            run = Run(run, project.WithModel(FaultCase.ModelPath, text), i);
            slowest = watch.Elapsed > slowest.Time ? (watch.Elapsed, i) : slowest;
            bool error = Check(run, i, text);
            errors += error ? 1 : 0;
            codes += error ? 0 : 1;
        }

        output.WriteLine($"{Mutants} mutants: {valid} are JSON, {errors} end in an error, {codes} in code, {_compiled.Count} different texts compiled.");
        output.WriteLine($"The slowest, number {slowest.Index}, took {slowest.Time.TotalMilliseconds:F0} ms.");
        Assert.True(valid >= Mutants / 3, $"{valid} of {Mutants} are JSON.");
        Assert.True(Mutants - valid >= Mutants / 3, $"{Mutants - valid} of {Mutants} are not JSON.");
        Assert.True(codes >= Mutants / 10, $"{codes} of {Mutants} end in code.");
    }

    private static GeneratorRun Run(GeneratorRun before, GeneratorProject project, int mutant)
    {
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            return before.Then(project, patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new Xunit.Sdk.XunitException($"Mutant {mutant} hangs.");
        }
    }

    /// <summary>True: the mutant ends in an error. False: it ends in code, which compiles.</summary>
    private bool Check(GeneratorRun run, int mutant, string text)
    {
        string Named(string what) => $"Mutant {mutant}: {what}\n{text}";
        Assert.True(run.Failure is null, Named(run.Failure?.ToString() ?? ""));
        Assert.True(run.Faults.All(fault => fault.Id.StartsWith("OPG", StringComparison.Ordinal) && fault.Id != "OPG0900"), Named(string.Join('\n', run.Faults)));
        bool error = run.Faults.Any(fault => fault.Severity == DiagnosticSeverity.Error);
        Assert.True(error == (run.Files.Count == 0), Named("a file beside an error, or neither."));
        if (!error && _compiled.Add(run.Files[0].Text))
        {
            Assert.True(run.CompilerFaults.Count == 0, Named(string.Join('\n', run.CompilerFaults.Take(5))));
        }

        return error;
    }

    private static string Single(string text) => text.Replace("\"precision\": \"both\"", "\"precision\": \"single\"", StringComparison.Ordinal);

    private static bool IsJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
            return true;
        }
        catch (Exception refusal) when (refusal is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
