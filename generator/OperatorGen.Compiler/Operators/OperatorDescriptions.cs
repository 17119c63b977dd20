using System.Linq;
using OperatorGen.Analysis;
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

    /// <summary>The waves of a constant cell; V values of one cell are V channels with the same eigenvalues.</summary>
    /// <exception cref="System.ArgumentException">The cell is selective or has symbols.</exception>
    public static WaveTable Waves(Cell cell)
    {
        ConstantModes modes = ConstantModes.Of(cell);
        int channels = cell.OutputWidth;
        var waves = new Wave[channels * cell.KeyWidth];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int n = 0; n < cell.KeyWidth; n++)
            {
                int g = channel / cell.ValueWidth;
                waves[(channel * cell.KeyWidth) + n] = new Wave(modes.Eigenvalue(g, n), modes.Weight(g, n));
            }
        }

        double[]? skip = cell.Skip is { } d ? [.. Enumerable.Range(0, channels).Select(c => d.Values[c / cell.ValueWidth])] : null;
        return new WaveTable(cell.KeyWidth, waves, skip);
    }

    private static LayerDescription Of(Layer layer) => layer.Cell.IsConstant
        ? new LayerDescription
        {
            Name = layer.Name,
            Width = layer.Width,
            PreNorm = Of(layer.PreNorm),
            Input = Of(layer.Input),
            WaveTable = Waves(layer.Cell),
            Decoder = layer.Decoder.Activation,
            Gate = layer.Decoder.Gate,
            Mixing = Of(layer.Decoder.Mixing),
            Glu = layer.Decoder.Glu,
            Residual = layer.Residual,
            PostNorm = Of(layer.PostNorm),
        }
        : LayerDescription.Selective(layer.Name, layer.Width, layer.Cell.OutputWidth, layer.Cell.KeyWidth, layer.Decoder.Activation);

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
