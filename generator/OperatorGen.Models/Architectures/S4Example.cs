using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>
/// <c>s4-example</c>, the model of example.py of state-spaces/s4 at e757cef (docs/architectures/s4-example.md): encoder, layers of S4D with residual and LayerNorm, mean over time, head.
/// <code>
/// x = W_e u + b_e
/// x = LN(x + S4D(x))  (postnorm, upstream's default)    or    x = x + S4D(LN(x))  (prenorm)      for every layer
/// logits = W_d mean_t(x) + b_d
/// </code>
/// </summary>
public sealed class S4Example : IArchitecture
{
    private const double DefaultEpsilon = 1e-5;

    /// <inheritdoc/>
    public string Name => "s4-example";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) =>
        S4DKernel.Storage(ArchitectureReading.Prefixes(declaration, Prefix));

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        S4DKernel.ReadCommonHyper(reading.Hyper);
        bool preNorm = reading.Hyper.Flag("prenorm", false, "each LayerNorm comes after its layer (true: before it); the tensors are the same either way");
        double epsilon = reading.Hyper.Positive("layernorm_eps", DefaultEpsilon, "what LayerNorm adds to the variance; checkpoints do not hold it");
        int inputs = reading.Size("d_input", ("encoder.weight", 1, 2));
        int outputs = reading.Size("d_output", ("decoder.weight", 0, 2), ("decoder.bias", 0, 1));
        int channels = S4DKernel.Channels(reading, Prefix(0));
        int modes = S4DKernel.Modes(reading, Prefix(0));
        LinearTensors encoder = reading.Linear("encoder", channels, inputs); // [H, d_input]
        List<LayerTensors> layers = [.. Enumerable.Range(0, reading.LayerCount(Prefix)).Select(i => LayerTensors.Read(reading, i, channels, modes))];
        LinearTensors decoder = reading.Linear("decoder", outputs, channels); // [d_output, H]
        return reading.Finish(() => new SequenceModel(Name, inputs, layers.Select(layer => layer.ToLayer(channels, preNorm, epsilon)).ToEquatableArray())
        {
            Encoder = encoder.ToLinear(),
            Pooling = Pooling.Mean,
            Head = decoder.ToLinear(),
        });
    }

    private static string Prefix(int layer) => Invariant($"s4_layers.{layer}.");

    private sealed record LayerTensors(string Name, S4DKernel Kernel, S4DMixing Mixing, LinearTensors Norm)
    {
        public static LayerTensors Read(ArchitectureReading reading, int index, int channels, int modes)
        {
            string prefix = Prefix(index);
            return new LayerTensors(
                prefix.TrimEnd('.'),
                S4DKernel.Read(reading, prefix, channels, modes),
                S4DMixing.Read(reading.Tensors, prefix, channels),
                reading.LayerNorm(Invariant($"norms.{index}"), channels));
        }

        public Layer ToLayer(int channels, bool preNorm, double epsilon)
        {
            var norm = new LayerNorm(channels, Norm.Weight!, Norm.Bias!, epsilon);
            return new Layer(Name, channels, preNorm ? norm : null, InputStage.None, Kernel.ToCell(), Mixing.ToDecoder(), Residual: true, preNorm ? null : norm);
        }
    }
}
