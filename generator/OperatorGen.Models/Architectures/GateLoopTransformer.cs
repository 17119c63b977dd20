using System;
using System.Linq;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>
/// <c>gateloop-transformer</c>, Transformer of lucidrains/gateloop-transformer at 1ded1cb (docs/architectures/gateloop.md): a language model of GateLoop layers and
/// feed-forward layers in turn, each with norm and residual.
/// <code>
/// x = E[token]      x = x + attention(norm(x)),  x = x + W_2 gelu(W_1 norm(x) + b_1) + b_2  for every layer      logits = W norm(x)
/// </code>
/// </summary>
public sealed class GateLoopTransformer : SelectiveArchitecture
{
    private const double LeastLength = 1e-12; // torch's normalize
    private const string Embedding = "token_emb.weight";

    /// <inheritdoc/>
    public override string Name => "gateloop-transformer";

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        HyperTable hyper = reading.Hyper;
        TensorTable tensors = reading.Tensors;
        hyper.Expect("use_gate_looped_attn", "true");
        hyper.Expect("attn_softmax_normalize", "null");
        hyper.Expect("data_dependent_rel_pos", "false");
        hyper.Expect("post_ln_norm", "false");
        hyper.Ignore("dim_head", "ff_mult", "causal", "attn_dropout", "ff_dropout", "ring_attn");
        GateLoopMixer.Options options = GateLoopMixer.ReadOptions(reading, Mixer(0), "gate_loop_heads");
        int width = options.Width;
        EmbeddingTensors embedding = EmbeddingTensors.Read(reading, Embedding, "num_tokens", width);
        var layers = Enumerable.Range(0, Depth(reading)).Select(i => new
        {
            Norm = tensors.Take(Prefix(i, 0) + "norm.gamma", width),
            Block = GateLoopMixer.Read(reading, Mixer(i), options),
            Between = tensors.Take(Prefix(i, 1) + "norm.gamma", width),
            Up = reading.Linear(Prefix(i, 1) + "fn.0", TensorTable.AnySize, width),
            Down = Down(Prefix(i, 1)),
        }).ToArray();
        Tensor? last = tensors.Take("to_logits.0.gamma", width);
        Tensor? head = tensors.Take("to_logits.1.weight", TensorTable.AnySize, width);
        return reading.Finish(() => new SequenceModel(
            Name,
            width,
            layers.Select((layer, i) =>
            {
                LayerParts parts = layer.Block();
                return new Layer(Invariant($"layers.{i}"), width, Norm(layer.Norm!), parts.Input, parts.Cell, parts.Decoder, Residual: true, i == layers.Length - 1 ? Norm(last!) : null)
                {
                    FeedForward = new FeedForward(Norm(layer.Between!), layer.Up.ToLinear(), DecoderFunctions.GeluErf, layer.Down.ToLinear()),
                };
            }).ToEquatableArray())
        {
            Embedding = embedding.ToEmbedding(),
            Head = new LinearTensors(head, null).ToLinear(),
        });

        LinearTensors Down(string prefix) => reading.Linear(prefix + "fn.2", width, tensors.Axis(prefix + "fn.0.weight", 0, 2) ?? TensorTable.AnySize);

        Norm Norm(Tensor weight) => new LengthNorm(width, weight, LeastLength);
    }

    /// <summary>As declared, else as many layers as have a mixer.</summary>
    private static int Depth(ArchitectureReading reading)
    {
        if (reading.Hyper.Size("depth", maximum: ArchitectureReading.MaxLayers) is int declared)
        {
            return declared;
        }

        int depth = 1;
        while (depth < ArchitectureReading.MaxLayers && reading.Tensors.Has(Mixer(depth) + "to_qkv.weight"))
        {
            depth++;
        }

        return depth;
    }

    private static string Prefix(int layer, int part) => Invariant($"layers.{layer}.{part}.");

    private static string Mixer(int layer) => Prefix(layer, 0) + "fn.";
}
