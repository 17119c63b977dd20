using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Benchmarks;

/// <summary>A Mamba block, and operators with states of 4 heads of 64 x 64, 512 steps and one step, beside the core's peak.</summary>
public class SelectiveBenchmarks : PeakBenchmarks
{
    private static readonly Dictionary<string, Func<SequenceModel>> s_models = new()
    {
        ["mamba1-block"] = () => Resolve("mamba1-block", MambaSizes, MambaTensors()),
        ["gla"] = () => Heads("gla"),
        ["simple-gla"] = () => Heads("simple-gla"),
        ["gated-deltanet"] = () => Heads("gated-deltanet"),
    };

    public static IEnumerable<string> Models => s_models.Keys;

    /// <summary>The architecture.</summary>
    [ParamsSource(nameof(Models))]
    public string Architecture { get; set; } = "";

    /// <inheritdoc/>
    protected override int Steps => 512;

    /// <inheritdoc/>
    protected override SequenceModel Model => s_models[Architecture]();

    private static (string Name, int Value)[] MambaSizes => [("d_model", 256), ("d_state", 16)];

    private static SequenceModel Heads(string architecture) => Resolve(architecture, [("H", 4), ("K", 64), ("V", 64)], []);

    private static DeclaredTensor[] MambaTensors()
    {
        const int Width = 256, Inner = 512, States = 16, Rank = 16, Taps = 4;
        var random = new Random(3);
        Tensor logDecay = new(EquatableArray.Of(Inner, States), [.. Enumerable.Range(0, Inner * States).Select(i => Math.Log(1 + (i % States)))]);
        return
        [
            Declared("in_proj.weight", BenchmarkModels.Tensor(random, 2 * Inner, Width)),
            Declared("conv1d.weight", BenchmarkModels.Tensor(random, Inner, 1, Taps)),
            Declared("conv1d.bias", BenchmarkModels.Tensor(random, Inner)),
            Declared("x_proj.weight", BenchmarkModels.Tensor(random, Rank + (2 * States), Inner)),
            Declared("dt_proj.weight", BenchmarkModels.Tensor(random, Inner, Rank)),
            Declared("dt_proj.bias", BenchmarkModels.Tensor(random, Inner)),
            Declared("A_log", logDecay),
            Declared("D", BenchmarkModels.Tensor(random, Inner)),
            Declared("out_proj.weight", BenchmarkModels.Tensor(random, Width, Inner)),
        ];
    }

    private static DeclaredTensor Declared(string name, Tensor value) => new(name, value, null);

    private static SequenceModel Resolve(string architecture, (string Name, int Value)[] sizes, DeclaredTensor[] tensors)
    {
        var declaration = new ModelDeclaration(
            architecture, sizes.Select(size => new HyperParameter(size.Name, NumberText.Format(size.Value), HyperKind.Number, null)).ToEquatableArray(), tensors.ToEquatableArray());
        StageResult<SequenceModel> model = ArchitectureCatalog.Resolve(declaration, default);
        return model.Value ?? throw new InvalidOperationException(string.Join(" ", model.Faults.Select(fault => fault.Message)));
    }
}
