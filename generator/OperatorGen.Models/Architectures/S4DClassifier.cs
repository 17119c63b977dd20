using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>s4d-classifier</c>, this project's own: one S4D kernel between an encoder and a pooled head.
/// <code>
/// x = W_e u + b_e      y = conv(K, x) + D x      z = gelu-erf(y)      scores = W_d mean_t(z) + b_d
/// </code>
/// No residual, no norm, no output linear map.
/// </summary>
public sealed class S4DClassifier : IArchitecture
{
    /// <inheritdoc/>
    public string Name => "s4d-classifier";

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        S4DKernel.ReadCommonHyper(reading.Hyper);
        int inputs = reading.Size("d_input", ("encoder.weight", 1, 2));
        int outputs = reading.Size("d_output", ("decoder.weight", 0, 2), ("decoder.bias", 0, 1));
        int channels = S4DKernel.Channels(reading, "");
        LinearTensors encoder = reading.Linear("encoder", channels, inputs); // [H, d_input]
        S4DKernel kernel = S4DKernel.Read(reading, "", channels, S4DKernel.Modes(reading, ""));
        LinearTensors decoder = reading.Linear("decoder", outputs, channels); // [d_output, H]
        var activation = new Decoder(DecoderFunctions.GeluErf, Gate: null, Mixing: null, Glu: false);
        return reading.Finish(() => new SequenceModel(
            Name,
            inputs,
            Scaling: null,
            encoder.ToLinear(),
            EquatableArray.Of(new Layer("", channels, null, InputStage.None, kernel.ToCell(), activation, Residual: false, null)),
            Pooling.Mean,
            decoder.ToLinear(),
            Labels: default));
    }
}
