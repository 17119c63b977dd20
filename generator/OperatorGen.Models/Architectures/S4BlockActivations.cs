using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>The activations and the options around an S4Block's kernel, by upstream's names.</summary>
internal static class S4BlockActivations
{
    private static readonly string[] s_names = ["id", "identity", "linear", "tanh", "relu", "gelu", "swish", "silu", "sigmoid", "softplus"];

    /// <summary>The function of a name; null where there is none.</summary>
    public static DecoderFunction? Of(string name) => name switch
    {
        "id" or "identity" or "linear" => DecoderFunctions.Identity,
        "tanh" => DecoderFunctions.Find("tanh"),
        "relu" => DecoderFunctions.Find("relu"),
        "gelu" => DecoderFunctions.GeluErf,
        "swish" or "silu" => DecoderFunctions.Silu,
        "sigmoid" => DecoderFunctions.Sigmoid,
        "softplus" => DecoderFunctions.Softplus,
        _ => null,
    };

    /// <summary>The activation of the readouts: <c>activation</c>, gelu where it is not given, the identity where it is null.</summary>
    public static DecoderFunction Inner(HyperTable hyper) =>
        hyper.Find("activation") is { Kind: HyperKind.Null } ? DecoderFunctions.Identity : Of(hyper.Choice("activation", "gelu", "the function of the readouts; the tensors do not tell", s_names))!;

    /// <summary>The activation after the output map, <c>final_act</c>: glu where it is not given; null, and no output map, where it is null, or is not given and the tensors have no such map.</summary>
    public static string? Final(HyperTable hyper, bool hasMap) =>
        hyper.Find("final_act") is { Kind: HyperKind.Null } || (hyper.Find("final_act") is null && !hasMap) ? null : hyper.OneOf("final_act", "glu", ["glu", .. s_names]);

    /// <summary>Refuses, by name and value, the options of upstream that are not computed here or that upstream itself cannot run.</summary>
    public static void RefuseUnsupported(HyperTable hyper)
    {
        hyper.Expect("gate", "null", "false");
        hyper.Expect("gate_act", "null", "id");
        hyper.Expect("bottleneck", "null", "false");
        hyper.Expect("mult_act", "null", "id");
        hyper.Expect("swap_channels", "false", "null");
        hyper.Expect("shift", "false", "null");
        hyper.Expect("linear", "false", "null");
        hyper.Expect("weight_norm", "false", "null");
        hyper.Expect("initializer", "null");
        hyper.Expect("force_real", "false", "null");
        hyper.Expect("pos_dim", "null");
    }
}
