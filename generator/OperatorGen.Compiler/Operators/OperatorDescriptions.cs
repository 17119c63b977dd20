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
    public static OperatorDescription Of(SequenceModel model, int order = OperatorOptions.DefaultOrder, string text = "") => new(
        model.Architecture,
        text,
        order,
        model.InputWidth,
        model.Pooling == Pooling.Mean,
        [.. model.Labels],
        model.Scaling is null ? null : new ScalingDescription(model.Scaling.Scale.Values.ToArray(), model.Scaling.Offset.Values.ToArray()),
        Of(model.Encoder),
        [.. model.Layers.Select(Of)],
        Of(model.Head));

    private static LayerDescription Of(Layer layer) => new(
        layer.Name,
        layer.Width,
        Of(layer.PreNorm),
        Of(layer.Input),
        Lowerings.Of(layer.Cell).Describe(),
        layer.Decoder.Activation,
        layer.Decoder.Gate,
        Of(layer.Decoder.Mixing),
        layer.Decoder.Glu,
        layer.Residual,
        Of(layer.PostNorm));

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
