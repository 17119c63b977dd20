using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>s4d-classifier</c>, this project's own (docs/architectures/s4d-classifier.md): one S4D kernel between an encoder and a pooled head.
/// <code>
/// x = W_e u + b_e      y = conv(K, x) + D x      z = gelu-erf(y)                    scores = W_d mean_t(z) + b_d
///                                                z = GLU(W gelu-erf(y) + b)  with hyper glu
/// </code>
/// No residual, no norm. Without <c>glu</c> no output linear map.
/// </summary>
public sealed class S4DClassifier : IArchitecture
{
    private static readonly Decoder s_activation = new() { Activation = DecoderFunctions.GeluErf };

    /// <inheritdoc/>
    public string Name => "s4d-classifier";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration)
    {
        bool glu = declaration.Tensors.Any(tensor => tensor.Name == "output_linear.0.weight");
        ChannelTensor[] tensors = [new("encoder.weight", 0), new("encoder.bias", 0), new("kernel.log_dt", 0), new(glu ? "output_linear.0.weight" : "decoder.weight", 1)];
        ModeStorage modes = S4DKernel.Storage("");
        IEnumerable<ChannelTensor> ofModes = modes.Tensors.Select(tensor => new ChannelTensor(tensor.Name, 0));
        return modes with { Channels = new ChannelStorage(tensors.Append(new ChannelTensor("D", 0)).Concat(ofModes).ToEquatableArray(), "D", "d_model", CanShrink: !glu) };
    }

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
        bool glu = reading.Hyper.Flag("glu") ?? S4DMixing.IsPresent(reading.Tensors, "");
        S4DMixing? mixing = glu ? S4DMixing.Read(reading.Tensors, "", channels) : null;
        LinearTensors decoder = reading.Linear("decoder", outputs, channels); // [d_output, H]
        return reading.Finish(() => new SequenceModel(
            Name, inputs, EquatableArray.Of(SingleLayer.Layer(channels, InputStage.None, kernel.ToCell(), mixing?.ToDecoder() ?? s_activation)))
        {
            Encoder = encoder.ToLinear(),
            Pooling = Pooling.Mean,
            Head = decoder.ToLinear(),
        });
    }
}
