using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Makes the numeric operator of a model, which is what analyses work on: everything in double, nothing rounded to single.</summary>
public static class OperatorDescriptions
{
    /// <summary>The operator of a model whose parameters are all numbers.</summary>
    /// <param name="model">The model.</param>
    /// <param name="order">The order of the decoder's expansion.</param>
    /// <exception cref="System.ArgumentException">A constant cell has symbols.</exception>
    public static OperatorDescription Of(SequenceModel model, int order = ModelOptions.DefaultOrder) => new()
    {
        Architecture = model.Architecture,
        Order = order,
        Vocabulary = model.Embedding?.Vocabulary,
        InputWidth = model.InputWidth,
        Pooling = model.Pooling,
        Length = model.Length,
        Output = model.Output,
        Labels = [.. model.Labels],
        Scaling = model.Scaling is null ? null : new ScalingDescription(model.Scaling.Scale.Values.ToArray(), model.Scaling.Offset.Values.ToArray()),
        Encoder = Of(model.Encoder),
        Layers = [.. model.Layers.Select((layer, l) => Of(layer, model.Calibration?.Layers[l]))],
        Head = Of(model.Head),
    };

    private static LayerDescription Of(Layer layer, ArgumentMeasures? measures)
    {
        (LinearDescription? mixing, GluDescription? glu) = Mixing(layer);
        return new LayerDescription
        {
            Name = layer.Name,
            Width = layer.Width,
            PreNorm = Of(layer.PreNorm),
            Input = Of(layer.Input),
            Recurrence = Lowerings.Of(layer.Cell).Describe(),
            Decoder = layer.Decoder.Activation,
            Gate = layer.Decoder.Gate,
            DecoderNorm = Of(layer.Decoder.Norm),
            NormAfterGate = layer.Decoder.NormAfterGate,
            Side = layer.Decoder.Side,
            Mixing = mixing,
            Glu = glu,
            Residual = layer.Residual,
            FeedForward = layer.FeedForward is { } part ? new FeedForwardDescription(Of(part.Norm), Of(part.Up)!, part.Function, Of(part.Down)!) : null,
            PostNorm = Of(layer.PostNorm),
            GateRanges = measures is { GateRanges: { Count: > 0 } ranges } ? ranges : null,
        };
    }

    /// <summary>Every unit is described as a gated linear unit whose value and argument are rows of one mixing.</summary>
    private static (LinearDescription? Mixing, GluDescription? Glu) Mixing(Layer layer)
    {
        LinearDescription? mixing = Of(layer.Decoder.Mixing);
        if (layer.Decoder.Unit is not { } unit)
        {
            return (mixing, null);
        }

        mixing ??= LinearDescription.Identity(layer.Cell.OutputWidth);
        return unit switch
        {
            SplitGlu => (mixing, new GluDescription(unit.Function)),
            HalfGlu half => (GluDescription.ValueBeside(mixing), new GluDescription(unit.Function, half.Value == GluValue.Readout)),
            FinalActivation => (GluDescription.OneBeside(mixing), new GluDescription(unit.Function)),
            _ => throw new System.ArgumentException($"No description is known for a {unit.GetType().Name}.", nameof(layer)),
        };
    }

    private static LinearDescription? Of(Linear? linear) => linear is null
        ? null
        : new LinearDescription(linear.Inputs, linear.Outputs, linear.Weight.Values.ToArray(), linear.Bias?.Values.ToArray());

    private static NormDescription? Of(Norm? norm)
    {
        switch (norm)
        {
            case null:
                return null;
            case LayerNorm layer:
                return new LayerNormDescription(layer.Weight.Values.ToArray(), layer.Bias.Values.ToArray(), layer.Epsilon);
            case BatchNorm batch:
                int[] channels = [.. Enumerable.Range(0, batch.Width)];
                return new BatchNormDescription([.. channels.Select(c => NormFolding.Factor(batch, c))], [.. channels.Select(c => NormFolding.Summand(batch, c))]);
            case RmsNorm rms:
                return new RmsNormDescription(rms.Weight.Values.ToArray(), rms.Epsilon, rms.GroupWidth);
            case LengthNorm length:
                return new LengthNormDescription([.. length.Weight.Values.ToArray().Select(weight => System.Math.Sqrt(length.Width) * weight)], length.Floor);
            default:
                throw new System.ArgumentException($"No description is known for a {norm.GetType().Name}.", nameof(norm));
        }
    }

    private static InputDescription Of(InputStage input) => input == InputStage.None
        ? InputDescription.None
        : new InputDescription(Of(input.Projection), input.GateWidth, Of(input.Convolution), input.Activation) { PassedWidth = input.PassedWidth, SideWidth = input.SideWidth };

    private static ConvolutionDescription? Of(CausalConvolution? convolution)
    {
        if (convolution is null)
        {
            return null;
        }

        var weight = new double[convolution.Width * convolution.Channels];
        for (int i = 0; i < weight.Length; i++)
        {
            weight[i] = convolution.Weight.Values[((i % convolution.Channels) * convolution.Width) + (i / convolution.Channels)];
        }

        return new ConvolutionDescription(convolution.Channels, convolution.Width, weight, convolution.Bias?.Values.ToArray());
    }
}
