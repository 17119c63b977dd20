using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using OperatorGen.Benchmarks.Report;
using OperatorGen.Models;

namespace OperatorGen.Benchmarks;

/// <summary>A Mamba block, and operators with states of 4 heads of 64 x 64, 512 steps and one step, beside the core's peak.</summary>
public class SelectiveBenchmarks : PeakBenchmarks
{
    private static readonly Dictionary<string, Func<SequenceModel>> s_models = new()
    {
        ["mamba1-block"] = () => CatalogueModels.Resolve(CatalogueModels.Mamba(256, 16)),
        ["gla"] = () => CatalogueModels.Heads("gla", 4, 64),
        ["simple-gla"] = () => CatalogueModels.Heads("simple-gla", 4, 64),
        ["gated-deltanet"] = () => CatalogueModels.Heads("gated-deltanet", 4, 64),
    };

    public static IEnumerable<string> Models => s_models.Keys;

    /// <summary>The architecture.</summary>
    [ParamsSource(nameof(Models))]
    public string Architecture { get; set; } = "";

    /// <inheritdoc/>
    protected override int Steps => 512;

    /// <inheritdoc/>
    protected override SequenceModel Model => s_models[Architecture]();
}
