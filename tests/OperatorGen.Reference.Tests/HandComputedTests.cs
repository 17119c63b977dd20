using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class HandComputedTests
{
    [Fact]
    public void A_real_mode_sums_its_past()
    {
        var evaluator = new ReferenceEvaluator(Tiny.Model(1, Tiny.Layer(1, Tiny.RealCells(0.5))));
        Assert.Equal([1.0, 2.5, 1.25, 1.625], evaluator.Forward([1, 2, 0, 1]));
    }

    [Fact]
    public void A_read_before_the_update_lags_by_one_step()
    {
        Cell cell = Tiny.Cells(1, [0.5]) with { Order = ReadOrder.PreUpdate, Skip = Tiny.Vector(10) };
        var evaluator = new ReferenceEvaluator(Tiny.Model(1, Tiny.Layer(1, cell)));
        Assert.Equal([10.0, 21, 2.5, 11.25], evaluator.Forward([1, 2, 0, 1]));
    }

    [Fact]
    public void Scaling_encoder_pooling_and_head_stand_in_this_order()
    {
        SequenceModel model = Tiny.Model(1, Tiny.Layer(2, Tiny.RealCells(0, 0.5))) with
        {
            Scaling = new InputScaling(Tiny.Vector(2), Tiny.Vector(-1)),
            Encoder = Tiny.Map(1, 2, [1, 3], 0, 1),
            Pooling = Pooling.Mean,
            Head = Tiny.Map(2, 1, [1, 10], 100),
        };

        // u = 1, 3; encoded (1, 4), (3, 10); cells (1, 4), (3, 12); mean (2, 8); head 2 + 80 + 100.
        Assert.Equal([182.0], new ReferenceEvaluator(model).Forward([1, 2]));
    }

    [Fact]
    public void Decoder_applies_activation_gate_mixing_and_glu_in_this_order()
    {
        Layer layer = Tiny.Layer(1, Tiny.RealCells(0)) with
        {
            Input = new InputStage(Tiny.Map(1, 2, [1, 2], 0, -1), 1, null, DecoderFunctions.Identity),
            Decoder = new Decoder { Activation = DecoderFunctions.Relu, Gate = DecoderFunctions.Identity, Mixing = Tiny.Map(1, 2, [2, 0], 0, 0), Unit = new SplitGlu(DecoderFunctions.Sigmoid) },
            Residual = true,
        };

        // x = 3: v = 3, z = 5; relu 3, gated 15, mixed (30, 0), glu 30 sigmoid(0) = 15, residual 18. x = -1: relu 0, so the residual alone.
        Assert.Equal([18.0, -1], new ReferenceEvaluator(Tiny.Model(1, layer)).Forward([3, -1]));
    }

    [Fact]
    public void Norms_stand_before_the_input_stage_and_after_the_residual()
    {
        var norm = new LayerNorm(2, Tiny.Vector(1, 2), Tiny.Vector(0, 1), 0);
        Layer layer = Tiny.Layer(2, Tiny.RealCells(0, 0)) with { PreNorm = norm, Residual = true };

        // x = (1, 3): normed (-1, 1), weighted (-1, 3), residual (0, 6); then the norm of (0, 6) is (-1, 3) again.
        Assert.Equal([0.0, 6], new ReferenceEvaluator(Tiny.Model(2, layer)).Forward([1, 3]));
        Assert.Equal([-1.0, 3], new ReferenceEvaluator(Tiny.Model(2, layer with { PostNorm = norm })).Forward([1, 3]));
    }

    [Fact]
    public void The_convolution_is_causal_and_its_cache_holds_the_newest_input_last()
    {
        Layer layer = Tiny.Layer(1, Tiny.RealCells(0)) with
        {
            Input = new InputStage(null, 0, new CausalConvolution(1, 3, Tiny.Vector(100, 10, 1), Tiny.Vector(0.5), null), DecoderFunctions.Identity),
        };
        var evaluator = new ReferenceEvaluator(Tiny.Model(1, layer));
        ReferenceState state = evaluator.CreateState();

        Assert.Equal([1.5, 12.5, 123.5, 234.5], evaluator.Forward([1, 2, 3, 4], state));
        Assert.Equal([2.0, 3, 4], state.Layers[0].ConvolutionCache);
    }

    [Fact]
    public void A_selective_cell_takes_step_and_weights_from_its_input()
    {
        // Delta = v0, B = v1, C = v0 + v1 (one cell per channel, one mode), A = (-1, -2), D = 0:
        // s[g] = e^(Delta_g A_g) s[g] + Delta_g B v_g, o[g] = C s[g].
        Signal v = new CellInputSignal(2);
        var cell = new SelectiveCell(
            2, 1, 1, Field.Real, new DiagonalTransition(Tiny.Constant(-1, -2)), DiscretizationRule.ExponentialEuler,
            new SelectiveParameter(new ProjectedSignal(v, Tiny.Map(2, 2, [1, 0, 1, 0]), "delta")),
            new SelectiveParameter(new SlicedSignal(v, 1, 1)),
            new SelectiveParameter(new ProjectedSignal(v, Tiny.Map(2, 1, [1, 1]), "c")),
            1, ReadOrder.PostUpdate);
        var evaluator = new ReferenceEvaluator(Tiny.Model(2, Tiny.Layer(2, cell)));
        ReferenceState state = evaluator.CreateState();

        // t = 0, v = (1, 2): Delta 1, B 2, C 3: s = (2, 4), o = (6, 12).
        // t = 1, v = (2, 1): Delta 2, B 1, C 3: s = (2 e^-2 + 4, 4 e^-4 + 2), o = 3 s.
        double[] output = evaluator.Forward([1, 2, 2, 1], state);

        double s0 = (2 * Math.Exp(-2)) + 4;
        double s1 = (4 * Math.Exp(-4)) + 2;
        double[] expected = [6, 12, 3 * s0, 3 * s1];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], output[i], 1e-14);
        }

        Assert.Equal(s0, state.Layers[0].Ssm[0].Real, 1e-14);
        Assert.Equal(s1, state.Layers[0].Ssm[1].Real, 1e-14);
    }
}
