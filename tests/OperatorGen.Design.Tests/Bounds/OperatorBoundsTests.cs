using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Design.Tests.Bounds;

/// <summary>Bounds of whole operators: several layers, gate streams, conditions, and where none is proven.</summary>
public sealed class OperatorBoundsTests
{
    [Fact]
    public void An_exact_expansion_changes_nothing_however_far_the_readouts_go()
    {
        // A wave that does not decay: its readout is not bounded.
        ModeBank waves = ModeRows.PerChannel(1, 1, false, [1], null, [1], null);
        var layer = new LayerDescription { Width = 1, Recurrence = waves, Decoder = DecoderFunctions.Find("polynomial(0, 1, 1/2)")! };
        var operators = new OperatorDescription { Architecture = "test", Order = 2, InputWidth = 1, Layers = [layer] };
        OperatorEnclosure enclosure = OperatorEnclosure.Of(operators, InputRange.Uniform(operators, -1, 1));
        Assert.Equal(0, OperatorBounds.Of(enclosure, OperatorExpansion.Taylor(operators, 2)).Greatest.Value);
        Assert.Null(OperatorBounds.Of(enclosure, OperatorExpansion.Taylor(operators, 1)).Greatest.Value);
    }

    [Fact]
    public void No_input_exceeds_the_bounds_of_several_layers_or_of_gate_streams()
    {
        var random = new Random(31);
        for (int trial = 0; trial < 16; trial++)
        {
            OperatorDescription model = Deep(random, trial % 4 < 2 ? 2 : 1, gate: trial % 2 == 1, norms: false);
            OperatorExpansion expansion = OperatorExpansion.Taylor(model, 1 + (trial % 4));
            InputRange range = InputRange.Uniform(model, -0.3, 0.4);
            var enclosure = OperatorEnclosure.Of(model, range, 24);
            var bounds = OperatorBounds.Of(enclosure, expansion);
            Assert.Null(bounds.Reason);
            for (int i = 0; i < 40; i++)
            {
                double[] input = [.. Enumerable.Range(0, random.Next(1, 25)).Select(_ => i % 2 == 0 ? random.Between(-0.3, 0.4) : random.Next(2) == 0 ? -0.3 : 0.4)];
                AssertInside(bounds, input);
                EnclosedTrace exact = EnclosedTrace.Of(model, input);
                Assert.All(exact.Outputs, (o, k) => Assert.True(enclosure.Outputs[k % model.OutputWidth].Intersects(o)));
            }
        }
    }

    [Fact]
    public void A_condition_narrows_the_bound_and_holds_for_every_input_that_stays_inside()
    {
        var random = new Random(32);
        int inside = 0;
        int outside = 0;
        for (int trial = 0; trial < 20; trial++)
        {
            OperatorDescription model = BoundModels.Create(random, 3, 4, DecoderFunctions.Find("gelu-erf")!, trial % 3 == 0, trial % 2 == 0, 2);
            OperatorExpansion expansion = OperatorExpansion.Taylor(model, 3);
            InputRange range = InputRange.Uniform(model, -1, 1);
            var free = OperatorEnclosure.Of(model, range, 30);
            var condition = new ReadoutCondition([[.. free.Layers[0].Readouts.Select(o => new Interval(o.Low / 2, o.High / 2))]]);
            var bounds = OperatorBounds.Of(OperatorEnclosure.Of(model, range: null, condition: condition), expansion);
            Assert.True(bounds.Greatest.Value <= OperatorBounds.Of(free, expansion).Greatest.Value);
            for (int i = 0; i < 40; i++)
            {
                double[] input = [.. Enumerable.Range(0, 30 * model.InputWidth).Select(_ => random.Between(-1, 1) * i / 20)];
                ConditionCheck check = condition.StaysInside(model, input);
                double[] readouts = OperatorTrace.Of(model, input).Layers[0].Readouts;
                int first = Array.FindIndex([.. readouts.Select((o, k) => condition[0][k % 3].Contains(o))], stays => !stays);
                Assert.Equal(first, check.Exit is { } exit ? (exit.Step * 3) + exit.Channel : -1);
                if (check.Inside)
                {
                    inside++;
                    AssertInside(bounds, input);
                }
                else
                {
                    outside++;
                }
            }
        }

        Assert.True(inside > 50 && outside > 50, $"{inside} inside, {outside} outside");
    }

    [Fact]
    public void Where_nothing_is_proven_the_bound_is_null_with_its_reason()
    {
        var random = new Random(33);
        OperatorDescription norms = Deep(random, 2, gate: false, norms: true);
        AssertNone("normalisation", norms, InputRange.Uniform(norms, -1, 1), 10);

        // A norm before the only layer is exact: its error is that of the decoder, on readouts that the norm bounds whatever the input is.
        OperatorDescription first = Deep(random, 1, gate: false, norms: true);
        Assert.NotNull(OperatorBounds.Of(OperatorEnclosure.Of(first, null, 10), OperatorExpansion.Taylor(first, 2)).Greatest.Value);

        OperatorDescription plain = Deep(random, 1, gate: false, norms: false);
        AssertNone("its input has no range", plain, null, 10);
        OperatorDescription growing = Single(new Wave(1.0, 1.0));
        AssertNone("|lambda| >= 1", growing, InputRange.Uniform(growing, -1, 1), null);
        Assert.NotNull(OperatorBounds.Of(OperatorEnclosure.Of(growing, InputRange.Uniform(growing, -1, 1), 5), OperatorExpansion.Taylor(growing, 2)).Greatest.Value);
    }

