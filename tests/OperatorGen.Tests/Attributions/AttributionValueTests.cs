using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tests.Contributions;
using Xunit;

namespace OperatorGen.Tests.Attributions;

/// <summary>What single waves and samples get, beside plain computations of the definition.</summary>
public sealed class AttributionValueTests
{
    public static TheoryData<string> Decoders => [.. DecoderFunctions.All.Select(function => function.Name), "polynomial(3000, 3/4, -1/5, 1/7)"];

    /// <summary>The integral along the path, of a derivative that is taken numerically: midpoints of 2,000 intervals err by some 1e-7 here, and central differences by 1e-8.</summary>
    [Theory]
    [MemberData(nameof(Decoders))]
    public void A_wave_gets_the_integral_of_the_slope_along_the_path(string decoder)
    {
        foreach ((bool glu, string? gate) in new[] { (false, null), (true, null), (false, "silu") })
        {
            RandomOperator random = new() { Seed = 4, Channels = 2, Modes = 1, Decoder = decoder, Glu = glu, Mixing = glu, Gate = gate, Head = 2, Encoder = true };
            OperatorDescription operators = random.Create();
            LayerDescription layer = operators.Layers[0];
            double[] input = [.. random.Input(3).Select(x => 3 * x)];
            ScoreAttribution attribution = new OperatorAttributor(operators).Of(input).Attribute(1);
            LayerTrace trace = OperatorTrace.Of(operators, input).Layers[0];
            for (int wave = 0; wave < attribution.Waves.Count; wave++)
            {
                WaveFactor factor = new OperatorAttributor(operators).Factors()[wave];
                double[] series = Series(layer, trace, factor);
                double expected = Enumerable.Range(0, 3).Sum(t => series[t] * MeanSlope(operators, trace, t, factor) / 3);
                Assert.Equal(expected, attribution.Waves[wave], 1e-6 * (1 + attribution.Magnitude));
            }
        }
    }

