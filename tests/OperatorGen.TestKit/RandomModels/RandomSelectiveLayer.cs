using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>A random layer about selective cells, with input stage, gate, side stream and norms as the shape says.</summary>
internal static class RandomSelectiveLayer
{
    /// <summary>What such a layer takes where nothing is projected in front: all parts of the input stage.</summary>
    public static int Width(ModelShape shape) => RandomSelective.Inputs(shape) + shape.GateWidth + shape.SideWidth;

    public static Layer Of(Random random, ModelShape shape, int width, int index)
    {
        int inputs = RandomSelective.Inputs(shape), passed = Math.Min(shape.Passed, inputs - 1), convolved = inputs - passed;
        CausalConvolution? convolution = shape.Taps == 0
            ? null
            : new CausalConvolution(
                convolved,
                shape.Taps,
                random.Tensor(r => r.Normal() / Math.Sqrt(shape.Taps), convolved, shape.Taps),
                shape.Bias ? random.Tensor(r => 0.3 * r.Normal(), convolved) : null,
                "conv_state");

        // A selective layer is cubic in its input: behind another one it needs a norm to stay of order 1.
        Norm? preNorm = shape.PreNorm || index > 0 ? random.Norm(width, shape.Norms == NormKind.Batch && index > 0 ? NormKind.Layer : shape.Norms) : null;
        Linear? projection = shape.InputMap ? random.Linear(width, Width(shape), shape.Bias) : null;
        SelectiveCell cell = RandomSelective.Cell(random, shape);
        int readouts = cell.OutputWidth;
        var decoder = new Decoder
        {
            Activation = DecoderFunctions.Identity,
            Gate = shape.Gate ? DecoderFunctions.Silu : null,
            Side = shape.Side ? DecoderFunctions.Silu : null,
            Mixing = random.Linear(readouts + (shape.SideWidth / 2), width, shape.Bias),
            Norm = shape.ReadoutNorm ? random.Norm(readouts, shape.Norms) : null,
            NormAfterGate = shape.NormAfterGate,
        };
        return new Layer(
            $"layers.{index}",
            width,
            preNorm,
            new InputStage(projection, shape.GateWidth, convolution, DecoderFunctions.Silu) { PassedWidth = passed, SideWidth = shape.SideWidth },
            cell,
            decoder,
            shape.Residual,
            shape.PostNorm ? random.Norm(width, shape.Norms) : null)
        {
            FeedForward = shape.FeedForward > 0 ? FeedForward(random, shape, width) : null,
        };
    }

    private static FeedForward FeedForward(Random random, ModelShape shape, int width)
    {
        // Behind cells of moderate size; a polynomial would make them large.
        DecoderFunction[] functions = [DecoderFunctions.GeluErf, DecoderFunctions.Silu, DecoderFunctions.Tanh];
        Norm? norm = random.Next() % 4 == 0 ? null : random.Norm(width, shape.Norms);
        return new FeedForward(norm, random.Linear(width, shape.FeedForward, shape.Bias), functions[random.Next() % functions.Length], random.Linear(shape.FeedForward, width, shape.Bias));
    }
}
