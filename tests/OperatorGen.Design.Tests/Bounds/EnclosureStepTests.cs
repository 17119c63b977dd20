using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Design.Tests.Enclosures;
using OperatorGen.Symbolics;
using OperatorGen.TestKit.Numbers;
using Xunit;

namespace OperatorGen.Design.Tests.Bounds;

/// <summary>The steps of an enclosure one by one, where what they must contain is known in closed form or in rational arithmetic.</summary>
public sealed class EnclosureStepTests
{
    [Fact]
    public void A_tap_contains_the_exact_power_of_the_eigenvalue()
    {
        var random = new Random(41);
        for (int trial = 0; trial < 8; trial++)
        {
            Wave wave = BoundModels.Wave(random, 1);
            var run = new KernelRun([wave], []);
            (BigRational re, BigRational im) = (Exact(wave.Weight.Re), Exact(wave.Weight.Im));
            for (int tau = 0; tau < 40; tau++)
            {
                Interval tap = run.Next();
                Assert.True(tap.ContainsRational(re), $"lag {tau}: {tap}");
                Assert.InRange(tap.Width, 0, 1e-13);
                (BigRational a, BigRational b) = (Exact(wave.Eigenvalue.Re), Exact(wave.Eigenvalue.Im));
                (re, im) = ((a * re) - (b * im), (a * im) + (b * re));
            }
        }
    }

    [Fact]
    public void The_tail_of_a_wave_that_does_not_decay_counts_every_tap()
    {
        // 3 taps were taken, 5 are left: of magnitude 2 each, and of 2 q^3 to 2 q^7. Of the slow wave their number is the better bound.
        var constant = new KernelRun([new(1.0, 2.0)], []);
        var growing = new KernelRun([new(1.25, 2.0)], []);
        var slow = new KernelRun([new(0.999, 2.0)], []);
        for (int i = 0; i < 3; i++)
        {
            slow.Next();
            constant.Next();
            growing.Next();
        }

        Assert.InRange(constant.Tail(5), 10, 10 + 1e-12);
        Assert.True(growing.Tail(5) >= Enumerable.Range(3, 5).Sum(tau => 2 * Math.Pow(1.25, tau)));
        Assert.InRange(slow.Tail(5), Enumerable.Range(3, 5).Sum(tau => 2 * Math.Pow(0.999, tau)), 10);
        Assert.InRange(slow.Tail(null), 2 * Math.Pow(0.999, 3) / 0.001, 2000);
        Assert.Equal(double.PositiveInfinity, constant.Tail(null));
    }

    [Fact]
    public void A_state_carries_the_width_of_all_inputs_so_far()
    {
        // A sum of 10 numbers of [1 - h, 1 + h].
        const double Half = 1.0 / 1024;
        var waves = ModeBank.PerChannel(1, [new(1.0, 1.0)], null);
        Interval[] o = EnclosedRecurrence.Readouts(waves, [.. Enumerable.Repeat(new[] { new Interval(1 - Half, 1 + Half) }, 10)]);
        Assert.True(o[9].Contains(new Interval(10 * (1 - Half), 10 * (1 + Half))), $"{o[9]}");
        Assert.InRange(o[9].Width, 20 * Half, 20.001 * Half);
    }

    [Fact]
    public void A_change_of_a_function_is_in_its_enclosure_however_the_slope_turns()
    {
        var random = new Random(42);
        foreach (string name in BoundModels.Decoders)
        {
            DecoderFunction function = DecoderFunctions.Find(name)!;
            for (int trial = 0; trial < 200; trial++)
            {
                double x = random.Between(-6, 6);
                double e = random.Between(-12, 12);
                Interval change = function.Enclose((Interval)x + e) - function.Enclose(x);
                Interval found = FunctionRange.Change(function, x, e);
                Assert.True(found.Low <= change.High && change.Low <= found.High, $"{name} from {x} by {e}: {found}, {change}");
                Assert.True(FunctionRange.Change(function, new Interval(x - 1, x + 1), new Interval(-Math.Abs(e), Math.Abs(e))).Contains(found.Midpoint));
            }
        }
    }

    [Fact]
    public void A_convolutions_first_steps_see_only_its_newest_taps()
    {
        // v(0) = x(0) in [1, 2]; then v(t) = x(t) + 2 x(t-1) in [3, 6].
        var convolution = new ConvolutionDescription(1, 2, [2, 1], null);
        OperatorDescription model = Model(new InputDescription(null, 0, convolution, DecoderFunctions.Identity), null, null);
        Interval v = OperatorEnclosure.Of(model, InputRange.Uniform(model, 1, 2)).Layers[0].CellInput[0];
        Assert.Equal((1.0, 6.0), (Math.Round(v.Low, 12), Math.Round(v.High, 12)));
        Assert.Equal([1, 3], OperatorTrace.Of(model, [1, 1]).Layers[0].CellInput);
    }

