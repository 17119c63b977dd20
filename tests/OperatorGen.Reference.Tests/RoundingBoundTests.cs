using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class RoundingBoundTests
{
    [Theory]
    [InlineData(CellClass.Constant)]
    [InlineData(CellClass.Shared)]
    [InlineData(CellClass.LowRank)]
    [InlineData(CellClass.Selective)]
    [InlineData(CellClass.Oscillators)]
    [InlineData(CellClass.LinearCde)]
    public void Float_evaluation_keeps_the_bound(CellClass cells)
    {
        for (int seed = 0; seed < 150; seed++)
        {
            SeededModel seeded = RandomModels.Create(seed, cells);
            double[] input = RandomModels.Input(seeded.Model, 50, seed);
            RoundingResult bound = RoundingBound.Compute(seeded.Model, input, RoundingBound.SingleEpsilon);
            double ratio = bound.Ratio(new PlainEvaluator<float>(seeded.Model).Forward(input));
            Assert.True(ratio <= 1, $"{ratio} of the bound, {seeded}");
        }
    }

    [Theory]
    [InlineData(CellClass.Constant)]
    [InlineData(CellClass.Shared)]
    [InlineData(CellClass.LowRank)]
    [InlineData(CellClass.Selective)]
    [InlineData(CellClass.Oscillators)]
    [InlineData(CellClass.LinearCde)]
    public void Double_evaluation_keeps_the_bound(CellClass cells)
    {
        for (int seed = 0; seed < 150; seed++)
        {
            SeededModel seeded = RandomModels.Create(seed, cells);
            double[] input = RandomModels.Input(seeded.Model, 50, seed);
            RoundingResult bound = RoundingBound.Compute(seeded.Model, input, RoundingBound.DoubleEpsilon);
            double ratio = bound.Ratio(new PlainEvaluator<double>(seeded.Model).Forward(input));
            Assert.True(ratio <= 1, $"{ratio} of the bound, {seeded}");
        }
    }

    [Theory]
    [InlineData(CellClass.Constant)]
    [InlineData(CellClass.Shared)]
    [InlineData(CellClass.LowRank)]
    [InlineData(CellClass.Selective)]
    [InlineData(CellClass.Oscillators)]
    [InlineData(CellClass.LinearCde)]
    public void Float_evaluation_keeps_the_first_order_bound(CellClass cells)
    {
        for (int seed = 0; seed < 100; seed++)
        {
            SeededModel seeded = RandomModels.Create(seed, cells);
            double[] input = RandomModels.Input(seeded.Model, 12, seed);
            RoundingResult bound = RoundingBound.ComputeFirstOrder(seeded.Model, input, RoundingBound.SingleEpsilon);
            double ratio = bound.Ratio(new PlainEvaluator<float>(seeded.Model).Forward(input));
            Assert.True(ratio <= 1, $"{ratio} of the bound, {seeded}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_first_order_bound_says_something_about_four_layers(bool preNorm)
    {
        // The size of a model of digits: 784 samples, 64 channels, 16 modes, four layers, ten scores.
        var shape = new ModelShape { Width = 64, Layers = 4, Modes = 16, PreNorm = preNorm, PostNorm = !preNorm, Pooling = Pooling.Mean, HeadWidth = 10 };
        SequenceModel model = RandomModels.Create(1, shape).Model;
        double[] input = RandomModels.Input(model, 784, 1);

        RoundingResult bound = RoundingBound.ComputeFirstOrder(model, input, RoundingBound.SingleEpsilon);

        double ratio = bound.Ratio(new PlainEvaluator<float>(model).Forward(input));
        Assert.InRange(bound.Relative, 0, 1e-2);
        Assert.True(ratio <= 1, $"{ratio} of the bound");
    }

    [Theory]
    [InlineData(CellClass.Constant)]
    [InlineData(CellClass.Shared)]
    [InlineData(CellClass.LowRank)]
    [InlineData(CellClass.Selective)]
    [InlineData(CellClass.Oscillators)]
    [InlineData(CellClass.LinearCde)]
    public void Sensitivities_are_the_derivatives(CellClass cells)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            // Smooth decoders only: relu has no derivative at 0, and its kink is met with probability 0 elsewhere.
            ModelShape drawn = ModelShape.Draw(new Random(seed), cells);
            AssertDerivative(seed, drawn with { Activation = drawn.Activation == "relu" ? "gelu-tanh" : drawn.Activation });
        }
    }

    /// <summary>One sensitivity of one layer of the shape against a central difference.</summary>
    internal static void AssertDerivative(int seed, ModelShape drawn)
    {
        ModelShape shape = drawn with { Encoder = false, Layers = 1, Pooling = Pooling.None, HeadWidth = 0, Scaling = false, InputWidth = 2 + (seed % 5) };
        SequenceModel model = RandomModels.Create(seed, shape).Model;
        var evaluator = new ReferenceEvaluator(model);
        double[] input = RandomModels.Input(model, 6, seed);
        ReferenceState state = evaluator.CreateState();
        state.Probe = new Probe();
        evaluator.Forward(input, state);
        int width = model.OutputWidth, output = seed % (6 * width), at = seed * 7 % input.Length;
        double[][] unit = [.. Enumerable.Range(0, 6).Select(t => Enumerable.Range(0, width).Select(c => (t * width) + c == output ? 1.0 : 0).ToArray())];
        LayerProbe[] traces = [.. state.Probe.Steps.Select(step => step.Layers[0])];
        var arithmetic = new Arithmetic(RoundingBound.DoubleEpsilon);

        double sensitivity = LayerSensitivity.Of(model.Layers[0], traces, unit, new Sensitivity(arithmetic, new StageCache()), arithmetic)[at / model.InputWidth][at % model.InputWidth];

        // A central difference with h = 1e-5 errs by h^2 times a third derivative, for norms of few channels up to 1e3, and by 1e-16 / h times values of order 10.
        double[] up = [.. input], down = [.. input];
        up[at] += 1e-5;
        down[at] -= 1e-5;
        double difference = (evaluator.Forward(up)[output] - evaluator.Forward(down)[output]) / 2e-5;
        Assert.True(Math.Abs(difference - sensitivity) <= 1e-6 * (1 + Math.Abs(difference)), $"{sensitivity} instead of {difference}, seed {seed}: {shape}");
    }

    [Fact]
    public void A_single_mode_has_the_documented_bound()
    {
        // One real mode, a = 0.99, constant input 1: s tends to 100 and max|s| / (1 - |a|) = 1e4. Per step 2 u (|a s| + |v|) = 2 u |s|, so the
        // state's share tends to twice the documented eps |c| max|s| / (1 - |a|); the readout adds gamma_4 |s|, a hundredth of it.
        double[] input = [.. Enumerable.Repeat(1.0, 2000)];
        RoundingResult bound = RoundingBound.Compute(Tiny.Model(1, Tiny.Layer(1, Tiny.RealCells(0.99))), input, RoundingBound.SingleEpsilon);
        Assert.InRange(bound.Largest / (RoundingBound.SingleEpsilon * 100 / 0.01), 1.9, 2.1);
    }

    [Fact]
    public void Float_evaluation_breaks_the_bound_of_double()
    {
        SequenceModel model = RandomModels.Create(3, new ModelShape { InputWidth = 2 }).Model;
        double[] input = RandomModels.Input(model, 50, 3);
        RoundingResult bound = RoundingBound.Compute(model, input, RoundingBound.DoubleEpsilon);
        Assert.True(bound.Ratio(new PlainEvaluator<float>(model).Forward(input)) > 1e3);
    }

    [Fact]
    public void A_wrong_eigenvalue_breaks_the_bound_of_float()
    {
        // A relative change of 1e-4 of Delta moves outputs of order 1 by some 1e-4; the bound of one layer is some 1e-5.
        SequenceModel model = RandomModels.Create(3, new ModelShape { InputWidth = 2, DeltaPerCell = false }).Model;
        Layer layer = model.Layers[0];
        var cell = (ChannelModes)layer.Cell;
        SequenceModel changed = model with { Layers = EquatableArray.Of(layer with { Cell = cell with { Delta = Tiny.Vector(cell.Delta.Values[0] * 1.0001) } }) };
        double[] input = RandomModels.Input(model, 50, 3);

        RoundingResult bound = RoundingBound.Compute(model, input, RoundingBound.SingleEpsilon);

        Assert.True(bound.Ratio(new PlainEvaluator<float>(changed).Forward(input)) > 1);
    }

    [Fact]
    public void Not_a_number_on_one_side_breaks_any_bound()
    {
        var bound = new RoundingResult([1, double.NaN], [double.PositiveInfinity, 1]);
        Assert.Equal(0, bound.Ratio([1, double.NaN]));
        Assert.Equal(double.PositiveInfinity, bound.Ratio([double.NaN, double.NaN]));
        Assert.Equal(double.PositiveInfinity, bound.Ratio([1, 1]));
    }

    [Fact]
    public void Lipschitz_constants_bound_every_chord()
    {
        DecoderFunction[] functions = [.. DecoderFunctions.All, PolynomialFunction.TryParse("polynomial(0, 1, -1/2, 1/3)")!];
        foreach (DecoderFunction function in functions)
        {
            Func<double, double> formula = DecoderFormulas.Of(function);
            var random = new Random(1);
            for (int i = 0; i < 20000; i++)
            {
                double x = (random.NextDouble() * 16) - 8, e = Math.Pow(10, -6 * random.NextDouble());
                double chord = Math.Abs(formula(x + e) - formula(x)) / e;

                // The difference of two rounded values carries their roundings, 4 ulp of up to 200, divided by e of at least 1e-6.
                Assert.True(chord <= (FunctionRounding.Lipschitz(function, x, e) * (1 + 1e-12)) + (2e-13 / e), $"{function} at {x} +- {e}: {chord}");
            }
        }
    }
}
