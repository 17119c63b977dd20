using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Tests.Contributions;

/// <summary>Contributions of modes whose states mix.</summary>
public sealed class BlockTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void The_terms_add_up_to_the_score_and_the_bias_is_split_off(bool shared, bool glu)
    {
        RandomOperator random = new() { Seed = 3, Shared = shared, Blocks = true, Channels = 9, Modes = 5, Mixing = glu, Glu = glu, Decoder = "tanh" };
        OperatorDescription operators = random.Create();
        double[] input = random.Input(150);
        InputContributions contributions = new OperatorExplainer(operators).Of(input);
        ScoreExplanation explanation = contributions.Explain(1, 100_000);
        Assert.InRange(Math.Abs(explanation.Deviation), 0, 1e-12 * explanation.Magnitude);

        // What is due to the bias is what the same terms come to with a silent input.
        ScoreExplanation silent = new OperatorExplainer(operators).Of(new double[input.Length]).Explain(1, 100_000);
        foreach (ContributionTerm term in explanation.Strongest.Where(term => term.Order == 1 && term.Factors[0].Kind is WaveKind.Mode or WaveKind.Oscillator))
        {
            double expected = silent.Strongest.Single(other => other.Factors.SequenceEqual(term.Factors)).Contribution;

            // 150 steps of sums of at most ten products.
            Assert.Equal(expected, term.OfBias, 1e-12 * explanation.Magnitude);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_waves_of_a_block_have_no_frequencies_and_the_reason_is_given(bool shared)
    {
        RandomOperator random = new() { Shared = shared, Blocks = true, Modes = 5, Channels = 2 };
        OperatorDescription operators = random.Create();
        ModeBank bank = operators.Layers[^1].Bank!;
        InputContributions contributions = new OperatorExplainer(operators).Of(random.Input(20));
        ContributionTerm[] pairs = [.. contributions.Explain(0, 10_000).Strongest.Where(InputContributions.IsPair)];
        Assert.Contains(pairs, pair => contributions.InteractionObstacle(pair) is null);
        Assert.Contains(pairs, pair => contributions.InteractionObstacle(pair) is not null);
        foreach (ContributionTerm pair in pairs)
        {
            bool inBlock = pair.Factors.Any(factor => bank.BlockOf(bank.ModeOf(factor.Channel, factor.Mode)) is not null);
            if (!inBlock)
            {
                Assert.Null(contributions.InteractionObstacle(pair));
                Assert.Equal(pair.Contribution, contributions.Interaction(pair).Sum.Contribution + contributions.Interaction(pair).Difference.Contribution, 1e-12 * contributions.Explain(0).Magnitude);
                continue;
            }

            InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => contributions.Interaction(pair));
            Assert.Contains("is part of a block of modes whose states mix", refusal.Message, StringComparison.Ordinal);
        }
    }
}
