using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models.Tests;

/// <summary>Small declarations of every architecture with random weights.</summary>
public static class Samples
{
    public static IEnumerable<ModelDeclaration> All(Random random) =>
        [S4DStandalone(random), S4Example(random, preNorm: true), S4Example(random, preNorm: false), S4DClassifier(random), S4DClassifier(random, glu: true), S4BlockDplr(random), Mamba1Block(random, bias: true), Mamba1Block(random, bias: false), Linoss(random, "linoss-im"), Linoss(random, "linoss-imex"), LinossClassifier(random, "linoss-im-classifier"), LinossClassifier(random, "linoss-imex-classifier"), LinearCde(random), Modes(random), .. StackSamples.All.Select(sample => sample.Declare(random.Next())), .. SelectiveSamples.All(random), .. LanguageSamples.All(random)];

    public static ModelDeclaration S4DStandalone(Random random, int channels = 3, int modes = 2) => Declaration(
        "s4d-standalone",
        [Number("d_model", channels), Number("d_state", 2 * modes)],
        [.. S4D(random, "", channels, modes, withMixing: true)]);

    public static ModelDeclaration S4Example(Random random, bool preNorm, int layers = 2, int inputs = 2, int outputs = 4, int channels = 3, int modes = 2) => Declaration(
        "s4-example",
        [Number("d_model", channels), Number("n_layers", layers), new HyperParameter("prenorm", preNorm ? "true" : "false", HyperKind.Boolean, null)],
        [
            Random(random, "encoder.weight", channels, inputs),
            Random(random, "encoder.bias", channels),
            .. Enumerable.Range(0, layers).SelectMany(i => S4D(random, $"s4_layers.{i}.", channels, modes, withMixing: true)
                .Append(Random(random, $"norms.{i}.weight", channels)).Append(Random(random, $"norms.{i}.bias", channels))),
            Random(random, "decoder.weight", outputs, channels),
            Random(random, "decoder.bias", outputs),
        ]);

    public static ModelDeclaration S4DClassifier(Random random, int inputs = 1, int outputs = 4, int channels = 3, int modes = 2, bool glu = false) => Declaration(
        "s4d-classifier",
        [Number("d_input", inputs), Number("d_model", channels), Number("d_state", 2 * modes), Number("d_output", outputs), new HyperParameter("glu", glu ? "true" : "false", HyperKind.Boolean, null)],
        [
            Random(random, "encoder.weight", channels, inputs),
            Random(random, "encoder.bias", channels),
            .. S4D(random, "", channels, modes, withMixing: glu),
            Random(random, "decoder.weight", outputs, channels),
            Random(random, "decoder.bias", outputs),
        ]);

    /// <summary>A low-rank S4Block; its C is C-tilde of 5 steps.</summary>
    public static ModelDeclaration S4BlockDplr(Random random, int channels = 3, int modes = 2, int rows = 1, int rank = 1) => Declaration(
        "s4block-dplr",
        [Number("d_model", channels), Number("d_state", 2 * modes)],
        [
            Random(random, "layer.D", 1, channels),
            Random(random, "layer.kernel.inv_dt", channels, 1),
            Random(random, "layer.kernel.C", 1, channels, modes, 2),
            Random(random, "layer.kernel.B", 1, rows, modes, 2),
            Random(random, "layer.kernel.P", rank, rows, modes, 2),
            Random(random, "layer.kernel.A_real", rows, modes),
            Random(random, "layer.kernel.A_imag", rows, modes),
            new DeclaredTensor("layer.kernel.l_kernel", new Tensor(EquatableArray<int>.Empty, [5]), null),
            Random(random, "output_linear.0.weight", 2 * channels, channels),
            Random(random, "output_linear.0.bias", 2 * channels),
        ]);

    public static ModelDeclaration Mamba1Block(Random random, bool bias, int width = 3, int channels = 6, int states = 2, int taps = 4, int rank = 1) => Declaration(
        "mamba1-block",
        [Number("d_model", width), Number("expand", channels / width), new HyperParameter("bias", bias ? "true" : "false", HyperKind.Boolean, null)],
        [
            Random(random, "in_proj.weight", 2 * channels, width),
            Random(random, "conv1d.weight", channels, 1, taps),
            Random(random, "conv1d.bias", channels),
            Random(random, "x_proj.weight", rank + (2 * states), channels),
            Random(random, "dt_proj.weight", channels, rank),
            Random(random, "dt_proj.bias", channels),
            Random(random, "A_log", channels, states),
            Random(random, "D", channels),
            Random(random, "out_proj.weight", width, channels),
            .. bias ? [Random(random, "in_proj.bias", 2 * channels), Random(random, "out_proj.bias", width)] : Array.Empty<DeclaredTensor>(),
        ]);

