using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models.Tests;

/// <summary>Small declarations of the selective architectures with random weights.</summary>
public static class SelectiveSamples
{
    public static IEnumerable<ModelDeclaration> All(Random random) =>
    [
        Scan(random), Scan(random, varies: false), Classifier(random), Of("mamba2-ssd", "heads=3", "headdim=2", "dstate=4"), Mamba2(random), GlaLayer(random),
        Of("gla", "H=2", "K=3", "V=4", "scale=K**-0.5"), Of("simple-gla", "H=2", "K=3", "V=4", "scale=0.25"), Of("hgrn", "D=5"), Of("retnet", "H=3", "D=2", "decay=1-2^(-5-h)"), Rwkv6(random),
        GateLoop(random), GateLoop(random, inner: 3, heads: 3, gated: false), Of("gateloop-operator", "d=3"), GateLoopSimple(random),
        Of("deltanet", "H=2", "K=3", "V=4"), Of("gated-deltanet", "H=2", "K=3", "V=4"),
    ];

    /// <summary>An operator without tensors.</summary>
    public static ModelDeclaration Of(string architecture, params string[] hyper) => new(architecture, Hyper(hyper), EquatableArray<DeclaredTensor>.Empty);

    public static ModelDeclaration Scan(Random random, bool varies = true) => new(
        "mamba1-selective-scan",
        Hyper("dim=4", "dstate=3", "complex=" + (varies ? "false" : "true"), "varB=" + (varies ? "true" : "false"), "varC=" + (varies ? "true" : "false"), "groups=" + (varies ? "2" : "0"), "softplus=true", "gate=" + (varies ? "true" : "false")),
        varies
            ? EquatableArray.Of(Negative(random, "A", 4, 3), Samples.Random(random, "D", 4), Samples.Random(random, "delta_bias", 4))
            : EquatableArray.Of(Negative(random, "A", 4, 3, 2), Samples.Random(random, "B", 4, 3, 2), Samples.Random(random, "C", 4, 3, 2)));

    public static ModelDeclaration Classifier(Random random, int layers = 2, int width = 3, int channels = 6) => new(
        "mamba-classifier",
        Hyper($"d_model={width}", $"n_layers={layers}", "expand=2", "norm_epsilon=1e-05"),
        new([
            Samples.Random(random, "encoder.weight", width, 1),
            Samples.Random(random, "encoder.bias", width),
            .. Enumerable.Range(0, layers).SelectMany(i => Samples.Mamba1Block(random, bias: false, width, channels).Tensors.Select(tensor => tensor with { Name = $"layers.{i}.mixer.{tensor.Name}" })
                .Append(Samples.Random(random, $"layers.{i}.norm.weight", width))),
            Samples.Random(random, "norm_f.weight", width),
            Samples.Random(random, "decoder.weight", 4, width),
            Samples.Random(random, "decoder.bias", 4),
        ]));

    /// <summary>d_mlp is 2; two groups of one head each.</summary>
    public static ModelDeclaration Mamba2(Random random) => new(
        "mamba2-block",
        Hyper("d_model=3", "d_ssm=4", "headdim=2", "ngroups=2", "bias=true", "dt_limit=[0.01, 0.5]"),
        EquatableArray.Of(
            Samples.Random(random, "in_proj.weight", 12 + 12 + 2, 3),
            Samples.Random(random, "in_proj.bias", 12 + 12 + 2),
            Samples.Random(random, "conv1d.weight", 16, 1, 4),
            Samples.Random(random, "conv1d.bias", 16),
            Samples.Random(random, "dt_bias", 2),
            Samples.Random(random, "A_log", 2),
            Samples.Random(random, "D", 2),
            Samples.Random(random, "norm.weight", 4),
            Samples.Random(random, "out_proj.weight", 3, 6),
            Samples.Random(random, "out_proj.bias", 3)));

    public static ModelDeclaration GlaLayer(Random random) => new(
        "gla-layer",
        Hyper("hidden_size=6", "num_heads=4", "num_kv_heads=2", "feature_map=relu", "expand_k=2.0"),
        EquatableArray.Of(
            Samples.Random(random, "q_proj.weight", 12, 6),
            Samples.Random(random, "k_proj.weight", 6, 6),
            Samples.Random(random, "v_proj.weight", 4, 6),
            Samples.Random(random, "g_proj.weight", 8, 6),
            Samples.Random(random, "gk_proj.0.weight", 1, 6),
            Samples.Random(random, "gk_proj.1.weight", 6, 1),
            Samples.Random(random, "gk_proj.1.bias", 6),
            Samples.Random(random, "g_norm_swish_gate.weight", 2),
            Samples.Random(random, "o_proj.weight", 6, 8)));

    public static ModelDeclaration Rwkv6(Random random) =>
        new("rwkv6", Hyper("H=2", "K=3", "V=4"), EquatableArray.Of(Samples.Random(random, "u", 2, 3)));

    public static ModelDeclaration GateLoop(Random random, int width = 3, int inner = 4, int heads = 2, bool gated = true) => new(
        "gateloop",
        Hyper($"dim={width}", $"dim_inner={inner}", $"heads={heads}"),
        new([
            Samples.Random(random, "to_qkv.weight", 3 * inner, width),
            Samples.Random(random, "to_a.0.weight", 2 * heads, width),
            Samples.Random(random, "to_a.0.bias", 2 * heads),
            .. gated ? [Samples.Random(random, "maybe_sub_ln.weight", inner), Samples.Random(random, "maybe_sub_ln.bias", inner), Samples.Random(random, "to_gates.0.weight", inner, width), Samples.Random(random, "to_out.weight", width, inner)] : Array.Empty<DeclaredTensor>(),
        ]));

    public static ModelDeclaration GateLoopSimple(Random random) =>
        new("gateloop-simple", Hyper("dim=3"), EquatableArray.Of(Samples.Random(random, "norm.gamma", 3), Samples.Random(random, "to_qkva.0.weight", 9, 3)));

    private static DeclaredTensor Negative(Random random, string name, params int[] shape)
    {
        DeclaredTensor tensor = Samples.Random(random, name, shape);
        return tensor with { Value = new Tensor(tensor.Value.Shape, [.. tensor.Value.Values.ToArray().Select(value => value - 1)]) };
    }

    public static EquatableArray<HyperParameter> Hyper(params string[] texts) => texts.Select(text => CheckpointImport.ParseHyper(text)!).ToEquatableArray();
}