    [Fact]
    public void A_bound_beyond_the_range_of_doubles_is_none()
    {
        // 2 - tanh 2 > 1, times 1e308 twice.
        var layer = new LayerDescription
        {
            Width = 2,
            Recurrence = ModeBank.PerChannel(1, [new(0.5, 1.0), new(0.5, 1.0)], null),
            Decoder = DecoderFunctions.Find("tanh")!,
        };
        var twice = new OperatorDescription
        {
            Architecture = "test",
            Order = 1,
            InputWidth = 1,
            Encoder = new LinearDescription(1, 2, [1, 1], null),
            Layers = [layer],
            Head = new LinearDescription(2, 1, [1e308, 1e308], null),
        };
        AssertNone("beyond the range of doubles", twice, InputRange.Uniform(twice, -1, 1), null, 1);
    }

    [Fact]
    public void The_error_of_a_single_readout_is_the_remainder_at_the_end_of_its_range()
    {
        // o in [-2, 2], tanh(o) - o is largest at the ends: 2 - tanh 2.
        OperatorDescription model = Single(new Wave(0.5, 1.0));
        var bounds = OperatorBounds.Of(OperatorEnclosure.Of(model, InputRange.Uniform(model, -1, 1)), OperatorExpansion.Taylor(model, 1));
        double remainder = 2 - Math.Tanh(2);
        Assert.InRange(bounds[0].Value!.Value, remainder, remainder * 1.02 + 1e-9); // the polynomial's bound may be 2 % above the maximum
    }

    [Fact]
    public void An_evaluation_with_every_rounding_accounted_for_contains_the_one_in_double_and_is_narrow()
    {
        var random = new Random(34);
        for (int trial = 0; trial < 12; trial++)
        {
            OperatorDescription model = Deep(random, 2, gate: trial % 2 == 0, norms: trial % 3 == 0);
            double[] input = [.. Enumerable.Range(0, 50).Select(_ => random.Between(-1, 1))];
            foreach (OperatorExpansion? expansion in new[] { null, OperatorExpansion.Taylor(model, 3) })
            {
                double[] plain = OperatorTrace.Of(model, input, expansion).Outputs;
                EnclosedTrace enclosed = EnclosedTrace.Of(model, input, expansion);
                for (int k = 0; k < plain.Length; k++)
                {
                    // The enclosure holds the real number; the double may lie outside of it by its own rounding, which is not larger than the enclosure's.
                    Interval o = enclosed.Outputs[k];
                    Assert.InRange(plain[k], o.Low - o.Width, o.High + o.Width);
                    Assert.InRange(o.Width, 0, 1e-10 * (1 + o.Magnitude));
                }
            }
        }
    }

    private static void AssertInside(OperatorBounds bounds, double[] input)
    {
        OperatorDescription model = bounds.Enclosure.Operator;
        EnclosedTrace exact = EnclosedTrace.Of(model, input);
        EnclosedTrace truncated = EnclosedTrace.Of(model, input, bounds.Expansion);
        for (int k = 0; k < exact.Outputs.Count; k++)
        {
            Interval error = truncated.Outputs[k] - exact.Outputs[k];
            Assert.True(bounds.Errors![k % model.OutputWidth].Intersects(error), $"{error} is outside of {bounds.Errors[k % model.OutputWidth]}");
        }
    }

    private static void AssertNone(string reason, OperatorDescription model, InputRange? range, int? length, int order = 2)
    {
        TruncationBound bound = OperatorBounds.Of(OperatorEnclosure.Of(model, range, length), OperatorExpansion.Taylor(model, order)).Greatest;
        Assert.Null(bound.Value);
        Assert.Contains(reason, bound.Reason, StringComparison.Ordinal);
    }

    private static OperatorDescription Single(Wave wave)
    {
        var layer = new LayerDescription { Width = 1, Recurrence = ModeBank.PerChannel(1, [wave], null), Decoder = DecoderFunctions.Find("tanh")! };
        return new OperatorDescription { Architecture = "test", Order = 1, InputWidth = 1, Layers = [layer] };
    }

    private static OperatorDescription Deep(Random random, int count, bool gate, bool norms)
    {
        const int Width = 3;
        var layers = new List<LayerDescription>();
        for (int l = 0; l < count; l++)
        {
            Wave[] waves = [.. Enumerable.Range(0, Width * 3).Select(_ => BoundModels.Wave(random, 0.5))];
            var projection = new LinearDescription(Width, 2 * Width, Numbers(random, 2 * Width * Width, 0.5), Numbers(random, 2 * Width, 0.2));
            var convolution = new ConvolutionDescription(Width, 2, Numbers(random, 2 * Width, 1), null);
            layers.Add(new LayerDescription
            {
                Name = "l",
                Width = Width,
                PreNorm = norms ? new LayerNormDescription(Numbers(random, Width, 1), Numbers(random, Width, 1), 1e-2) : null,
                Input = gate ? new InputDescription(projection, Width, convolution, DecoderFunctions.Find("silu")!) : InputDescription.None,
                Recurrence = ModeBank.PerChannel(3, waves, null),
                Decoder = DecoderFunctions.Find("tanh")!,
                Gate = gate ? DecoderFunctions.Find("silu")! : null,
                Mixing = gate ? new LinearDescription(Width, Width, Numbers(random, Width * Width, 0.7), null) : null,
                Residual = true,
            });
        }

        return new OperatorDescription
        {
            Architecture = "test",
            Order = 3,
            InputWidth = 1,
            Pooling = Pooling.Mean,
            Encoder = new LinearDescription(1, Width, Numbers(random, Width, 1), null),
            Layers = layers,
            Head = new LinearDescription(Width, 2, Numbers(random, 2 * Width, 1), null),
        };
    }

    private static double[] Numbers(Random random, int count, double size) => [.. Enumerable.Range(0, count).Select(_ => random.Between(-size, size))];
}
