using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models.Tests;

/// <summary>Small declarations of language models with random weights.</summary>
public static class LanguageSamples
{
    private const int Width = 3;

    public static IEnumerable<ModelDeclaration> All(Random random) => [Mamba1(random), Mamba1(random, tied: false), Mamba2(random), GateLoop(random)];

    /// <summary>Five tokens in an embedding of eight rows.</summary>
    public static ModelDeclaration Mamba1(Random random, bool tied = true) => Model(
        random, "mamba1-lm", tied, Samples.Mamba1Block(random, bias: false, Width, 6).Tensors, "d_model=3", "n_layer=2", "vocab_size=5", "ssm_cfg.expand=2", "norm_epsilon=1e-05");

    /// <summary>d_mlp is 2; two groups of one head each.</summary>
    public static ModelDeclaration Mamba2(Random random) => Model(
        random, "mamba2-lm", tied: true, SelectiveSamples.Mamba2(random).Tensors, "d_model=3", "vocab_size=5", "d_ssm=4", "headdim=2", "ngroups=2", "dt_limit=[0.01, 0.5]");

    public static ModelDeclaration GateLoop(Random random) => new(
        "gateloop-transformer",
        SelectiveSamples.Hyper("num_tokens=5", "dim=3", "depth=2", "gate_loop_heads=2"),
        new([
            Samples.Random(random, "token_emb.weight", 5, Width),
            .. Enumerable.Range(0, 2).SelectMany(i => new[]
            {
                Samples.Random(random, $"layers.{i}.0.norm.gamma", Width),
                Samples.Random(random, $"layers.{i}.1.norm.gamma", Width),
                Samples.Random(random, $"layers.{i}.1.fn.0.weight", 7, Width),
                Samples.Random(random, $"layers.{i}.1.fn.0.bias", 7),
                Samples.Random(random, $"layers.{i}.1.fn.2.weight", Width, 7),
                Samples.Random(random, $"layers.{i}.1.fn.2.bias", Width),
            }.Concat(SelectiveSamples.GateLoop(random).Tensors.Select(tensor => tensor with { Name = $"layers.{i}.0.fn.{tensor.Name}" }))),
            Samples.Random(random, "to_logits.0.gamma", Width),
            Samples.Random(random, "to_logits.1.weight", 5, Width),
        ]));

    private static ModelDeclaration Model(Random random, string architecture, bool tied, EquatableArray<DeclaredTensor> mixer, params string[] hyper) => new(
        architecture,
        SelectiveSamples.Hyper(hyper),
        new([
            Samples.Random(random, "backbone.embedding.weight", 8, Width),
            .. Enumerable.Range(0, 2).SelectMany(i => mixer.Select(tensor => tensor with { Name = $"backbone.layers.{i}.mixer.{tensor.Name}" })
                .Append(Samples.Random(random, $"backbone.layers.{i}.norm.weight", Width))),
            Samples.Random(random, "backbone.norm_f.weight", Width),
            .. tied ? System.Array.Empty<DeclaredTensor>() : [Samples.Random(random, "lm_head.weight", 8, Width)],
        ]));
}
