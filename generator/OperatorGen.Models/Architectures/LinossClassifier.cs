using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>
/// <c>linoss-im-classifier</c> and <c>linoss-imex-classifier</c>, models/LinOSS.py of tk-rusch/linoss at 83e6318 (docs/architectures/linoss.md): dense encoder,
/// blocks, mean over time, dense decoder, softmax; its scores are the logits before the softmax.
/// <code>
/// x = W_e u + b_e      x = x + (W_1 h + b_1) * sigmoid(W_2 h + b_2),  h = gelu(cell(norm(x)))      p = softmax(W_d mean(x) + b_d)
/// </code>
/// The norm is a BatchNorm without factor and summand; the GELU is jax's, in its tanh form.
/// </summary>
/// <param name="scheme">The scheme.</param>
public sealed class LinossClassifier(OscillatorScheme scheme) : IArchitecture
{
    private const double BatchNormEpsilon = 1e-5; // equinox

    /// <inheritdoc/>
    public string Name => "linoss-" + Linoss.Suffix(scheme).ToLowerInvariant() + "-classifier";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) => LinossCell.Storage;

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        reading.Hyper.Expect("discretization", Linoss.Suffix(scheme));
        reading.Hyper.Expect("classification", "true");
        reading.Hyper.Expect("gelu", "tanh");
        reading.Hyper.Ignore("L", "output_step", "drop_rate");
        double epsilon = reading.Hyper.Positive("bn_eps", BatchNormEpsilon, "what a norm adds to the variance; checkpoints do not hold it");
        int inputs = reading.Size("N", ("linear_encoder.weight", 1, 2));
        int width = reading.Size("H", ("linear_encoder.weight", 0, 2), ("linear_encoder.bias", 0, 1));
        int outputs = reading.Size("output_dim", ("linear_layer.weight", 0, 2), ("linear_layer.bias", 0, 1));
        LinearTensors encoder = reading.Linear("linear_encoder", width, inputs);
        List<Func<Layer>> layers = [.. Enumerable.Range(0, reading.LayerCount(i => Prefix(i) + "ssm.", "num_blocks")).Select(i => Block(reading, Prefix(i), width, epsilon))];
        LinearTensors head = reading.Linear("linear_layer", outputs, width);
        return reading.Finish(() => new SequenceModel(Name, inputs, layers.Select(layer => layer()).ToEquatableArray())
        {
            Encoder = encoder.ToLinear(),
            Pooling = Pooling.Mean,
            Head = head.ToLinear(),
            Output = OutputFunction.Softmax,
        });
    }

    private static string Prefix(int block) => Invariant($"blocks.{block}.");

    private Func<Layer> Block(ArchitectureReading reading, string prefix, int width, double epsilon)
    {
        Func<SharedOscillators> cell = LinossCell.Read(reading, prefix + "ssm.", width, scheme);
        Tensor? mean = reading.Tensors.Take(prefix + "norm.state.mean", width);
        Tensor? variance = reading.Tensors.Take(prefix + "norm.state.var", width);
        LinearTensors value = reading.Linear(prefix + "glu.w1", width, width);
        LinearTensors gate = reading.Linear(prefix + "glu.w2", width, width);
        return () => new Layer(
            prefix.TrimEnd('.'),
            width,
            new BatchNorm(width, mean!, variance!, null, null, epsilon),
            InputStage.None,
            cell(),
            new Decoder { Activation = DecoderFunctions.GeluTanh, Mixing = FlaxTensors.Stacked(value, gate).ToLinear(), Unit = new SplitGlu(DecoderFunctions.Sigmoid) },
            Residual: true,
            null);
    }
}
