using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace OperatorGen.Models.Tests;

/// <summary>What every model promises about its shapes and numbers, whatever declaration it came from.</summary>
public static class ModelInvariants
{
    public static void Check(SequenceModel model)
    {
        Assert.NotEmpty(model.Layers);
        int width = model.InputWidth;
        if (model.Encoder is { } encoder)
        {
            width = CheckLinear(encoder, width);
        }

        foreach (Layer layer in model.Layers)
        {
            Assert.Equal(width, layer.Width);
            width = CheckLayer(layer);
        }

        width = model.Head is null ? width : CheckLinear(model.Head, width);
        Assert.Equal(width, model.OutputWidth);
        Assert.True(model.Labels.Count == 0 || model.Labels.Count == width);
        if (model.Scaling is { } scaling)
        {
            CheckTensor(scaling.Scale, [model.InputWidth]);
            CheckTensor(scaling.Offset, [model.InputWidth]);
        }
    }

    private static int CheckLayer(Layer layer)
    {
        Cell cell = layer.Cell;
        int projected = layer.Input.Projection is { } projection ? CheckLinear(projection, layer.Width) : layer.Width;
        Assert.Equal(cell.OutputWidth, projected - layer.Input.GateWidth);
        foreach (LayerNorm norm in new[] { layer.PreNorm, layer.PostNorm }.OfType<LayerNorm>())
        {
            CheckTensor(norm.Weight, [layer.Width]);
            CheckTensor(norm.Bias, [layer.Width]);
        }

        int[] parts = cell.Field == Field.Complex ? [cell.Count, cell.KeyWidth, 2] : [cell.Count, cell.KeyWidth];
        CheckParameter(Assert.IsType<DiagonalTransition>(cell.Transition).A, parts);
        CheckParameter(cell.B, parts);
        CheckParameter(cell.C, parts);
        CheckParameter(cell.Delta, [cell.Count]);
        if (layer.Decoder.Mixing is { } mixing)
        {
            CheckLinear(mixing, cell.OutputWidth);
        }

        return layer.OutputWidth;
    }

    private static void CheckParameter(Parameter parameter, int[] shape)
    {
        if (parameter is ConstantParameter constant)
        {
            CheckTensor(constant.Value, shape);
        }
    }

    private static int CheckLinear(Linear linear, int inputs)
    {
        Assert.Equal(inputs, linear.Inputs);
        CheckTensor(linear.Weight, [linear.Outputs, linear.Inputs]);
        CheckTensor(linear.Bias ?? new Tensor(new([linear.Outputs]), new double[linear.Outputs]), [linear.Outputs]);
        return linear.Outputs;
    }

    private static void CheckTensor(Tensor tensor, IEnumerable<int> shape)
    {
        Assert.Equal(shape, tensor.Shape);
        for (int i = 0; i < tensor.Count; i++)
        {
            Assert.True(tensor[i].IsSymbol || double.IsFinite(tensor.Values[i]));
        }
    }
}
