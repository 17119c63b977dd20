using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>Language models with random weights of order 1, by the names that upstream gives them: two layers each, and three rows that belong to no token where upstream pads.</summary>
public static class RandomLanguage
{
    /// <summary>What there is.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["mamba1-lm, tied", "mamba1-lm", "mamba2-lm", "gateloop-transformer"];

    /// <summary>A model of a kind.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <param name="width">The width of a row of the embedding, even.</param>
    public static SequenceModel Of(string kind, int vocabulary = 21, int width = 6)
    {
        StageResult<SequenceModel> result = ArchitectureCatalog.Resolve(Declaration(kind, vocabulary, width), default);
        return result.Value ?? throw new InvalidOperationException(string.Join("\n", result.Faults.Select(fault => fault.Message)));
    }

    /// <summary>The declaration that the model is made of.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <param name="width">The width of a row of the embedding, even.</param>
    public static ModelDeclaration Declaration(string kind, int vocabulary = 21, int width = 6)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var random = new Random(vocabulary + (100 * Kinds.ToList().IndexOf(kind)));
        return kind switch
        {
            "mamba1-lm, tied" or "mamba1-lm" => Mamba(random, "mamba1-lm", Mamba1(random, width, 2 * width, 3, 3, 2), vocabulary, width, kind == "mamba1-lm", "d_conv=3"),
            "mamba2-lm" => Mamba(random, kind, Mamba2(random, width, 2 * width, 2, 4, 3), vocabulary, width, head: false, "headdim=" + NumberText.Format((long)width), "d_conv=3", "rms_eps=1e-05"),
            "gateloop-transformer" => GateLoop(random, vocabulary, width, 2, 3 * width),
            _ => throw new ArgumentException($"There is no language model '{kind}'.", nameof(kind)),
        };
    }

    private static ModelDeclaration Mamba(Random random, string architecture, Func<DeclaredTensor[]> mixer, int vocabulary, int width, bool head, params string[] hyper) => new(
        architecture,
        Hyper(["n_layer=2", "norm_epsilon=1e-05", $"vocab_size={vocabulary}", .. hyper]),
        new([
            Tensor(random, "backbone.embedding.weight", vocabulary + 3, width),
            .. Enumerable.Range(0, 2).SelectMany(i => mixer().Select(tensor => tensor with { Name = $"backbone.layers.{i}.mixer.{tensor.Name}" })
                .Append(Tensor(random, $"backbone.layers.{i}.norm.weight", width))),
            Tensor(random, "backbone.norm_f.weight", width),
            .. head ? [Tensor(random, "lm_head.weight", vocabulary + 3, width)] : Array.Empty<DeclaredTensor>(),
        ]));

    private static Func<DeclaredTensor[]> Mamba1(Random random, int width, int channels, int states, int taps, int rank) => () =>
    [
        Tensor(random, "in_proj.weight", 2 * channels, width), Tensor(random, "conv1d.weight", channels, 1, taps), Tensor(random, "conv1d.bias", channels),
        Tensor(random, "x_proj.weight", rank + (2 * states), channels), Tensor(random, "dt_proj.weight", channels, rank), Tensor(random, "dt_proj.bias", channels),
        Tensor(random, "A_log", channels, states), Tensor(random, "D", channels), Tensor(random, "out_proj.weight", width, channels),
    ];

    private static Func<DeclaredTensor[]> Mamba2(Random random, int width, int channels, int heads, int states, int taps) => () =>
    [
        Tensor(random, "in_proj.weight", (2 * channels) + (2 * states) + heads, width), Tensor(random, "conv1d.weight", channels + (2 * states), 1, taps),
        Tensor(random, "conv1d.bias", channels + (2 * states)), Tensor(random, "dt_bias", heads), Tensor(random, "A_log", heads), Tensor(random, "D", heads),
        Tensor(random, "norm.weight", channels), Tensor(random, "out_proj.weight", width, channels),
    ];

    private static ModelDeclaration GateLoop(Random random, int vocabulary, int width, int heads, int inner) => new(
        "gateloop-transformer",
        Hyper([$"num_tokens={vocabulary}", $"dim={width}", "depth=2", $"gate_loop_heads={heads}"]),
        new([
            Tensor(random, "token_emb.weight", vocabulary, width),
            .. Enumerable.Range(0, 2).SelectMany(i => new[]
            {
                Tensor(random, "0.norm.gamma", width), Tensor(random, "0.fn.to_qkv.weight", 3 * width, width), Tensor(random, "0.fn.to_a.0.weight", 2 * heads, width),
                Tensor(random, "0.fn.to_a.0.bias", 2 * heads), Tensor(random, "0.fn.to_gates.0.weight", width, width), Tensor(random, "0.fn.to_out.weight", width, width),
                Tensor(random, "1.norm.gamma", width), Tensor(random, "1.fn.0.weight", inner, width), Tensor(random, "1.fn.0.bias", inner),
                Tensor(random, "1.fn.2.weight", width, inner), Tensor(random, "1.fn.2.bias", width),
            }.Select(tensor => tensor with { Name = $"layers.{i}.{tensor.Name}" })),
            Tensor(random, "to_logits.0.gamma", width),
            Tensor(random, "to_logits.1.weight", vocabulary, width),
        ]));

    /// <summary>Weights of order 1 / sqrt(inputs); vectors about 1, as those of norms are.</summary>
    private static DeclaredTensor Tensor(Random random, string name, params int[] shape) =>
        new(name, random.Tensor(shape.Length == 1 ? r => 1 + (0.3 * r.Normal()) : r => r.Normal() / Math.Sqrt(shape[^1]), shape), null);

    private static EquatableArray<HyperParameter> Hyper(string[] texts) =>
        texts.Select(text => text.Split('=')).Select(parts => new HyperParameter(parts[0], parts[1], HyperKind.Number, null)).ToEquatableArray();
}
