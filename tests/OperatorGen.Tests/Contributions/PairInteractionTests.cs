using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Tests.Contributions;

/// <summary>Pairs of waves at the sum and at the difference of their frequencies.</summary>
public sealed class PairInteractionTests
{
    [Fact]
    public void The_two_halves_are_the_pair()
    {
        foreach ((bool glu, int? backward) in new (bool, int?)[] { (false, null), (true, null), (false, 0), (true, 1) })
        {
            RandomOperator random = new() { Seed = 11, Glu = glu, Mixing = glu, Backward = backward };
            OperatorDescription operators = random.Create();
            InputContributions contributions = new OperatorExplainer(operators).Of(random.Input(70));
            ContributionTerm[] pairs = [.. contributions.Explain(0, 1000).Strongest.Where(term => InputContributions.IsPair(term) && contributions.InteractionObstacle(term) is null)];
            Assert.True(pairs.Length > 15);
            foreach (ContributionTerm pair in pairs)
            {
                PairInteraction interaction = contributions.Interaction(pair);
                double parts = new[] { interaction.Sum, interaction.Difference }.Sum(half => Math.Abs(half.OfFirst) + Math.Abs(half.OfSecond) + Math.Abs(half.OfInput));
                double error = interaction.Sum.Contribution + interaction.Difference.Contribution - pair.Contribution;
                Assert.True(Math.Abs(error) <= 1e-12 * parts, $"{error} of {parts}");
                Wave first = interaction.First;
                Wave second = interaction.Second;
                Assert.Equal(first.Magnitude * second.Magnitude, interaction.Sum.Magnitude, 13);
                Assert.Equal(0, Math.Sin((first.Frequency + second.Frequency - interaction.Sum.Frequency) / 2), 12);
                Assert.Equal(0, Math.Sin((first.Frequency - second.Frequency - interaction.Difference.Frequency) / 2), 12);
            }
        }
    }

    [Fact]
    public void When_the_input_falls_silent_a_pair_is_multiplied_by_the_product_of_its_eigenvalues()
    {
        // One channel without pooling: the contribution at step t is c/2 Re p(t) of each half. Silent after step 9, p(12) p(10) = p(11)^2.
        var waves = ModeBank.PerChannel(2, [new Wave(new ComplexNumber(0.7, 0.5), 1), new Wave(new ComplexNumber(0.2, -0.8), new ComplexNumber(0.3, 1))], null);
        var layer = new LayerDescription { Width = 1, Recurrence = waves, Decoder = DecoderFunctions.Find("polynomial(0, 1, 1)")! };
        var operators = new OperatorDescription { Architecture = "pair", Order = 2, InputWidth = 1, Layers = [layer] };
        double[] input = [.. Enumerable.Range(0, 14).Select(t => t < 10 ? Math.Cos(t * t) : 0)];
        var explainer = new OperatorExplainer(operators);
        PairMode[] sums = [.. Enumerable.Range(10, 4).Select(t => Pair(t).Sum)];
        Assert.All(sums, half => Assert.Equal(new ComplexNumber(0.7, 0.5) * new ComplexNumber(0.2, -0.8), half.Eigenvalue));

        // x(t) = Re(a lambda^t) obeys x(t+2) = 2 Re(lambda) x(t+1) - |lambda|^2 x(t).
        ComplexNumber lambda = sums[0].Eigenvalue;
        for (int t = 0; t < 2; t++)
        {
            double expected = (2 * lambda.Re * sums[t + 1].Contribution) - (lambda.Magnitude * lambda.Magnitude * sums[t].Contribution);
            Assert.Equal(expected, sums[t + 2].Contribution, 14);
        }

        PairInteraction Pair(int step)
        {
            InputContributions contributions = explainer.Of(input, step);
            return contributions.Interaction(contributions.Explain(0, 10).Strongest.Single(term => term.Factors.Count == 2));
        }
    }

    [Fact]
    public void A_forward_wave_and_a_backward_one_make_no_mode()
    {
        foreach (bool shared in new[] { false, true })
        {
            RandomOperator random = new() { Seed = 13, Backward = 0, Shared = shared };
            InputContributions contributions = new OperatorExplainer(random.Create()).Of(random.Input(20));
            ContributionTerm[] pairs = [.. contributions.Explain(0, 10_000).Strongest.Where(InputContributions.IsPair)];
            foreach (ContributionTerm pair in pairs)
            {
                bool[] forward = [.. pair.Factors.Select(factor => factor.Mode < random.Modes)];
                Assert.Equal(forward[0] == forward[^1], contributions.InteractionObstacle(pair) is null);
                if (forward[0] != forward[^1])
                {
                    Assert.Contains("the other backward", Assert.Throws<InvalidOperationException>(() => contributions.Interaction(pair)).Message, StringComparison.Ordinal);
                }
            }

            Assert.Contains(pairs, pair => contributions.InteractionObstacle(pair) is not null);
        }
    }

    [Fact]
    public void A_skip_has_no_frequency()
    {
        RandomOperator random = new() { Seed = 12 };
        InputContributions contributions = new OperatorExplainer(random.Create()).Of(random.Input(9));
        ContributionTerm skip = contributions.Explain(0, 1000).Strongest.First(term => term.Order == 2 && term.Factors.Any(factor => factor.Kind == WaveKind.Skip));
        Assert.Throws<ArgumentException>(() => contributions.Interaction(skip));
    }
}
