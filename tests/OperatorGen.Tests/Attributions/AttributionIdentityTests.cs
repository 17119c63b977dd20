using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Tests.Contributions;
using Xunit;

namespace OperatorGen.Tests.Attributions;

/// <summary>score = silent score + waves, and whatever the waves' parts are summed by.</summary>
public sealed class AttributionIdentityTests
{
    [Fact]
    public void Waves_and_the_silent_score_are_the_score_for_random_operators()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Holds(RandomOperator.Draw(seed), seed);
        }
    }

    [Fact]
    public void They_are_so_where_readouts_share_their_modes()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Holds(RandomOperator.DrawShared(seed), seed);
        }
    }

    [Fact]
    public void They_are_so_for_several_readouts_per_channel()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            Holds(RandomOperator.DrawReadouts(seed), seed);
        }
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void They_are_so_where_modes_run_in_both_directions(bool shared, int delay)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Holds(RandomOperator.Draw(seed) with { Shared = shared, Backward = delay }, seed);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void They_are_so_where_states_mix(bool shared)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Holds(RandomOperator.Draw(seed) with { Shared = shared, Blocks = true }, seed);
        }
    }

    [Fact]
    public void A_rectifier_needs_no_expansion()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Holds(RandomOperator.Draw(seed) with { Decoder = "relu" }, seed);
        }
    }

    [Fact]
    public void A_difference_of_scores_is_the_difference_of_the_attributions()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            RandomOperator random = RandomOperator.Draw(seed) with { Head = 3 };
            InputAttributions input = new OperatorAttributor(random.Create()).Of(random.Input(20));
            ScoreAttribution first = input.Attribute(2);
            ScoreAttribution second = input.Attribute(0);
            ScoreAttribution both = input.Attribute(2, 0);
            double size = first.Magnitude + second.Magnitude;
            Assert.Equal(first.Exact - second.Exact, both.Exact, 1e-12 * (1 + size));
            for (int wave = 0; wave < both.Waves.Count; wave++)
            {
                // Two integrals and one, each within 1e-10 of its sum of magnitudes.
                Assert.Equal(first.Waves[wave] - second.Waves[wave], both.Waves[wave], 2e-10 * size);
            }
        }
    }

    // The parts of the model's samples and the rows sum to the score; of the first layer they are the parts of its own input.
    private static void ThroughAllLayers(ScoreAttribution attribution, InputTimeAttribution own, int layer, OperatorDescription operators, string what)
    {
        InputTimeAttribution all = attribution.ByModelInput();
        Assert.Equal(AttributedInput.Model, all.Of);
        Assert.Equal(operators.InputWidth, all.Width);
        double sizes = all.Values.Sum(Math.Abs) + all.Rows.Sum(row => Math.Abs(row.Contribution)) + attribution.Magnitude + own.Values.Sum(Math.Abs);
        double gates = operators.Layers.Take(layer + 1).Any(one => one.Gates > 0) ? 1e-9 : 1e-12; // integrals of every layer, each within 1e-10
        double sum = all.Values.Sum() + all.Rows.Sum(row => row.Contribution);
        Assert.True(Math.Abs(sum - attribution.Exact) <= gates * sizes, $"{what}: through all layers {sum}, not {attribution.Exact}; sizes {sizes}");
        if (layer == 0 && !operators.Layers[0].Residual)
        {
            Assert.Equal(own.Values, all.Values);
        }
    }

    private static void Holds(RandomOperator random, int seed)
    {
        OperatorDescription operators = random.Create();
        double[] input = random.Input(1 + (seed * 7 % 60));
        for (int layer = 0; layer < operators.Layers.Count; layer++)
        {
            var attributor = new OperatorAttributor(operators, layer);
            InputAttributions of = attributor.Of(input);
            double[] scores = TracedScores.Of(operators, layer, input);
            double tolerance = operators.Layers[layer].Gates == 0 ? 1e-12 : 1e-10;
            Assert.Equal(scores.Length, of.Count);
            for (int score = 0; score < of.Count; score++)
            {
                ScoreAttribution attribution = of.Attribute(score);
                string what = $"{random}, layer {layer}, score {score}";
                double most = tolerance * (attribution.Magnitude + attribution.Constants.Sum(part => Math.Abs(part.Contribution)));
                void Near(double expected, double actual, string name, double more = 0) =>
                    Assert.True(Math.Abs(expected - actual) <= most + more, $"{what}: {name} {actual}, not {expected}; magnitude {attribution.Magnitude}");
                Near(scores[score], attribution.Exact, "score");
                Near(0, attribution.Gap, "gap");
                Near(scores[score], of.Scores()[score], "score of all");
                double sum = attribution.Waves.Sum();
                Near(scores[score], attribution.Silent + sum, "silent and waves");
                Near(sum, attribution.ByReadout().Sum() + attribution.ByGate().Sum(), "readouts");
                Near(sum, attribution.ByReadoutTime().Sum(), "times of the readouts");
                InputTimeAttribution samples = attribution.ByInputTime();

                // Samples can be far larger than the waves that they cancel in: rounding is that of their own sizes.
                double sizes = 1e-12 * (samples.Values.Sum(Math.Abs) + samples.Rows.Sum(row => Math.Abs(row.Contribution)));
                Near(sum, samples.Values.Sum() + samples.Rows.Sum(row => row.Contribution), "samples", sizes);
                Near(samples.Values.Sum(), samples.ByTime().Sum(), "times of the input", sizes);
                Assert.Equal(attributor.WaveCount, attribution.Waves.Count);
                Assert.Equal(layer == 0 ? AttributedInput.Model : AttributedInput.Layer, samples.Of);
                ThroughAllLayers(attribution, samples, layer, operators, what);
                (var strongest, double others) = attribution.Strongest(3);
                Near(sum, strongest.Sum(wave => wave.Value) + others, "strongest and the others");
            }
        }
    }
}
