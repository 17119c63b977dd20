using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>The options of a GLA layer.</summary>
/// <param name="FeatureMap">What is applied to queries and keys; null: nothing.</param>
/// <param name="Gate">What is applied to the output gate.</param>
/// <param name="HasGate">Whether there is an output gate.</param>
/// <param name="NormName">The tensor of the norm: fused with the gate it has another name.</param>
/// <param name="Epsilon">What the norm adds to the mean square.</param>
/// <param name="Normalizer">What the logarithms of the gates are divided by.</param>
/// <param name="Least">The least logarithm of a gate; null: any.</param>
internal sealed record GlaOptions(DecoderFunction? FeatureMap, DecoderFunction Gate, bool HasGate, string NormName, double Epsilon, double Normalizer, double? Least)
{
    private const double DefaultEpsilon = 1e-5;
    private const double DefaultNormalizer = 16;
    private const string FusedNorm = "g_norm_swish_gate.weight";
    private const string Norm = "g_norm.weight";
    private static readonly string[] s_functions = ["relu", "sigmoid", "silu", "swish", "gelu"];

    /// <summary>Reads them, and refuses what is not computed.</summary>
    public static GlaOptions Read(ArchitectureReading reading)
    {
        HyperTable hyper = reading.Hyper;
        hyper.Expect("use_short_conv", "false");
        hyper.Expect("elementwise_affine", "true");
        hyper.Ignore("mode", "conv_size", "conv_bias", "layer_idx");
        bool hasGate = hyper.Flag("use_output_gate") ?? reading.Tensors.Has("g_proj.weight");
        string gate = hyper.OneOf("gate_fn", "swish", s_functions);
        bool isFused = hasGate && gate == "swish" && (hyper.Flag("fuse_norm") ?? !reading.Tensors.Has(Norm));
        hyper.Ignore("fuse_norm");
        return new GlaOptions(
            hyper.Find("feature_map") is null or { Kind: HyperKind.Null } ? null : Function(hyper.OneOf("feature_map", "relu", s_functions)),
            Function(gate),
            hasGate,
            isFused ? FusedNorm : Norm,
            hyper.Positive("norm_eps", DefaultEpsilon, "what the norm adds to the mean square; checkpoints do not hold it"),
            hyper.Positive("gate_logit_normalizer", DefaultNormalizer, "what the logarithms of the gates are divided by; checkpoints do not hold it"),
            hyper.Find("clamp_min") is null or { Kind: HyperKind.Null } ? null : hyper.Number("clamp_min", double.NegativeInfinity, value => value < 0, "a negative number or null"));
    }

    /// <summary>A query or key after the feature map.</summary>
    public Signal Feature(Signal signal) => FeatureMap is null ? signal : new MappedSignal(signal, FeatureMap);

    /// <summary>The logarithm of a gate: <c>max(log(sigmoid(x)) / normalizer, least)</c>, with <c>log(sigmoid(x)) = -softplus(-x)</c>.</summary>
    public Signal LogGate(Signal x)
    {
        var log = new AffineSignal(new MappedSignal(new AffineSignal(x, -1, null), DecoderFunctions.Softplus), -1 / Normalizer, null);
        return Least is double least ? new ClampedSignal(log, least, double.PositiveInfinity) : log;
    }

    /// <summary>A function by upstream's name, whose gelu is the one with tanh.</summary>
    private static DecoderFunction Function(string name) => name switch
    {
        "relu" => DecoderFunctions.Relu,
        "sigmoid" => DecoderFunctions.Sigmoid,
        "silu" or "swish" => DecoderFunctions.Silu,
        "gelu" => DecoderFunctions.GeluTanh,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
