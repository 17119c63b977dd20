using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Benchmarks.Report;

/// <summary>Models by the name of their architecture, with random tensors: the way a checkpoint goes.</summary>
internal static class CatalogueModels
{
    /// <summary>The model that a declaration is of.</summary>
    public static SequenceModel Resolve(ModelDeclaration declaration)
    {
        StageResult<SequenceModel> model = ArchitectureCatalog.Resolve(declaration, default);
        return model.Value ?? throw new InvalidOperationException(string.Join(" ", model.Faults.Select(fault => fault.Message)));
    }

    /// <summary>A declaration of sizes and tensors.</summary>
    public static ModelDeclaration Declare(string architecture, (string Name, int Value)[] sizes, params (string Name, Tensor Value)[] tensors) => new(
        architecture,
        sizes.Select(size => new HyperParameter(size.Name, NumberText.Format(size.Value), HyperKind.Number, null)).ToEquatableArray(),
        tensors.Select(tensor => new DeclaredTensor(tensor.Name, tensor.Value, null)).ToEquatableArray());

    /// <summary>An operator of heads with states of matrices.</summary>
    public static SequenceModel Heads(string architecture, int heads, int size) => Resolve(Declare(architecture, [("H", heads), ("K", size), ("V", size)]));

    /// <summary>A Mamba block with upstream's sizes: twice the width inside, a step size of rank width / 16, four taps.</summary>
    public static ModelDeclaration Mamba(int width, int states)
    {
        int inner = 2 * width, rank = Math.Max(1, width / 16);
        const int Taps = 4;
        var random = new Random(3);
        return Declare(
            "mamba1-block",
            [("d_model", width), ("d_state", states)],
            ("in_proj.weight", BenchmarkModels.Tensor(random, 2 * inner, width)),
            ("conv1d.weight", BenchmarkModels.Tensor(random, inner, 1, Taps)),
            ("conv1d.bias", BenchmarkModels.Tensor(random, inner)),
            ("x_proj.weight", BenchmarkModels.Tensor(random, rank + (2 * states), inner)),
            ("dt_proj.weight", BenchmarkModels.Tensor(random, inner, rank)),
            ("dt_proj.bias", BenchmarkModels.Tensor(random, inner)),
            ("A_log", Of(i => Math.Log(1 + (i % states)), inner, states)),
            ("D", BenchmarkModels.Tensor(random, inner)),
            ("out_proj.weight", BenchmarkModels.Tensor(random, width, inner)));
    }

    /// <summary>An S5 layer with the eigenvalues of S4D, one mode of each conjugate pair stored.</summary>
    public static SequenceModel S5(int channels, int modes)
    {
        var random = new Random(3);
        return Resolve(Declare(
            "s5-ssm",
            [("H", channels), ("ssm_size", 2 * modes)],
            ("Lambda_re", Of(_ => -0.5, modes)),
            ("Lambda_im", Of(i => Math.PI * i, modes)),
            ("B", BenchmarkModels.Tensor(random, modes, channels, 2)),
            ("C", BenchmarkModels.Tensor(random, channels, modes, 2)),
            ("D", BenchmarkModels.Tensor(random, channels)),
            ("log_step", Of(_ => Math.Log(0.001) + (random.NextDouble() * Math.Log(100)), modes, 1))));
    }

    /// <summary>An LRU layer with eigenvalues on a ring from 0.9 to 0.999, as upstream initialises it.</summary>
    public static SequenceModel Lru(int channels, int modes)
    {
        var random = new Random(3);
        double[] radii = [.. Enumerable.Range(0, modes).Select(_ => 0.9 + (0.099 * random.NextDouble()))];
        return Resolve(Declare(
            "lru",
            [],
            ("nu_log", Of(i => Math.Log(-Math.Log(radii[i])), modes)),
            ("theta_log", Of(_ => Math.Log(2 * Math.PI * (1 - random.NextDouble())), modes)),
            ("gamma_log", Of(i => Math.Log(Math.Sqrt(1 - (radii[i] * radii[i]))), modes)),
            ("B_re", BenchmarkModels.Tensor(random, modes, channels)),
            ("B_im", BenchmarkModels.Tensor(random, modes, channels)),
            ("C_re", BenchmarkModels.Tensor(random, channels, modes)),
            ("C_im", BenchmarkModels.Tensor(random, channels, modes)),
            ("D", BenchmarkModels.Tensor(random, channels))));
    }

    /// <summary>A LinOSS layer of the implicit scheme as upstream initialises it.</summary>
    public static SequenceModel Linoss(int channels, int oscillators)
    {
        var random = new Random(3);
        return Resolve(Declare(
            "linoss-im",
            [],
            ("A_diag", Of(_ => random.NextDouble(), oscillators)),
            ("steps", Of(_ => random.NextDouble(), oscillators)),
            ("B", BenchmarkModels.Tensor(random, oscillators, channels, 2)),
            ("C", BenchmarkModels.Tensor(random, channels, oscillators, 2)),
            ("D", BenchmarkModels.Tensor(random, channels))));
    }

    /// <summary>Upstream's example model of state-spaces/s4: encoder of one input, layers of S4D with residual and LayerNorm, mean, ten scores.</summary>
    public static SequenceModel S4Example(int channels, int modes, int layers)
    {
        var random = new Random(3);
        return Resolve(Declare(
            "s4-example",
            [],
            [
                ("encoder.weight", BenchmarkModels.Tensor(random, channels, 1)), ("encoder.bias", BenchmarkModels.Tensor(random, channels)),
                .. Enumerable.Range(0, layers).SelectMany(i => S4Layer(FormattableString.Invariant($"s4_layers.{i}."), FormattableString.Invariant($"norms.{i}."), channels, modes, random)),
                ("decoder.weight", BenchmarkModels.Tensor(random, 10, channels)), ("decoder.bias", BenchmarkModels.Tensor(random, 10)),
            ]));
    }

    private static (string Name, Tensor Value)[] S4Layer(string prefix, string norm, int channels, int modes, Random random) =>
    [
        (prefix + "D", BenchmarkModels.Tensor(random, channels)),
        (prefix + "kernel.C", BenchmarkModels.Tensor(random, channels, modes, 2)),
        (prefix + "kernel.log_dt", Of(_ => Math.Log(0.001) + (random.NextDouble() * Math.Log(100)), channels)),
        (prefix + "kernel.log_A_real", Of(_ => Math.Log(0.5), channels, modes)),
        (prefix + "kernel.A_imag", Of(i => Math.PI * (i % modes), channels, modes)),
        (prefix + "output_linear.0.weight", BenchmarkModels.Tensor(random, 2 * channels, channels, 1)),
        (prefix + "output_linear.0.bias", BenchmarkModels.Tensor(random, 2 * channels)),
        (norm + "weight", Of(_ => 1 + (0.1 * random.NextDouble()), channels)),
        (norm + "bias", BenchmarkModels.Tensor(random, channels)),
    ];

    private static Tensor Of(Func<int, double> value, params int[] shape) => new(new EquatableArray<int>(shape), [.. Enumerable.Range(0, Tensor.Volume(shape)).Select(value)]);
}
