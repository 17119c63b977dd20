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
    /// <param name="text">The operator as text; empty where nobody needs it.</param>
    /// <exception cref="System.ArgumentException">A constant cell has symbols.</exception>
    public static OperatorDescription Of(SequenceModel model, int order = OperatorOptions.DefaultOrder, string text = "") => new()
    {
        Architecture = model.Architecture,
        Text = text,
        Order = order,
        InputWidth = model.InputWidth,
        Pooled = model.Pooling == Pooling.Mean,
        Labels = [.. model.Labels],
        Scaling = model.Scaling is null ? null : new ScalingDescription(model.Scaling.Scale.Values.ToArray(), model.Scaling.Offset.Values.ToArray()),
        Encoder = Of(model.Encoder),
        Layers = [.. model.Layers.Select(Of)],
        Head = Of(model.Head),
    };

    private static LayerDescription Of(Layer layer) => new()
    {
        Name = layer.Name,
        Width = layer.Width,
        PreNorm = Of(layer.PreNorm),
        Input = Of(layer.Input),
        Recurrence = Lowerings.Of(layer.Cell).Describe(),
        Decoder = layer.Decoder.Activation,
        Gate = layer.Decoder.Gate,
        Mixing = Of(layer.Decoder.Mixing),
        Glu = layer.Decoder.Glu,
        Residual = layer.Residual,
        PostNorm = Of(layer.PostNorm),
    };

    private static LinearDescription? Of(Linear? linear) => linear is null
        ? null
        : new LinearDescription(linear.Inputs, linear.Outputs, linear.Weight.Values.ToArray(), linear.Bias?.Values.ToArray());

    private static NormDescription? Of(LayerNorm? norm) => norm is null
        ? null
        : new NormDescription(norm.Weight.Values.ToArray(), norm.Bias.Values.ToArray(), norm.Epsilon);

    private static InputDescription Of(InputStage input) => input == InputStage.None
        ? InputDescription.None
        : new InputDescription(Of(input.Projection), input.GateWidth, Of(input.Convolution), input.Activation);

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
