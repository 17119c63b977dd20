using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Explanations;
using Xunit;

namespace OperatorGen.Tests.Contributions;

/// <summary>The strongest terms beside all terms.</summary>
public sealed class StrongestTermsTests
{
    private static readonly RandomOperator s_small = new() { Channels = 3, Modes = 2, Order = 4, Head = 2 };

    private static readonly RandomOperator[] s_kinds =
    [
        s_small,
        s_small with { Seed = 2, Mixing = true, Decoder = "softplus", Skip = false, Residual = true, PostNorm = true },
        s_small with { Seed = 3, Glu = true, Mixing = true, Order = 3 },
        s_small with { Seed = 4, Gate = "silu", Order = 4, Pooled = false },
        s_small with { Seed = 5, Real = true, Decoder = "polynomial(1/3, 3/4, -1/5, 1/7)" },
        s_small with { Seed = 6, Glu = true, Mixing = true, Order = 3, Layers = 2, PreNorm = true, Channels = 2 },
    ];

    [Fact]
    public void They_are_those_of_the_full_enumeration()
    {
        foreach (RandomOperator random in s_kinds)
        {
            foreach (double centre in new[] { 0.0, 0.6 })
            {
                OperatorDescription operators = random.Create();
                double[] input = random.Input(23);
                var expansion = OperatorExpansion.Taylor(operators, random.Order, centre);
                List<Enumeration.Product> all = Enumeration.All(operators, expansion, 1, input);
                double scale = all.Max(product => Math.Abs(product.Contribution));
                Dictionary<string, double> byName = all.ToDictionary(product => string.Join(' ', product.Waves), product => product.Contribution);
                double[] falling = [.. all.Select(product => Math.Abs(product.Contribution)).OrderDescending()];
                foreach (int asked in new[] { 1, 7, 40, 100_000 })
                {
                    int top = Math.Min(asked, all.Count);
                    ScoreExplanation explanation = new OperatorExplainer(operators, expansion).Of(input).Explain(1, asked);
                    Assert.Equal(random.Order, explanation.RankedOrder);
                    Assert.Equal(top, explanation.Strongest.Count);
                    Assert.Equal(top, explanation.Strongest.Select(term => string.Join(' ', Enumeration.Indices(operators.Layers[^1], term.Factors))).Distinct().Count());
                    for (int i = 0; i < top; i++)
                    {
                        ContributionTerm term = explanation.Strongest[i];

                        // 23 steps of products of at most four waves: far fewer than 1000 roundings of 1.1e-16 each.
                        double expected = byName[string.Join(' ', Enumeration.Indices(operators.Layers[^1], term.Factors))];
                        Assert.True(Math.Abs(expected - term.Contribution) <= 1e-13 * scale, $"{random}: {expected} and {term.Contribution}");
                        Assert.True(Math.Abs(falling[i] - Math.Abs(term.Contribution)) <= 1e-13 * scale, $"{random}, place {i}: {falling[i]} and {term.Contribution}");
                    }
                }
            }
        }
    }

    [Fact]
    public void They_are_so_where_hoelders_inequality_is_an_equality()
    {
        // Of a single time step the bound of a row is the row's first term: whatever the bound leaves out is missing.
        foreach (RandomOperator random in s_kinds)
        {
            OperatorDescription operators = random.Create();
            double[] input = random.Input(1);
            var expansion = OperatorExpansion.Taylor(operators, random.Order, 0.3);
            double[] falling = [.. Enumeration.All(operators, expansion, 1, input).Select(product => Math.Abs(product.Contribution)).OrderDescending()];
            InputContributions contributions = new OperatorExplainer(operators, expansion).Of(input);
            for (int top = 1; top < Math.Min(60, falling.Length); top++)
            {
                IReadOnlyList<ContributionTerm> terms = contributions.Explain(1, top).Strongest;
                Assert.Equal(top, terms.Count);
                Assert.All(terms, (term, i) => Assert.Equal(falling[i], Math.Abs(term.Contribution), 1e-13 * falling[0]));
            }
        }
    }

    [Theory]
    [InlineData("polynomial(0, 1, 1/4, 1/8)", 3)]
    [InlineData("polynomial(0, 1, 1/4)", 2)]
    public void Of_equal_terms_the_first_in_canonical_order_comes_first(string decoder, int order)
    {
        // Every wave is the same, so that all contributions of a kind are equal.
        var wave = new Wave(0.5, 1);
        var layer = new LayerDescription
        {
            Width = 2,
            Recurrence = ModeBank.PerChannel(3, [.. Enumerable.Repeat(wave, 6)], null),
            Decoder = DecoderFunctions.Find(decoder)!,
        };
        var operators = new OperatorDescription
        {
            Architecture = "equal",
            Order = order,
            InputWidth = 2,
            Pooling = Pooling.Mean,
            Layers = [layer],
            Head = new LinearDescription(2, 1, [1, 1], null),
        };
        double[] input = [.. Enumerable.Repeat(1.0, 20)];
        List<Enumeration.Product> all = Enumeration.All(operators, operators.Expansion!, 0, input);
        string[] expected = [.. all.OrderByDescending(p => Math.Round(Math.Abs(p.Contribution), 9)).ThenBy(p => p.Waves.Length).ThenBy(p => string.Join(' ', p.Waves), StringComparer.Ordinal).Select(p => string.Join(' ', p.Waves))];
        for (int top = 1; top <= all.Count; top++)
        {
            ScoreExplanation explanation = operators.Explain(input, 0, top);
            Assert.Equal(expected.Take(top), explanation.Strongest.Select(term => string.Join(' ', Enumeration.Indices(layer, term.Factors))));
        }
    }