    public static ModelDeclaration Linoss(Random random, string architecture, int channels = 3, int oscillators = 4) =>
        Declaration(architecture, [Number("H", channels), Number("ssm_size", oscillators)], [.. Oscillators(random, "", channels, oscillators)]);

    public static ModelDeclaration LinearCde(Random random, int inputs = 2, int states = 3, int outputs = 4, HyperParameter[]? hyper = null) => Declaration(
        "linear-cde",
        hyper ?? [],
        [
            Random(random, "A", inputs, states, states),
            Random(random, "B", states, inputs),
            Random(random, "Z_0", states),
            Random(random, "C", outputs, states),
        ]);

    public static ModelDeclaration LinossClassifier(Random random, string architecture, int blocks = 2, int inputs = 2, int channels = 3, int oscillators = 4, int outputs = 5) => Declaration(
        architecture,
        [Number("N", inputs), Number("H", channels), Number("ssm_size", oscillators), Number("num_blocks", blocks), Number("output_dim", outputs), new HyperParameter("bn_eps", "1e-05", HyperKind.Number, null)],
        [
            Random(random, "linear_encoder.weight", channels, inputs),
            Random(random, "linear_encoder.bias", channels),
            .. Enumerable.Range(0, blocks).SelectMany(i => Oscillators(random, $"blocks.{i}.ssm.", channels, oscillators)
                .Append(Random(random, $"blocks.{i}.norm.state.mean", channels))
                .Append(new DeclaredTensor($"blocks.{i}.norm.state.var", new Tensor(EquatableArray.Of(channels), [.. Enumerable.Range(1, channels).Select(c => c / 4.0)]), null))
                .Append(Random(random, $"blocks.{i}.glu.w1.weight", channels, channels)).Append(Random(random, $"blocks.{i}.glu.w1.bias", channels))
                .Append(Random(random, $"blocks.{i}.glu.w2.weight", channels, channels)).Append(Random(random, $"blocks.{i}.glu.w2.bias", channels))),
            Random(random, "linear_layer.weight", outputs, channels),
            Random(random, "linear_layer.bias", outputs),
        ]);

    public static ModelDeclaration Modes(Random random) => new InlineModel(
        EquatableArray.Of(
            new InlineMode(-0.5 - random.NextDouble(), random.NextDouble(), 1, 0, random.NextDouble(), random.NextDouble()),
            new InlineMode(Exact("-1/3"), Exact("omega"), Exact("1/2"), 0, Exact("c_1"), -0.25)),
        Exact("2/7"),
        0.125,
        DiscretizationRule.Bilinear,
        "gelu-erf",
        2,
        new ModelOptions(3, -1, 1, Precision.Double)).ToDeclaration();

    public static Scalar Exact(string text) => InlineText.TryParseScalar(text, out Scalar value) ? value : throw new ArgumentException(text);

    public static HyperParameter Number(string name, int value) => new(name, value.ToString(System.Globalization.CultureInfo.InvariantCulture), HyperKind.Number, null);

    public static DeclaredTensor Random(Random random, string name, params int[] shape)
    {
        var values = new double[Tensor.Volume(shape)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(random.NextDouble() - 0.5);
        }

        return new DeclaredTensor(name, new Tensor(new EquatableArray<int>(shape), values), null);
    }

    private static IEnumerable<DeclaredTensor> Oscillators(Random random, string prefix, int channels, int count)
    {
        yield return Random(random, prefix + "A_diag", count);
        yield return Random(random, prefix + "steps", count);
        yield return Random(random, prefix + "B", count, channels, 2);
        yield return Random(random, prefix + "C", channels, count, 2);
        yield return Random(random, prefix + "D", channels);
    }

    private static IEnumerable<DeclaredTensor> S4D(Random random, string prefix, int channels, int modes, bool withMixing)
    {
        yield return Random(random, prefix + "D", channels);
        yield return Random(random, prefix + "kernel.C", channels, modes, 2);
        yield return Random(random, prefix + "kernel.log_dt", channels);
        yield return Random(random, prefix + "kernel.log_A_real", channels, modes);
        yield return Random(random, prefix + "kernel.A_imag", channels, modes);
        if (withMixing)
        {
            yield return Random(random, prefix + "output_linear.0.weight", 2 * channels, channels, 1);
            yield return Random(random, prefix + "output_linear.0.bias", 2 * channels);
        }
    }

    private static ModelDeclaration Declaration(string architecture, HyperParameter[] hyper, DeclaredTensor[] tensors) => new(architecture, new(hyper), new(tensors));
}
