using System;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Compiler.Tests.Plans;

/// <summary>Functions of one number that follow each other are one pass over memory.</summary>
public sealed class PointwiseTests
{
    [Fact]
    public void A_gate_of_a_logarithm_is_one_step_from_the_map_that_it_is_made_of()
    {
        PointwiseStep gate = Assert.Single(Steps(new LogGateTransition(Logarithm(new SlicedSignal(new CellInputSignal(8), 4, 2)), PerKey: false)), step => step.Heading == "layer gate");
        Assert.Equal("e^(-0.0625 softplus(-x))", gate.Formula("x"));
        Assert.Equal(2 * (1 + 20 + 1 + 20), gate.Operations);
    }

    [Fact]
    public void What_two_signals_need_is_computed_once_and_by_itself()
    {
        var shared = new MappedSignal(new SlicedSignal(new CellInputSignal(8), 4, 2), DecoderFunctions.Sigmoid);
        PointwiseStep[] steps = Steps(new DeltaTransition(new ClampedSignal(shared, 0.25, double.PositiveInfinity), new AffineSignal(shared, -2, null)));
        Assert.Equal(["sigmoid(x)", "e^(-2 x)", "max(x, 0.25)"], steps.Select(step => step.Formula("x")));
        Assert.Equal(steps[0].Target, steps[1].Source);
        Assert.Equal(steps[0].Target, steps[2].Source);
    }

    [Fact]
    public void A_signal_that_the_cell_reads_is_not_swallowed_by_another()
    {
        var step = new MappedSignal(new SlicedSignal(new CellInputSignal(8), 4, 2), DecoderFunctions.Softplus);
        PointwiseStep[] steps = Steps(new StepTransition(new Tensor(EquatableArray.Of(2), [-1.0, -2.0]), step));
        Assert.Equal(["softplus(x)", "e^(A x)"], steps.Select(each => each.Formula("x")));
        Assert.Equal(["layer Delta", "layer gate"], steps.Select(each => each.Heading));
    }

    [Theory]
    [InlineData("-(x + b)", "0.5 (-(x + b))", "2 (x + b) + b")]
    public void Formulas_have_the_brackets_that_they_need(string negative, string scaled, string affine)
    {
        string sum = new AffinePoint(null, "b").Of("x");
        Assert.Equal("x + b", sum);
        Assert.Equal(negative, new ScaledPoint(-1).Of(sum));
        Assert.Equal(scaled, new ScaledPoint(0.5).Of(negative));
        Assert.Equal(affine, new AffinePoint("2", "b").Of(sum));
        Assert.Equal("0.5 tanh(x + b)", new ScaledPoint(0.5).Of(new MappedPoint(DecoderFunctions.Tanh).Of(sum)));
        Assert.Equal("min(max(e^x, -1), 1)", new ClampedPoint(-1, 1).Of(new ExponentialPoint().Of("x")));
    }

    /// <summary>The steps of cells of one key and two values, two of them: value [4], then what gates.</summary>
    private static PointwiseStep[] Steps(Transition transition)
    {
        var input = new CellInputSignal(8);
        var key = new SelectiveParameter(new SlicedSignal(input, 6, 2));
        var cell = new SelectiveCell(8, 2, 1, 2, Field.Real, transition, new SlicedSignal(input, 0, 4), key, key, Gamma: 1);
        var layer = new Layer("", 8, null, InputStage.None, cell, new Decoder { Activation = DecoderFunctions.Identity }, Residual: false, null);
        EvaluationPlan plan = Planner.Plan(new SequenceModel("gla", 8, EquatableArray.Of(layer)), ElementType.Double).Value!;
        Assert.Null(PlanVerifier.Verify(plan));
        return [.. plan.Steps.OfType<PointwiseStep>()];
    }

    private static AffineSignal Logarithm(Signal x) => new AffineSignal(new MappedSignal(new AffineSignal(x, -1, null), DecoderFunctions.Softplus), -1.0 / 16, null);
}