    [Fact]
    public void A_wave_whose_power_underflows_is_not_passed_over_beside_a_great_one()
    {
        // Of order 16: (w_1 + w_2)^16 with w = 10 and 1e-25 has the terms 1e16 and 16e15 1e-25 = 1.6e-9, both above those of 0.1 and 0.1, at most 12870e-16.
        // 1e-25^16 is below the least positive double.
        Wave[] waves = [new(0, 0.1), new(0, 0.1), new(0, 10), new(0, 1e-25)];
        string power = "polynomial(" + string.Concat(Enumerable.Repeat("0, ", 16)) + "1)";
        var layer = new LayerDescription { Width = 2, Recurrence = ModeBank.PerChannel(2, waves, null), Decoder = DecoderFunctions.Find(power)! };
        var operators = new OperatorDescription
        {
            Architecture = "small",
            Order = 16,
            InputWidth = 2,
            Layers = [layer],
            Head = new LinearDescription(2, 1, [1, 1], null),
        };
        ScoreExplanation explanation = operators.Explain([1, 1], 0, 2);
        Assert.Equal(16, explanation.RankedOrder);
        Assert.All(explanation.Strongest, term => Assert.All(term.Factors, factor => Assert.Equal(1, factor.Channel)));
        Assert.Equal(1e16, explanation.Strongest[0].Contribution, 10.0); // an ulp is 2, and no more than some roundings are made
        Assert.Equal(1.6e-9, explanation.Strongest[1].Contribution, 1e-22);
    }

    [Fact]
    public void An_order_that_takes_too_much_work_is_left_out_of_the_ranking_and_said_so()
    {
        RandomOperator random = s_small with { Decoder = "polynomial(0, 1/2, 1/4, 1/8, 1/16)" };
        OperatorDescription operators = random.Create();
        InputContributions contributions = new OperatorExplainer(operators, OperatorExpansion.Taylor(operators, 4)).Of(random.Input(30));
        ScoreExplanation cut = contributions.Explain(0, 50, work: 500);
        ScoreExplanation whole = contributions.Explain(0, 50);
        Assert.Equal((2, 4), (cut.RankedOrder, whole.RankedOrder));
        Assert.All(cut.Strongest, term => Assert.True(term.Order <= 2));
        Assert.Contains(whole.Strongest, term => term.Order > 2);
        Assert.Equal(whole.Orders, cut.Orders);
    }

    [Fact]
    public void Without_an_input_a_skips_bound_is_what_the_greatest_input_makes_of_it()
    {
        // v = u in [-2, 1], so that |D v| is 2 |D| at most, and is attained.
        OperatorDescription operators = (s_small with { Encoder = false, Inputs = 3, Bias = false, Order = 1 }).Create();
        BoundRanking ranking = new OperatorExplainer(operators).Rank(InputRange.Uniform(operators, -2, 1), 0, 100);
        TermBound[] skips = [.. ranking.Terms.Where(term => term.Factors[0].Kind == WaveKind.Skip)];
        Assert.Equal(3, skips.Length);
        Assert.All(skips, term =>
        {
            // The bound is raised by 2^-40 for its own roundings.
            double attained = 2 * Math.Abs(operators.Layers[0].Skip(term.Factors[0].Channel) * term.Coefficient);
            Assert.InRange(term.Bound, attained, attained * (1 + 2e-12));
        });
    }

    [Fact]
    public void Without_an_input_the_greatest_bounds_come_first_and_no_input_breaks_them()
    {
        foreach (RandomOperator random in s_kinds.Where(kind => !kind.PostNorm && kind.Layers == 1))
        {
            OperatorDescription operators = (random with { Order = 3 }).Create();
            var explainer = new OperatorExplainer(operators);
            var range = InputRange.OfRaw(operators, [.. Enumerable.Repeat(new Interval(-1, 1), operators.InputWidth)]);
            BoundRanking ranking = explainer.Rank(range, 0, 20);
            Assert.Equal(3, ranking.RankedOrder);
            Assert.Equal(20, ranking.Terms.Count);
            Assert.Equal(ranking.Terms.Select(term => term.Bound).OrderDescending(), ranking.Terms.Select(term => term.Bound));
            BoundRanking all = explainer.Rank(range, 0, 5000);
            Assert.Equal(all.Terms.Take(20).Select(term => term.Bound), ranking.Terms.Select(term => term.Bound));
            Dictionary<string, double> bounds = all.Terms.ToDictionary(term => string.Join(' ', Enumeration.Indices(operators.Layers[0], term.Factors)), term => term.Bound);
            for (int seed = 0; seed < 5; seed++)
            {
                foreach (Enumeration.Product product in Enumeration.All(operators, explainer.Expansion, 0, random.Input(40, seed)))
                {
                    double bound = bounds[string.Join(' ', product.Waves)];
                    Assert.True(Math.Abs(product.Contribution) <= bound * (1 + 1e-12), $"{random}: {product.Contribution} above {bound}");
                }
            }
        }
    }
}
