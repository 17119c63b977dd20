using System.Linq;
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
    public void Parts_of_the_input_are_convolved_passed_kept_for_the_gate_and_for_the_side()
    {
        // x = (c, p, z, a, b): c is doubled by the convolution and squared by nothing, p passes; o = (2 c, p), the gate z multiplies both; relu(a) b goes before them.
        Layer layer = Tiny.Layer(6, Tiny.RealCells(0, 0)) with
        {
            Input = new InputStage(null, 2, new CausalConvolution(1, 1, Tiny.Vector(2), null, null), DecoderFunctions.Relu) { PassedWidth = 1, SideWidth = 2 },
            Decoder = new Decoder
            {
                Activation = DecoderFunctions.Identity,
                Gate = DecoderFunctions.Identity,
                Side = DecoderFunctions.Relu,
                Mixing = Tiny.Map(3, 3, [1, 0, 0, 0, 1, 0, 0, 0, 1]),
            },
        };
        Assert.Equal([35.0, 60, -14], new ReferenceEvaluator(Tiny.Model(6, layer)).Forward([3, -2, 10, 7, 5, 7]));
    }

    [Fact]
    public void The_norm_of_a_readout_stands_on_the_side_of_the_gate_that_is_said()
    {
        var norm = new RmsNorm(2, Tiny.Vector(1, 10), 0, 2);
        Layer layer = Tiny.Layer(4, Tiny.RealCells(0, 0)) with
        {
            Input = new InputStage(null, 2, null, DecoderFunctions.Identity) { PassedWidth = 0 },
            Decoder = new Decoder { Activation = DecoderFunctions.Identity, Gate = DecoderFunctions.Identity, Norm = norm },
        };

        // (1, 7) has the root mean square 5; behind the gate (7, 1) the product (7, 7) has 7.
        Assert.Equal([0.2 * 7, 14], new ReferenceEvaluator(Tiny.Model(4, layer)).Forward([1, 7, 7, 1]));
        Assert.Equal([1.0, 10], new ReferenceEvaluator(Tiny.Model(4, layer with { Decoder = layer.Decoder with { NormAfterGate = true } })).Forward([1, 7, 7, 1]));
    }

    [Fact]
    public void Norms_by_root_mean_square_have_groups_and_norms_by_length_a_floor()
    {
        Layer layer = Tiny.Layer(4, Tiny.RealCells(0, 0, 0, 0)) with { PreNorm = new RmsNorm(4, Tiny.Vector(1, 1, 1, 2), 0, 2) };
        Assert.Equal([0.2, 1.4, 1, 2], new ReferenceEvaluator(Tiny.Model(4, layer)).Forward([1, 7, -3, -3]).Zip([1, 1, -1, -1], (y, sign) => y * sign));

        layer = layer with { PreNorm = new LengthNorm(4, Tiny.Vector(1, 1, 1, 2), 100) };
        Assert.Equal([0.0, 1.2, 0, 3.2], new ReferenceEvaluator(Tiny.Model(4, layer)).Forward([0, 300, 0, 400]));
        Assert.Equal([0.0, 0.06, 0, 0.16], new ReferenceEvaluator(Tiny.Model(4, layer)).Forward([0, 3, 0, 4]));
    }
}
