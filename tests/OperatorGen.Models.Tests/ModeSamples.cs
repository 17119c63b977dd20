using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models.Tests;

/// <summary>Small declarations of constant modes with random weights: what the other samples of such architectures leave out.</summary>
public static class ModeSamples
{
    public static IEnumerable<ModelDeclaration> All(Random random) =>
    [
        S4Block(random), S4Block(random, real: true), S4Block(random, both: true), S4Block(random, further: "bandlimit=1.0"), S4Block(random, further: "disc=bilinear"), S4Block(random, rows: 1),
        S5(random), S5(random, both: true), S5(random, halves: true), S5Classifier(random), Lru(random), Modes(random),
    ];

    /// <summary>A diagonal S4Block of 3 features and 2 stored modes.</summary>
    public static ModelDeclaration S4Block(Random random, bool real = false, bool both = false, int rows = 3, string? further = null)
    {
        int[] parts = real ? [] : [2];
        int[] kernels = [both ? 2 : 1, 3, 2, .. parts], inputs = [1, rows, 2, .. parts];
        return new(
            "s4block-diag",
            Hyper(["is_real=" + (real ? "true" : "false"), "bidirectional=" + (both ? "true" : "false"), .. further is null ? Array.Empty<string>() : [further]]),
            new([
                Samples.Random(random, "layer.D", 1, 3),
                Samples.Random(random, "layer.kernel.inv_dt", 3, 1),
                Samples.Random(random, "layer.kernel.C", kernels),
                Samples.Random(random, "layer.kernel.B", inputs),
                Samples.Random(random, "layer.kernel.A_real", rows, 2),
                .. real ? Array.Empty<DeclaredTensor>() : [Samples.Random(random, "layer.kernel.A_imag", rows, 2)],
                Samples.Random(random, "output_linear.0.weight", 6, 3),
                Samples.Random(random, "output_linear.0.bias", 6),
            ]));
    }

    /// <summary>S5 of 3 channels and 2 stored modes; of both directions with C1 and C2, or with both halves of one C.</summary>
    public static ModelDeclaration S5(Random random, bool both = false, bool halves = false) => new(
        "s5-ssm",
        Hyper("conj_sym=true", "bidirectional=" + (both || halves ? "true" : "false")),
        new([.. S5Tensors(random, "", both, halves)]));

    /// <summary>S5's classifier with a BatchNorm behind each of two layers.</summary>
    public static ModelDeclaration S5Classifier(Random random) => new(
        "s5-classifier",
        Hyper("n_layers=2", "activation=full_glu", "batchnorm=true", "prenorm=false"),
        new([
            Samples.Random(random, "encoder.encoder.kernel", 2, 3),
            Samples.Random(random, "encoder.encoder.bias", 3),
            .. Enumerable.Range(0, 2).SelectMany(i => Layer(random, $"encoder.layers_{i}.")),
            Samples.Random(random, "decoder.kernel", 3, 4),
            Samples.Random(random, "decoder.bias", 4),
        ]));

    /// <summary>LRU of 3 channels and 2 modes.</summary>
    public static ModelDeclaration Lru(Random random) => new(
        "lru",
        Hyper("d_model=3"),
        EquatableArray.Of(
            Samples.Random(random, "nu_log", 2),
            Samples.Random(random, "theta_log", 2),
            Samples.Random(random, "gamma_log", 2),
            Samples.Random(random, "B_re", 2, 3),
            Samples.Random(random, "B_im", 2, 3),
            Samples.Random(random, "C_re", 3, 2),
            Samples.Random(random, "C_im", 3, 2),
            Samples.Random(random, "D", 3)));

    /// <summary>Three modes of one channel, without symbols.</summary>
    public static ModelDeclaration Modes(Random random) => new(
        "modes",
        Hyper("discretization=none", "gamma=2", "decoder=gelu-erf"),
        EquatableArray.Of(Samples.Random(random, "eigenvalue", 3, 2), Samples.Random(random, "input", 3, 2), Samples.Random(random, "output", 3, 2), Samples.Random(random, "skip", 1)));

    private static IEnumerable<DeclaredTensor> Layer(Random random, string prefix) =>
    [
        .. S5Tensors(random, prefix + "seq.", both: false, halves: false),
        Samples.Random(random, prefix + "norm.scale", 3),
        Samples.Random(random, prefix + "norm.bias", 3),
        Samples.Random(random, prefix + "norm.mean", 3),
        new(prefix + "norm.var", new Tensor(EquatableArray.Of(3), [0.25, 0.5, 2]), null),
        .. new[] { "out1", "out2" }.SelectMany(name => new[] { Samples.Random(random, $"{prefix}{name}.kernel", 3, 3), Samples.Random(random, $"{prefix}{name}.bias", 3) }),
    ];

    private static IEnumerable<DeclaredTensor> S5Tensors(Random random, string prefix, bool both, bool halves) =>
    [
        new(prefix + "Lambda_re", new Tensor(EquatableArray.Of(2), [-0.5, -0.125]), null),
        Samples.Random(random, prefix + "Lambda_im", 2),
        Samples.Random(random, prefix + "B", 2, 3, 2),
        .. both ? [Samples.Random(random, prefix + "C1", 3, 2, 2), Samples.Random(random, prefix + "C2", 3, 2, 2)] : new[] { Samples.Random(random, prefix + "C", 3, halves ? 4 : 2, 2) },
        Samples.Random(random, prefix + "D", 3),
        Samples.Random(random, prefix + "log_step", 2, 1),
    ];

    private static EquatableArray<HyperParameter> Hyper(params string[] pairs) => pairs.Select(pair => pair.Split('=')).Select(pair => new HyperParameter(
        pair[0], pair[1], pair[1] is "true" or "false" ? HyperKind.Boolean : char.IsAsciiDigit(pair[1][0]) ? HyperKind.Number : HyperKind.Text, null)).ToEquatableArray();
}
