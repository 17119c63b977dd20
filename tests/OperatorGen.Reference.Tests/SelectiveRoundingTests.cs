using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Reference.Tests;

/// <summary>The rounding bounds of selective cells, kind by kind.</summary>
public class SelectiveRoundingTests
{
    public static TheoryData<SelectiveKind> Kinds => new(Enum.GetValues<SelectiveKind>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Float_and_double_evaluation_keep_both_bounds(SelectiveKind kind)
    {
        for (int seed = 0; seed < 30; seed++)
        {
            SeededModel seeded = RandomModels.Create(seed, ModelShape.Draw(new Random(seed), CellClass.Selective) with { Selective = kind, Layers = 1 + (seed % 2) });
            double[] input = RandomModels.Input(seeded.Model, 12, seed);
            Keeps(RoundingBound.Compute(seeded.Model, input, RoundingBound.SingleEpsilon), new PlainEvaluator<float>(seeded.Model).Forward(input), seeded);
            Keeps(RoundingBound.ComputeFirstOrder(seeded.Model, input, RoundingBound.SingleEpsilon), new PlainEvaluator<float>(seeded.Model).Forward(input), seeded);
            Keeps(RoundingBound.Compute(seeded.Model, input, RoundingBound.DoubleEpsilon), new PlainEvaluator<double>(seeded.Model).Forward(input), seeded);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sensitivities_are_the_derivatives_of_every_kind(SelectiveKind kind)
    {
        for (int seed = 0; seed < 30; seed++)
        {
            RoundingBoundTests.AssertDerivative(seed, ModelShape.Draw(new Random(seed), CellClass.Selective) with { Selective = kind });
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_bound_of_one_layer_says_something_and_a_transition_that_is_off_by_a_thousandth_breaks_it(SelectiveKind kind)
    {
        // The gates act on a state that several steps made: its change is some thousandths. The bound is some hundred roundings of 6e-8.
        var shape = new ModelShape { Cells = CellClass.Selective, Selective = kind, InputWidth = 4, Encoder = false, InnerWidth = 4, Modes = 3, Skip = false, Residual = false };
        SequenceModel model = RandomModels.Create(3, shape).Model;
        Layer layer = model.Layers[0];
        var cell = (SelectiveCell)layer.Cell;
        SequenceModel changed = model with { Layers = EquatableArray.Of(layer with { Cell = cell with { Transition = Changed(cell.Transition) } }) };
        double[] input = RandomModels.Input(model, 20, 3);

        RoundingResult bound = RoundingBound.Compute(model, input, RoundingBound.SingleEpsilon);

        Assert.InRange(bound.Relative, 0, 1e-4);
        Assert.True(bound.Ratio(new PlainEvaluator<float>(model).Forward(input)) <= 1);
        Assert.True(bound.Ratio(new PlainEvaluator<float>(changed).Forward(input)) > 1);
    }

    private static Transition Changed(Transition transition) => transition switch
    {
        StepTransition step => step with { A = new Tensor(step.A.Shape, [.. Array.ConvertAll(step.A.Values.ToArray(), a => 1.001 * a)]) },
        LogGateTransition log => log with { LogGate = new AffineSignal(log.LogGate, 1.001, null) },
        GateTransition gate => gate with { Gate = new AffineSignal(gate.Gate, 0.999, null) },
        DecayTransition decay => decay with { A = new Tensor(decay.A.Shape, [.. Array.ConvertAll(decay.A.Values.ToArray(), a => 0.999 * a)]) },
        DeltaTransition { LogGate: { } log } delta => delta with { LogGate = new AffineSignal(log, 1.001, null) },
        DeltaTransition delta => delta with { Beta = new AffineSignal(delta.Beta, 0.999, null) },
        _ => throw new NotSupportedException($"A {transition.GetType().Name} is not known."),
    };

    private static void Keeps(RoundingResult bound, double[] actual, SeededModel seeded)
    {
        double ratio = bound.Ratio(actual);
        Assert.True(ratio <= 1, $"{ratio} of the bound, {seeded}");
    }
}
