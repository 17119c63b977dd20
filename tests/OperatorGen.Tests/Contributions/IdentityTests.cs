using System;
using System.Linq;
using OperatorGen.Analysis;
using Xunit;

namespace OperatorGen.Tests.Contributions;

/// <summary>score = terms + remainder.</summary>
public sealed class IdentityTests
{
    [Fact]
    public void Terms_and_remainder_are_the_score_for_random_operators()
    {
        for (int seed = 0; seed < 120; seed++)
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
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    public void They_are_so_where_modes_run_in_both_directions(bool shared, int delay)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            RandomOperator random = RandomOperator.Draw(seed);
            Holds(random with { Shared = shared, Backward = delay, Readouts = random.Mixing ? 1 + (seed % 3) : 1 }, seed);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.7)]
    [InlineData(-1.3)]
    public void They_are_so_wherever_the_Taylor_polynomials_are_centred(double centre)
    {
        for (int seed = 300; seed < 330; seed++)
        {
            RandomOperator random = RandomOperator.Draw(seed) with { Layers = 1 };
            OperatorDescription operators = random.Create();
            double[] input = random.Input(40);
            InputContributions contributions = new OperatorExplainer(operators, OperatorExpansion.Taylor(operators, 4, centre)).Of(input);
            for (int score = 0; score < contributions.Count; score++)
            {
                Holds(contributions.Explain(score), TracedScores.Of(operators, 0, input)[score], $"{random}, score {score}");
            }
        }
    }

    [Fact]
    public void The_response_to_the_encoders_bias_is_what_a_silent_input_gives()
    {
        foreach ((bool pooled, bool shared, int? backward) in
            from pooled in new[] { true, false } from shared in new[] { true, false } from backward in new int?[] { null, 0, 1 } select (pooled, shared, backward))
        {
            foreach (int steps in new[] { 1, 2, 37, 64, 101 })
            {
                RandomOperator random = new() { Seed = steps, Channels = 5, Modes = 6, Pooled = pooled, Shared = shared, Backward = backward };
                var explainer = new OperatorExplainer(random.Create());
                ScoreExplanation silent = explainer.Of(new double[steps * random.Inputs]).Explain(0, 10_000);
                ScoreExplanation heard = explainer.Of(random.Input(steps)).Explain(0, 10_000);
                foreach (ContributionTerm term in heard.Strongest.Where(term => term.Order == 1))
                {
                    ContributionTerm same = silent.Strongest.Single(other => other.Factors.SequenceEqual(term.Factors));
                    Assert.Equal(same.Contribution, same.OfBias, 1e-12 * silent.Magnitude);
                    Assert.Equal(same.Contribution, term.OfBias, 1e-12 * silent.Magnitude);
                }

                Assert.NotEqual(0, heard.Waves.WavesOfBias);
            }
        }
    }

    [Fact]
    public void A_long_sequence_loses_nothing()
    {
        foreach (bool glu in new[] { false, true })
        {
            RandomOperator random = new() { Seed = 9, Channels = 9, Modes = 5, Glu = glu, Mixing = glu, Order = 3 };
            OperatorDescription operators = random.Create();
            double[] input = random.Input(5000);
            Holds(new OperatorExplainer(operators).Of(input).Explain(1), TracedScores.Of(operators, 0, input)[1], glu ? "GLU" : "per channel");
        }
    }

    [Fact]
    public void A_remainder_that_is_taken_from_another_polynomial_breaks_the_identity()
    {
        RandomOperator random = new() { Seed = 3 };
        OperatorDescription operators = random.Create();
        double[] input = random.Input(50);
        ScoreExplanation second = new OperatorExplainer(operators, OperatorExpansion.Taylor(operators, 2)).Of(input).Explain(0);
        ScoreExplanation third = new OperatorExplainer(operators, OperatorExpansion.Taylor(operators, 4)).Of(input).Explain(0);
        Assert.True(Math.Abs(second.Exact - second.Sum - third.Remainder) > 1e-6 * second.Magnitude);
    }

    private static void Holds(RandomOperator random, int seed)
    {
        OperatorDescription operators = random.Create();
        double[] input = random.Input(1 + (seed * 7 % 90));
        for (int layer = 0; layer < operators.Layers.Count; layer++)
        {
            InputContributions contributions = new OperatorExplainer(operators, null, layer).Of(input);
            double[] scores = TracedScores.Of(operators, layer, input);
            Assert.Equal(scores.Length, contributions.Count);
            for (int score = 0; score < contributions.Count; score++)
            {
                Holds(contributions.Explain(score), scores[score], $"{random}, layer {layer}, score {score}");
            }
        }
    }

    /// <summary>The bound: 1e-12 of the sum of |terms|, beside the exact evaluation that the analysis room has.</summary>
    private static void Holds(ScoreExplanation explanation, double score, string what)
    {
        Assert.True(Math.Abs(explanation.Deviation) <= 1e-12 * explanation.Magnitude, $"{what}: {explanation.Deviation} of {explanation.Magnitude}");
        double deviation = score - explanation.Sum - explanation.Remainder;
        Assert.True(Math.Abs(deviation) <= 1e-12 * explanation.Magnitude, $"{what}: {deviation} of {explanation.Magnitude} beside the trace");
    }
}
