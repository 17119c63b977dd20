using System;
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
        Assert.True(model.Labels.Count == 0 || model.Labels.Count == (model.Embedding?.Vocabulary ?? width));
        if (model.Scaling is { } scaling)
        {
            CheckTensor(scaling.Scale, [model.InputWidth]);
            CheckTensor(scaling.Offset, [model.InputWidth]);
        }
    }

    private static int CheckLayer(Layer layer)
    {
        Cell cell = layer.Cell;
        Decoder decoder = layer.Decoder;
        int projected = layer.Input.Projection is { } projection ? CheckLinear(projection, layer.Width) : layer.Width;
        Assert.Equal(cell.InputWidth, projected - layer.Input.GateWidth - layer.Input.SideWidth);
        Assert.Equal(decoder.Gate is not null, layer.Input.GateWidth > 0);
        Assert.Equal(decoder.Side is not null, layer.Input.SideWidth > 0);
        Assert.True(layer.Input.GateWidth == 0 || layer.Input.GateWidth == cell.OutputWidth);
        CheckNorm(layer.PreNorm, layer.Width);
        CheckNorm(decoder.Norm, cell.OutputWidth);
        CheckNorm(layer.PostNorm, layer.Width);
        if (layer.FeedForward is { } part)
        {
            CheckNorm(part.Norm, layer.OutputWidth);
            Assert.Equal(layer.OutputWidth, CheckLinear(part.Down, CheckLinear(part.Up, layer.OutputWidth)));
        }

        if (layer.Input.Convolution is { } convolution)
        {
            Assert.Equal(projected - layer.Input.PassedWidth - layer.Input.GateWidth - layer.Input.SideWidth, convolution.Channels);
            CheckTensor(convolution.Weight, [convolution.Channels, convolution.Width]);
        }

        cell.Accept(new CellInvariants());
        if (decoder.Mixing is { } mixing)
        {
            CheckLinear(mixing, cell.OutputWidth + (layer.Input.SideWidth / 2));
        }

        return layer.OutputWidth;
    }

    private static void CheckNorm(Norm? norm, int width)
    {
        if (norm is null)
        {
            return;
        }

        Assert.Equal(width, norm.Width);
        Tensor?[] tensors = norm switch
        {
            LayerNorm n => [n.Weight, n.Bias],
            BatchNorm n => [n.Mean, n.Variance, n.Weight, n.Bias],
            RmsNorm n => [n.Weight],
            LengthNorm n => [n.Weight],
            _ => throw new ArgumentException($"A {norm.GetType().Name} is not known.", nameof(norm)),
        };
        Assert.All(tensors.OfType<Tensor>(), tensor => CheckTensor(tensor, [norm.Width]));
        Assert.True(norm is not RmsNorm groups || groups.Width % groups.GroupWidth == 0);
    }

    private static int CheckLinear(Linear linear, int inputs)
    {
        Assert.Equal(inputs, linear.Inputs);
        CheckTensor(linear.Weight, [linear.Outputs, linear.Inputs]);
        CheckTensor(linear.Bias ?? new Tensor(new([linear.Outputs]), new double[linear.Outputs]), [linear.Outputs]);
        return linear.Outputs;
    }

    public static void CheckTensor(Tensor tensor, IEnumerable<int> shape)
    {
        Assert.Equal(shape, tensor.Shape);
        for (int i = 0; i < tensor.Count; i++)
        {
            Assert.True(tensor[i].IsSymbol || double.IsFinite(tensor.Values[i]));
        }
    }

    private sealed class CellInvariants : ICellVisitor<bool>
    {
        public bool Visit(ChannelModes cell)
        {
            Check(cell, [cell.Channels, cell.Modes], cell.Reads == 1 ? [cell.Channels, cell.Modes] : [cell.Reads, cell.Channels, cell.Modes], cell.Channels);
            return true;
        }

        public bool Visit(LowRankModes cell)
        {
            CheckTensor(cell.A, [cell.Rows, cell.Modes, 2]);
            CheckTensor(cell.P, [cell.Rank, cell.Rows, cell.Modes, 2]);
            CheckTensor(cell.B, [cell.Rows, cell.Modes, 2]);
            CheckTensor(cell.C, [cell.Reads, cell.Channels, cell.Modes, 2]);
            CheckTensor(cell.Delta, [cell.Channels]);
            CheckSkip(cell, cell.OutputWidth);
            return true;
        }

        public bool Visit(SharedModes cell)
        {
            Check(cell, [cell.Modes, cell.Inputs], [cell.Outputs, cell.Modes], 1);
            return true;
        }

        public bool Visit(SharedOscillators cell)
        {
            CheckTensor(cell.A, [cell.Oscillators]);
            CheckTensor(cell.Delta, [cell.Oscillators]);
            CheckTensor(cell.B, [cell.Oscillators, cell.Inputs, 2]);
            CheckTensor(cell.C, [cell.Outputs, cell.Oscillators, 2]);
            Assert.All(cell.A.Values.ToArray().Concat(cell.Delta.Values.ToArray()), value => Assert.True(value >= 0));
            CheckSkip(cell, cell.OutputWidth);
            return true;
        }

        public bool Visit(SelectiveCell cell)
        {
            SelectiveCellInvariants.Check(cell);
            CheckSkip(cell, cell.OutputWidth);
            return true;
        }

        public bool Visit(LinearCde cell)
        {
            CheckTensor(cell.A, [cell.Inputs, cell.States, cell.States]);
            CheckTensor(cell.B ?? new Tensor(new([cell.States, cell.Inputs]), new double[cell.States * cell.Inputs]), [cell.States, cell.Inputs]);
            CheckTensor(cell.Start, [cell.States]);
            CheckTensor(cell.C, [cell.Outputs, cell.States]);
            Assert.Null(cell.Skip);
            return true;
        }

        private static void Check(ModeCell cell, int[] b, int[] c, int channels)
        {
            int[] modes = [.. cell.StateSizes];
            CheckTensor(cell.A, Parts(cell.Field, modes));
            CheckTensor(cell.B, Parts(cell.Field, b));
            CheckTensor(cell.C, Parts(cell.Field, c));
            if (cell.Backward is { } backward)
            {
                CheckTensor(backward.C, Parts(cell.Field, c));
                Assert.InRange(backward.Delay, 0, 1);
                Assert.Null(cell.StateName);
            }

            Assert.Contains(cell.Delta.Count, new[] { 1, channels, cell.ModeCount });
            CheckTensor(cell.Delta, cell.Delta.Shape.Count == 1 ? [cell.Delta.Count] : modes);
            CheckSkip(cell, cell.OutputWidth);
        }

        private static void CheckSkip(Cell cell, int size)
        {
            if (cell.Skip is { } skip)
            {
                Assert.Equal(size, skip.Count);
            }
        }

        private static int[] Parts(Field field, params int[] shape) => field == Field.Complex ? [.. shape, 2] : shape;
    }
}