    /// <summary>Readouts of some hundred, where the gates turn in a small part of the path.</summary>
    [Fact]
    public void Gates_of_large_readouts_are_resolved()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            RandomOperator random = new() { Seed = seed, Channels = 6, Modes = 4, Glu = true, Mixing = true, ReadsReadouts = seed % 3 == 0, Decoder = seed % 2 == 0 ? "gelu-erf" : "relu" };
            OperatorDescription operators = random.Create();
            double[] input = [.. random.Input(9).Select(x => 400 * x)];
            foreach (int score in new[] { 0, 3 })
            {
                ScoreAttribution attribution = new OperatorAttributor(operators).Of(input).Attribute(score);
                Assert.True(Math.Abs(attribution.Gap) <= 1e-10 * attribution.Magnitude, $"seed {seed}: {attribution.Gap} of {attribution.Magnitude}");
            }
        }
    }

    [Fact]
    public void A_rectifier_at_its_corner_gives_half()
    {
        // Two waves that cancel: o = 1 - 1 = 0 at all times.
        ModeBank bank = ModeBank.PerChannel(1, [default, default], [new(1, 0), new(-1, 0)], null);
        var operators = new OperatorDescription
        {
            Architecture = "test",
            Order = 1,
            InputWidth = 1,
            Pooling = Pooling.Mean,
            Layers = [new LayerDescription { Width = 1, Recurrence = bank, Decoder = DecoderFunctions.Relu }],
        };
        ScoreAttribution attribution = new OperatorAttributor(operators).Of(new double[] { 1, 1 }).Attribute(0);
        Assert.Equal([0.5, -0.5], attribution.Waves);
        Assert.Equal(0, attribution.Exact);
    }

    /// <summary>A linear model: a sample gets what the score loses without it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sample_of_a_linear_model_gets_what_is_lost_without_it(bool shared)
    {
        RandomOperator random = new() { Seed = 8, Channels = 3, Modes = 4, Decoder = "identity", Shared = shared, Backward = 1, Blocks = true, Mixing = true, Gate = null };
        OperatorDescription operators = random.Create();
        double[] input = random.Input(11);
        var attributor = new OperatorAttributor(operators);
        ScoreAttribution attribution = attributor.Of(input).Attribute(2);
        InputTimeAttribution samples = attribution.ByInputTime();
        for (int i = 0; i < input.Length; i++)
        {
            double[] without = [.. input];
            without[i] = 0;
            Assert.Equal(attribution.Exact - attributor.Of(without).Attribute(2).Exact, samples.Values[i], 1e-12 * attribution.Magnitude);
        }

        Assert.Equal(["bias of the encoder"], samples.Rows.Select(row => row.Name));
    }

    /// <summary>Linear layers with residual paths: a sample of the model's input gets what the score loses without it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sample_gets_what_is_lost_without_it_through_all_linear_layers(bool shared)
    {
        RandomOperator random = new() { Seed = 9, Channels = 3, Modes = 4, Layers = 3, Residual = true, Decoder = "identity", Shared = shared, Mixing = true, Gate = null, Head = 2 };
        OperatorDescription operators = random.Create();
        double[] input = random.Input(11);
        var attributor = new OperatorAttributor(operators);
        ScoreAttribution attribution = attributor.Of(input).Attribute(1);
        InputTimeAttribution samples = attribution.ByModelInput();
        double sizes = samples.Values.Sum(Math.Abs) + samples.Rows.Sum(row => Math.Abs(row.Contribution));
        for (int i = 0; i < input.Length; i++)
        {
            double[] without = [.. input];
            without[i] = 0;
            Assert.Equal(attribution.Exact - attributor.Of(without).Attribute(1).Exact, samples.Values[i], 1e-12 * sizes);
        }

        Assert.DoesNotContain(samples.Rows, row => row.Name == "residual stream");
    }

    /// <summary>Layers whose cells hear the mean of the last two samples: the parts still sum to the score, and what is linear is what is lost.</summary>
    [Theory]
    [InlineData("identity")]
    [InlineData("gelu-erf")]
    public void Convolutions_before_the_cells_are_passed(string decoder)
    {
        RandomOperator random = new() { Seed = 12, Channels = 3, Modes = 4, Layers = 2, Residual = true, Decoder = decoder, Gate = null, Head = 2 };
        OperatorDescription plain = random.Create();
        var mean = new InputDescription(null, 0, new ConvolutionDescription(3, 2, [0.5, 0.5, 0.5, 0.25, 0.5, 0.75], [0.1, -0.2, 0.3]), DecoderFunctions.Identity);
        OperatorDescription operators = plain with { Layers = [.. plain.Layers.Select(layer => layer with { Input = mean })] };
        double[] input = random.Input(9);
        var attributor = new OperatorAttributor(operators);
        ScoreAttribution attribution = attributor.Of(input).Attribute(1);
        InputTimeAttribution samples = attribution.ByModelInput();
        double sizes = samples.Values.Sum(Math.Abs) + samples.Rows.Sum(row => Math.Abs(row.Contribution));
        Assert.Equal(attribution.Exact, samples.Values.Sum() + samples.Rows.Sum(row => row.Contribution), 1e-12 * sizes);
        Assert.Contains(samples.Rows, row => row.Name == "layer 0: bias of the convolution");
        for (int i = 0; decoder == "identity" && i < input.Length; i++)
        {
            double[] without = [.. input];
            without[i] = 0;
            Assert.Equal(attribution.Exact - attributor.Of(without).Attribute(1).Exact, samples.Values[i], 1e-12 * sizes);
        }
    }

    [Fact]
    public void A_function_before_the_cells_ends_the_way_to_the_input()
    {
        RandomOperator random = new() { Seed = 13, Channels = 3, Layers = 2 };
        OperatorDescription plain = random.Create();
        OperatorDescription operators = plain with { Layers = [plain.Layers[0], plain.Layers[1] with { Input = InputDescription.None with { Activation = DecoderFunctions.Silu } }] };
        ScoreAttribution attribution = new OperatorAttributor(operators).Of(random.Input(5)).Attribute(0);
        Assert.Equal(AttributedInput.Cells, attribution.ByInputTime().Of);
        Assert.StartsWith("Layer 1 of 2 (", Assert.Throws<InvalidOperationException>(attribution.ByModelInput).Message, StringComparison.Ordinal);
        Assert.Equal(AttributedInput.Model, new OperatorAttributor(operators, 0).Of(random.Input(5)).Attribute(0).ByModelInput().Of);
    }

    /// <summary>Two layers x + g(K x) with g(o) = o + o^2, whose mean slope is 1 + o: the chain of both, written out for two steps.</summary>
    [Fact]
    public void Mean_slopes_of_the_layers_are_chained()
    {
        RandomOperator random = new() { Seed = 3, Inputs = 1, Encoder = false, Channels = 1, Layers = 2, Residual = true, Decoder = "polynomial(0, 1, 1)", Pooled = false, Head = 0 };
        OperatorDescription operators = random.Create();
        double[] input = [0.7, -0.4];
        InputTimeAttribution samples = new OperatorAttributor(operators).Of(input).Attribute(0).ByModelInput();
        var trace = OperatorTrace.Of(operators, input);
        double[][] kernels = [.. operators.Layers.Select(layer => ModeSeries.Readouts(layer.Bank!, [1, 0], 2))];
        double Slope(int layer, int t) => 1 + trace.Layers[layer].Readouts[t];
        double[] second = [Slope(1, 1) * kernels[1][1], 1 + (Slope(1, 1) * kernels[1][0])];
        double[] first = [(second[0] * (1 + (Slope(0, 0) * kernels[0][0]))) + (second[1] * Slope(0, 1) * kernels[0][1]), second[1] * (1 + (Slope(0, 1) * kernels[0][0]))];
        Assert.Equal(first[0] * input[0], samples.Values[0], 1e-14);
        Assert.Equal(first[1] * input[1], samples.Values[1], 1e-14);
        Assert.Equal(trace.Outputs[1], samples.Values.Sum(), 1e-14);
        Assert.Empty(samples.Rows);
    }

    [Fact]
    public void Concentration_counts_the_strongest_waves()
    {
        RandomOperator random = new() { Seed = 2, Channels = 5, Modes = 4 };
        ScoreAttribution attribution = new OperatorAttributor(random.Create()).Of(random.Input(30)).Attribute(0);
        double[] sizes = [.. attribution.Waves.Select(Math.Abs).OrderDescending()];
        int count = attribution.Concentration();
        Assert.True(sizes.Take(count).Sum() >= 0.9 * sizes.Sum());
        Assert.True(sizes.Take(count - 1).Sum() < 0.9 * sizes.Sum());
        Assert.Equal(0, attribution.Concentration(0));
        Assert.Equal(sizes.Count(size => size > 0), attribution.Concentration(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => attribution.Concentration(1.1));
    }

    [Fact]
    public void Scores_steps_and_layers_are_checked()
    {
        RandomOperator random = new() { Inputs = 2, Head = 4, Pooled = false };
        var attributor = new OperatorAttributor(random.Create());
        Assert.Throws<ArgumentException>(() => attributor.Of(ReadOnlySpan<double>.Empty));
        Assert.Throws<ArgumentException>(() => attributor.Of(new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => attributor.Of(new double[4], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => attributor.Of(new double[4]).Attribute(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => attributor.Of(new double[4]).Attribute(0, -1));
        Assert.Throws<ArgumentException>(() => attributor.Of(new double[4]).Attribute(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OperatorAttributor(random.Create(), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => attributor.Of(new double[4]).Attribute(0).Strongest(-1));
    }

    private static double[] Series(LayerDescription layer, LayerTrace trace, WaveFactor factor) => factor.Kind switch
    {
        WaveKind.Mode => ModeSeries.Wave(layer.Bank!, factor.Channel, factor.Mode, trace.CellInput, layer.Bank!.Inputs, 3),
        WaveKind.Skip => [.. Enumerable.Range(0, 3).Select(t => layer.Skip(factor.Channel) * trace.CellInput[(t * 2) + factor.Channel])],
        WaveKind.Gate => [.. Enumerable.Range(0, 3).Select(t => trace.GateArguments[(t * 2) + factor.Channel])],
        _ => throw new ArgumentOutOfRangeException(nameof(factor)),
    };

    // The mean over the path of the derivative of sum_i eta_i r_i by one argument, eta being the head's row.
    private static double MeanSlope(OperatorDescription operators, LayerTrace trace, int t, WaveFactor factor)
    {
        const int Parts = 2000;
        const double Step = 1e-7;
        LayerDescription layer = operators.Layers[0];
        double[] o = trace.Readouts[(2 * t)..((2 * t) + 2)];
        double[] z = layer.Gate is null ? [] : trace.GateArguments[(2 * t)..((2 * t) + 2)];
        double sum = 0;
        for (int k = 0; k < Parts; k++)
        {
            double a = (k + 0.5) / Parts;
            sum += (Value(a, Step) - Value(a, -Step)) / (2 * Step) / Parts;
        }

        return sum;

        double Value(double a, double shift)
        {
            double[] arguments = [.. o.Concat(z).Select(x => a * x)];
            arguments[factor.Channel + (factor.Kind == WaveKind.Gate ? 2 : 0)] += shift;
            double[] h = [layer.Decoder.Value(arguments[0]), layer.Decoder.Value(arguments[1])];
            if (layer.Gate is { } gate)
            {
                h = [h[0] * gate.Value(arguments[2]), h[1] * gate.Value(arguments[3])];
            }

            if (layer.Mixing is { } mixing)
            {
                var mixed = new double[mixing.Outputs];
                mixing.Apply(h, mixed);
                h = layer.Glu is null ? mixed : [mixed[0] * layer.Glu.Gate.Value(mixed[2]), mixed[1] * layer.Glu.Gate.Value(mixed[3])];
            }

            return (operators.Head!.Weight(1, 0) * h[0]) + (operators.Head.Weight(1, 1) * h[1]);
        }
    }
}
