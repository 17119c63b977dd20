using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Convolutions with more taps than are unrolled, and longer than a chunk.</summary>
public sealed class LongConvolutionTests
{
    [Theory]
    [InlineData(9)]
    [InlineData(300)]
    public void Many_taps_agree_with_the_reference_in_whole_and_in_pieces(int taps)
    {
        var shape = new ModelShape { Cells = CellClass.Selective, Taps = taps, Width = 3, InnerWidth = 5, Modes = 2, Pooling = Pooling.None };
        SequenceModel model = RandomModels.Create(4, shape).Model;
        IGeneratedModel<double> generated = GeneratedModel.Load<double>(model);
        int steps = (2 * generated.ChunkLength) + taps + 1;
        double[] input = RandomModels.Input(model, steps, 5);
        RoundingResult bound = RoundingBound.Compute(model, input, RoundingBound.DoubleEpsilon);

        var whole = new double[bound.Reference.Length];
        generated.Forward(input, whole);
        Assert.True(bound.Ratio(whole) <= 1, $"{bound.Ratio(whole)} of the bound {bound.Largest}");

        var pieces = new double[whole.Length];
        SequenceState<double> state = generated.CreateState();
        for (int t = 0; t < steps; t++)
        {
            generated.Step(input.AsSpan(t * generated.InputWidth, generated.InputWidth), pieces.AsSpan(t * generated.OutputWidth, generated.OutputWidth), state);
        }

        Assert.Equal(whole, pieces);
    }
}
