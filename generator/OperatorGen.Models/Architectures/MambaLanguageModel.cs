using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>
/// <c>mamba1-lm</c> and <c>mamba2-lm</c>, mixer_seq_simple.py of state-spaces/mamba at e9594ce (docs/architectures/mamba-lm.md): blocks with norm and residual between an
/// embedding and a head.
/// <code>
/// x = E[token]      x = x + mixer(norm(x))  for every layer      logits = W norm_f(x)      W = E where they are tied
/// </code>
/// </summary>
public abstract class MambaLanguageModel : SelectiveArchitecture
{
    private const double DefaultEpsilon = 1e-5; // as state-spaces/mamba
    private protected const string Backbone = "backbone.";

    private protected MambaLanguageModel()
    {
    }

    /// <inheritdoc/>
    public override ModelDeclaration Current(ModelDeclaration declaration) => LanguageNames.Current(declaration);

    /// <summary>Reads the sizes of the mixers, and gives what reads each by the prefix of its tensors.</summary>
    private protected abstract (int Width, Func<string, Func<LayerParts>> Mixer) Mixers(ArchitectureReading reading, string first);

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        HyperTable hyper = reading.Hyper;
        TensorTable tensors = reading.Tensors;
        hyper.Ignore(
            "fused_add_norm", "residual_in_fp32", "pad_vocab_size_multiple", "initializer_cfg", "initializer_range", "rescale_prenorm_residual", "layer", "model_type", "architectures",
            "bos_token_id", "eos_token_id", "pad_token_id", "use_cache", "use_mambapy", "use_associative_scan", "torch_dtype", "dtype", "transformers_version", "time_step_rank_init", "vocab_padded");
        hyper.Expect("d_intermediate", "0");
        double epsilon = hyper.Positive("norm_epsilon", DefaultEpsilon, "what a norm adds to the mean square; checkpoints do not hold it");
        bool isRms = hyper.Flag("rms_norm") ?? !tensors.Has(Prefix(0) + "norm.bias");
        (int width, Func<string, Func<LayerParts>> mixer) = Mixers(reading, Prefix(0) + "mixer.");
        EmbeddingTensors embedding = EmbeddingTensors.Read(reading, Backbone + "embedding.weight", "vocab_size", width);
        List<(LinearTensors Norm, Func<LayerParts> Block)> layers =
            [.. Enumerable.Range(0, reading.LayerCount(i => Prefix(i) + "mixer.", "n_layer")).Select(i => (Norm(Prefix(i) + "norm"), mixer(Prefix(i) + "mixer.")))];
        LinearTensors last = Norm(Backbone + "norm_f");
        Tensor? head = embedding.Head(reading, "tie_embeddings", "lm_head.weight");
        return reading.Finish(() => new SequenceModel(Name, width, layers.Select((layer, i) => Layer(layer.Block(), i)).ToEquatableArray())
        {
            Embedding = embedding.ToEmbedding(),
            Head = new LinearTensors(head, null).ToLinear(),
        });

        LinearTensors Norm(string name) => isRms ? new(tensors.Take(name + ".weight", width), null) : reading.LayerNorm(name, width);

        Norm ToNorm(LinearTensors norm) => isRms ? new RmsNorm(width, norm.Weight!, epsilon, width) : new LayerNorm(width, norm.Weight!, norm.Bias!, epsilon);

        Layer Layer(LayerParts parts, int i) => new(
            Prefix(i).TrimEnd('.'), width, ToNorm(layers[i].Norm), parts.Input, parts.Cell, parts.Decoder, Residual: true, i == layers.Count - 1 ? ToNorm(last) : null);
    }

    private static string Prefix(int layer) => Invariant($"{Backbone}layers.{layer}.");
}

/// <summary><c>mamba1-lm</c>: a language model of Mamba blocks, see <see cref="MambaLanguageModel"/>.</summary>
public sealed class Mamba1LanguageModel : MambaLanguageModel
{
    /// <inheritdoc/>
    public override string Name => "mamba1-lm";

    private protected override (int Width, Func<string, Func<LayerParts>> Mixer) Mixers(ArchitectureReading reading, string first)
    {
        reading.Hyper.Expect("hidden_act", "silu");
        Mamba1Mixer.Options options = Mamba1Mixer.ReadOptions(reading, first);
        return (options.Width, prefix => Mamba1Mixer.Read(reading, prefix, options));
    }
}

/// <summary><c>mamba2-lm</c>: a language model of Mamba-2 blocks, see <see cref="MambaLanguageModel"/>.</summary>
public sealed class Mamba2LanguageModel : MambaLanguageModel
{
    /// <inheritdoc/>
    public override string Name => "mamba2-lm";

    private protected override (int Width, Func<string, Func<LayerParts>> Mixer) Mixers(ArchitectureReading reading, string first)
    {
        reading.Hyper.Expect("hidden_act", "silu");
        var sizes = Mamba2Sizes.Read(reading, first);
        var options = Mamba2Options.Read(reading, sizes);
        return (sizes.Width, prefix => Mamba2Mixer.Read(reading, prefix, sizes, options));
    }
}
