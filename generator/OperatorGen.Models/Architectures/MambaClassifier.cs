using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>
/// <c>mamba-classifier</c>, this project's own (docs/architectures/mamba-classifier.md): Mamba's blocks with norm and residual between an encoder and a pooled head.
/// <code>
/// x = W_e u + b_e      x = x + mixer(RMSNorm(x))  for every layer      scores = W_d mean_t(RMSNorm(x)) + b_d
/// </code>
/// </summary>
public sealed class MambaClassifier : SelectiveArchitecture
{
    private const double DefaultEpsilon = 1e-5; // as state-spaces/mamba

    /// <inheritdoc/>
    public override string Name => "mamba-classifier";

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        reading.Hyper.Ignore("dropout");
        double epsilon = reading.Hyper.Positive("norm_epsilon", DefaultEpsilon, "what a norm adds to the mean square; checkpoints do not hold it");
        int inputs = reading.Size("d_input", ("encoder.weight", 1, 2));
        int outputs = reading.Size("d_output", ("decoder.weight", 0, 2), ("decoder.bias", 0, 1));
        Mamba1Mixer.Options options = Mamba1Mixer.ReadOptions(reading, Mixer(0));
        int width = options.Width;
        LinearTensors encoder = reading.Linear("encoder", width, inputs); // [d_model, d_input]
        List<(Tensor? Norm, Func<LayerParts> Block)> layers =
            [.. Enumerable.Range(0, reading.LayerCount(Mixer)).Select(i => (reading.Tensors.Take(Prefix(i) + "norm.weight", width), Mamba1Mixer.Read(reading, Mixer(i), options)))];
        Tensor? last = reading.Tensors.Take("norm_f.weight", width);
        LinearTensors decoder = reading.Linear("decoder", outputs, width); // [d_output, d_model]
        return reading.Finish(() => new SequenceModel(Name, inputs, layers.Select((layer, i) => Layer(layer.Block(), i)).ToEquatableArray())
        {
            Encoder = encoder.ToLinear(),
            Pooling = Pooling.Mean,
            Head = decoder.ToLinear(),
        });

        Layer Layer(LayerParts parts, int i) => new(
            Prefix(i).TrimEnd('.'), width, Norm(layers[i].Norm!), parts.Input, parts.Cell, parts.Decoder, Residual: true, i == layers.Count - 1 ? Norm(last!) : null);

        RmsNorm Norm(Tensor weight) => new(width, weight, epsilon, width);
    }

    private static string Prefix(int layer) => Invariant($"layers.{layer}.");

    private static string Mixer(int layer) => Prefix(layer) + "mixer.";
}