    [Fact]
    public void A_norms_range_is_attained_by_a_row_with_one_number()
    {
        var norm = new LayerNormDescription([1, 1, 1], [0, 0, 0], 1e-12);
        OperatorDescription model = Model(InputDescription.None, norm, null, width: 3);
        double[] v = OperatorTrace.Of(model, [0, 0, 1e3]).Layers[0].CellInput;
        Interval range = OperatorEnclosure.Of(model, null).Layers[0].CellInput[2];

        // sqrt 2; epsilon takes 1e-18 of it, and some roundings are made.
        Assert.InRange(range.High - v[2], -1e-14, 1e-14);
    }

    [Fact]
    public void No_bound_is_proven_behind_a_norm_that_an_error_enters()
    {
        OperatorDescription model = Model(InputDescription.None, null, new LayerNormDescription([1, 1], [0, 0], 1e-2), width: 2);
        TruncationBound bound = OperatorBounds.Of(OperatorEnclosure.Of(model, InputRange.Uniform(model, -1, 1)), OperatorExpansion.Taylor(model, 2)).Greatest;
        Assert.Null(bound.Value);
        Assert.Contains("normalisation behind", bound.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_readout_whose_rounding_crosses_the_condition_is_not_proven_inside()
    {
        var layer = new LayerDescription { Width = 1, Recurrence = ModeBank.PerChannel(1, [new(0.3, 0.1)], null), Decoder = DecoderFunctions.Tanh };
        var model = new OperatorDescription { Architecture = "test", Order = 1, InputWidth = 1, Layers = [layer] };
        double[] input = [0.7, 0.9];
        Interval o = EnclosedTrace.Of(model, input).Readouts(0)[1];
        Assert.True(o.Width > 0);
        Assert.False(new ReadoutCondition([[new Interval(-1, o.Midpoint)]]).StaysInside(model, input).Inside);
        Assert.True(new ReadoutCondition([[new Interval(-1, o.High)]]).StaysInside(model, input).Inside);
    }

    [Fact]
    public void A_condition_is_taken_together_with_the_inputs_range()
    {
        OperatorDescription model = Model(InputDescription.None, null, null);
        InputRange range = InputRange.Uniform(model, -1, 1);
        LayerEnclosure both = OperatorEnclosure.Of(model, range, null, ReadoutCondition.Uniform(model, -0.5, 100)).Layers[0];
        Interval free = OperatorEnclosure.Of(model, range).Layers[0].Readouts[0];
        Assert.Equal(new Interval(-0.5, free.High), both.Readouts[0]);
    }

    [Fact]
    public void The_error_inside_of_a_gate_counts_beside_that_of_its_polynomial()
    {
        // r = 8 sigma(tanh o), o in [-2, 2]; of order 1 it is 8 (1/2 + o / 4). At o = 2 the change is 8 (1 - sigma(tanh 2)) = 2.2087, of which the gate's
        // polynomial makes 8 (1 - sigma(2)) = 0.954 only. Apart, the two are at most 8 (0.1192 + 1.036 / 4) = 3.026, 2 % of the first added.
        var mixing = new LinearDescription(1, 2, [0, 1], [8, 0]);
        var layer = new LayerDescription
        {
            Width = 1,
            Recurrence = ModeBank.PerChannel(1, [new(0.0, 1.0)], null),
            Decoder = DecoderFunctions.Tanh,
            Mixing = mixing,
            Glu = new GluDescription(DecoderFunctions.Sigmoid),
        };
        var model = new OperatorDescription { Architecture = "test", Order = 1, InputWidth = 1, Layers = [layer] };
        double bound = OperatorBounds.Of(OperatorEnclosure.Of(model, InputRange.Uniform(model, -2, 2)), OperatorExpansion.Taylor(model, 1)).Greatest.Value!.Value;
        Assert.InRange(bound, 8 * (1 - (1 / (1 + Math.Exp(-Math.Tanh(2))))), 3.05);
    }

    private static BigRational Exact(double x) => BigRational.FromDouble(x);

    private static OperatorDescription Model(InputDescription input, NormDescription? before, NormDescription? after, int width = 1)
    {
        Wave[] waves = [.. Enumerable.Repeat(new Wave(0.5, 1.0), width)];
        var layer = new LayerDescription
        {
            Name = "l",
            Width = width,
            PreNorm = before,
            Input = input,
            Recurrence = ModeBank.PerChannel(1, waves, null),
            Decoder = DecoderFunctions.Tanh,
            PostNorm = after,
        };
        return new OperatorDescription { Architecture = "test", Order = 2, InputWidth = width, Layers = [layer] };
    }
}
