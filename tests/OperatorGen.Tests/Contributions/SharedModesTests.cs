using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Explanations;
using Xunit;

namespace OperatorGen.Tests.Contributions;

/// <summary>Oscillators that all readouts share, beside a plain enumeration of products of waves, each wave the part of one oscillator in one readout.</summary>
public sealed class SharedModesTests
{
    private static readonly RandomOperator s_small = new() { Shared = true, Channels = 3, Modes = 4, Head = 2 };

    private static readonly RandomOperator[] s_kinds =
    [
        s_small,
        s_small with { Seed = 2, Mixing = true, Decoder = "softplus", Skip = false, Residual = true, PostNorm = true },
        s_small with { Seed = 3, Mixing = true, Glu = true },
        s_small with { Seed = 4, Gate = "polynomial(1/3, 3/4, -1/5, 1/7)", Pooled = false },
        s_small with { Seed = 5, Real = true, Decoder = "polynomial(1/3, 3/4, -1/5)" },
        s_small with { Seed = 6, Mixing = true, Readouts = 2 },
        s_small with { Seed = 7, Mixing = true, Glu = true, Readouts = 2, Layers = 2, PreNorm = true, Real = true },
        s_small with { Seed = 8, Decoder = "tanh" },
        s_small with { Seed = 9, Layers = 2, Residual = true, PreNorm = true, PostNorm = true, BatchNorm = true },
        s_small with { Seed = 10, Mixing = true, Glu = true, ReadsReadouts = true },
        s_small with { Seed = 11, Blocks = true },
        s_small with { Seed = 12, Blocks = true, Mixing = true, Glu = true, Readouts = 2, Layers = 2, PreNorm = true, Real = true },
    ];

    [Fact]
    public void A_term_is_the_sum_of_its_waves_in_all_readouts()
    {
        foreach (RandomOperator random in s_kinds)
        {
            OperatorDescription operators = random.Create();
            double[] input = random.Input(29);
            var expansion = OperatorExpansion.Taylor(operators, 2, 0.2);
            Dictionary<string, double> expected = Terms(operators, expansion, input);
            double scale = expected.Values.Max(Math.Abs);
            double[] falling = [.. expected.Values.Select(Math.Abs).OrderDescending()];
            InputContributions contributions = new OperatorExplainer(operators, expansion).Of(input);
            foreach (int asked in new[] { 1, 7, 20, 10_000 })
            {
                ScoreExplanation explanation = contributions.Explain(1, asked);
                int top = Math.Min(asked, expected.Count);
                Assert.Equal(top, explanation.Strongest.Count);
                Assert.Equal(top, explanation.Strongest.Select(term => Name(term.Factors)).Distinct().Count());
                for (int i = 0; i < top; i++)
                {
                    // 29 steps of products of three sums: far fewer than 1000 roundings of 1.1e-16 each.
                    ContributionTerm term = explanation.Strongest[i];
                    Assert.Equal(expected[Name(term.Factors)], term.Contribution, 1e-13 * scale);
                    Assert.Equal(falling[i], Math.Abs(term.Contribution), 1e-13 * scale);
                }

                Assert.Equal(expected.Where(term => Order(term.Key) == 2).Sum(term => term.Value), explanation.Orders[1].Contribution, 1e-12 * explanation.Magnitude);
                Assert.Equal(expected.Where(term => Order(term.Key) == 2).Sum(term => Math.Abs(term.Value)), explanation.Orders[1].Magnitude, 1e-12 * explanation.Magnitude);
            }
        }
    }

    [Fact]
    public void Every_decoder_function_can_be_explained()
    {
        foreach (DecoderFunction function in DecoderFunctions.All)
        {
            OperatorDescription operators = (s_small with { Decoder = function.Name, Mixing = true, Glu = true }).Create();
            double[] input = s_small.Input(7);
            ScoreExplanation explanation = new OperatorExplainer(operators, OperatorExpansion.Of(operators, new ExpansionRequest(ExpansionKind.Chebyshev, 2), null, ArgumentRanges.Of(OperatorEnclosure.Of(operators, InputRange.Uniform(operators, -1, 1), 7)))).Of(input).Explain(0);
            Assert.InRange(Math.Abs(explanation.Deviation), 0, 1e-12 * explanation.Magnitude);
        }
    }

    [Fact]
    public void As_many_terms_are_counted_as_there_are()
    {
        foreach (RandomOperator kind in s_kinds.Where(kind => kind.Decoder == "gelu-erf"))
        {
            // A gate whose Taylor polynomial about 0 has no coefficient 0, so that there are all products of its argument.
            RandomOperator random = kind.Gate is null ? kind : kind with { Gate = "polynomial(1/2, 1/3, 1/5, 1/7)" };
            OperatorDescription operators = random.Create();
            double[] input = random.Input(9);
            ScoreExplanation explanation = new OperatorExplainer(operators, OperatorExpansion.Taylor(operators, 3, 0.2)).Of(input).Explain(0);
            var terms = Terms(operators, OperatorExpansion.Taylor(operators, 3, 0.2), input).Keys.GroupBy(Order).ToDictionary(order => order.Key, order => order.Count());
            Assert.All(explanation.Orders, order => Assert.Equal(terms[order.Order], order.Count));
        }
    }

    [Fact]
    public void The_readouts_of_a_term_make_its_contribution_and_its_weights()
    {
        foreach (RandomOperator random in s_kinds)
        {
            OperatorDescription operators = random.Create();
            double[] input = random.Input(31);
            var expansion = OperatorExpansion.Taylor(operators, 2, 0.2);
            Dictionary<string, List<(int First, int? Second, double Value)>> parts = Parts(operators, expansion, input);
            ScoreExplanation explanation = new OperatorExplainer(operators, expansion).Of(input).Explain(1, 10_000);
            foreach (ContributionTerm term in explanation.Strongest)
            {
                bool oscillates = term.Factors.Any(factor => factor.Kind == WaveKind.Oscillator);
                Assert.Equal(oscillates, term.Readouts is not null);
                Assert.Equal(oscillates, term.Coefficient is null);
                if (term.Readouts is not { } readouts)
                {
                    continue;
                }

                // Beside the sums of the magnitudes, a few hundred roundings.
                List<(int First, int? Second, double Value)> expected = parts[Name(term.Factors)];
                double size = 1e-13 * expected.Sum(part => Math.Abs(part.Value));
                Assert.Equal(term.Contribution, readouts.Strongest.Sum(part => part.Contribution) + readouts.Rest, size);
                Assert.Equal(expected.Count, readouts.Count);
                Assert.Equal(Math.Min(TermReadouts.Listed, expected.Count), readouts.Strongest.Count);
                double[] falling = [.. expected.Select(part => Math.Abs(part.Value)).OrderDescending()];
                for (int i = 0; i < readouts.Strongest.Count; i++)
                {
                    ReadoutPart part = readouts.Strongest[i];
                    Assert.Equal(expected.Single(other => (other.First, other.Second) == (part.Readout, part.Other)).Value, part.Contribution, size);
                    Assert.Equal(falling[i], Math.Abs(part.Contribution), size);
                }
            }
        }
    }

    [Fact]
    public void Two_oscillators_speak_at_the_sum_and_at_the_difference_of_their_frequencies()
    {
        foreach (RandomOperator random in s_kinds.Where(kind => !kind.Blocks))
        {
            OperatorDescription operators = random.Create();
            ModeBank bank = operators.Layers[^1].Bank!;
            InputContributions contributions = new OperatorExplainer(operators, OperatorExpansion.Taylor(operators, 2, 0.2)).Of(random.Input(70));
            ContributionTerm[] pairs = [.. contributions.Explain(0, 1000).Strongest.Where(term => InputContributions.IsPair(term) && contributions.InteractionObstacle(term) is null)];
            Assert.Equal(10, pairs.Length);
            foreach (ContributionTerm pair in pairs)
            {
                PairInteraction interaction = contributions.Interaction(pair);
                double parts = new[] { interaction.Sum, interaction.Difference }.Sum(half => Math.Abs(half.OfFirst) + Math.Abs(half.OfSecond) + Math.Abs(half.OfInput));
                Assert.Equal(pair.Contribution, interaction.Sum.Contribution + interaction.Difference.Contribution, 1e-12 * parts);
                ComplexNumber first = bank.Eigenvalue(pair.Factors[0].Mode);
                ComplexNumber second = bank.Eigenvalue(pair.Factors[^1].Mode);
                Assert.Equal(first * second, interaction.Sum.Eigenvalue);
                Assert.Equal(first * second.Conjugate(), interaction.Difference.Eigenvalue);
            }
        }
    }

    [Fact]
    public void With_gates_orders_from_three_on_are_totals_and_the_ranking_says_so()
    {
        foreach (RandomOperator random in s_kinds.Where(kind => !TellsApart(kind)))
        {
            OperatorDescription operators = random.Create();
            ScoreExplanation explanation = new OperatorExplainer(operators, OperatorExpansion.Taylor(operators, 4, 0.2)).Of(random.Input(20)).Explain(0, 10_000);
            Assert.Equal(2, explanation.RankedOrder);
            Assert.All(explanation.Strongest, term => Assert.True(term.Order <= 2));
            Assert.True(explanation.Orders.Count >= 4);
            Assert.NotEqual(0, explanation.Orders[2].Contribution);
            Assert.Empty(explanation.Products);
        }
    }

    [Fact]
    public void Without_gates_terms_of_three_and_four_oscillators_are_told_apart()
    {
        foreach (RandomOperator random in s_kinds.Where(TellsApart))
        {
            OperatorDescription operators = random.Create();
            double[] input = random.Input(29);
            var expansion = OperatorExpansion.Taylor(operators, 4, 0.2);
            Dictionary<string, double> expected = Terms(operators, expansion, input).Where(term => term.Value != 0).ToDictionary();
            double scale = expected.Values.Max(Math.Abs);
            InputContributions contributions = new OperatorExplainer(operators, expansion).Of(input);
            ScoreExplanation explanation = contributions.Explain(1, 10_000);
            int order = operators.Layers[^1].Decoder.IsPolynomial ? 2 : 4; // of the second degree: no terms of a higher one
            Assert.Equal(4, explanation.RankedOrder);
            Assert.Equal(expected.Keys.Order(), explanation.Strongest.Select(term => Name(term.Factors)).Order());
            foreach (ContributionTerm term in explanation.Strongest)
            {
                // 29 steps of products of five sums: far fewer than 2000 roundings of 1.1e-16 each.
                Assert.Equal(expected[Name(term.Factors)], term.Contribution, 2e-13 * scale);
                Assert.Equal(term.Order > 2, term.Products.Count > 0);
                Assert.Equal(term.Order > 2 ? term.Contribution : 0, term.Products.Sum(product => product.Contribution!.Value), 2e-13 * scale);
            }

            for (int k = 3; k <= order; k++)
            {
                double[] parts = [.. explanation.Strongest.Where(term => term.Order == k).Select(term => term.Contribution)];
                Assert.Equal(explanation.Orders[k - 1].Contribution, parts.Sum(), 1e-12 * parts.Sum(Math.Abs));
                ProductCount count = explanation.Products[k - 3];
                Assert.Equal((k, count.Count), (count.Order, (System.Numerics.BigInteger)count.Weighted));
            }

            // The strongest few are the first of all.
            ScoreExplanation few = contributions.Explain(1, 7);
            Assert.Equal(explanation.Strongest.Take(7).Select(term => (Name(term.Factors), term.Contribution)), few.Strongest.Select(term => (Name(term.Factors), term.Contribution)));
        }
    }

    [Fact]
    public void What_readouts_cancel_has_no_weight()
    {
        // (x + y)^3 - (x - y)^3 = 6 x^2 y + 2 y^3, x and y the real parts of two oscillators: of 20 products with conjugates those of x^3 (4) and x y^2 (6) are gone.
        var bank = ModeBank.Shared(2, [new(0.6, 0.8), new(0, 1)], [1, 0, 0, 1], [1, 1, 1, -1], null);
        var layer = new LayerDescription { Width = 2, Recurrence = bank, Decoder = PolynomialFunction.TryParse("polynomial(0, 0, 0, 1)")!, Mixing = new LinearDescription(2, 1, [1, -1], null) };
        var operators = new OperatorDescription { Architecture = "two", Order = 3, InputWidth = 2, Layers = [layer] };
        double[] input = [0.5, 1, -0.25, 2, 0.75, -1];
        ScoreExplanation explanation = new OperatorExplainer(operators).Of(input).Explain(0, 100);
        Assert.Equal(["s(0)^2 s(1)", "s(1)^3"], explanation.Strongest.Select(term => term.Name).Order());
        ProductCount count = Assert.Single(explanation.Products);
        Assert.Equal((20, 10, null), (count.Count, count.Weighted, count.Resonance));
        Assert.Equal(explanation.Exact, explanation.Sum, 1e-14);
        Assert.Equal("Of 20 products of 3 oscillators and conjugates 10 have a weight.", count.ToString());

        // y^3 = 1/4 Re(s^3) + 3/4 Re(s^2 conj(s)); the frequencies of the second cancel in part.
        ContributionTerm cube = explanation.Strongest.Single(term => term.Name == "s(1)^3");
        Assert.Equal([("s(1)^3", 0.5, null), ("s(1)^2 conj(s(1))", 1.5, "k + k - k")], cube.Products.Select(product => (product.Name, product.Weight.Re, product.Resonance)));
        Assert.Equal(new ComplexNumber(0, 1), cube.Products[1].Eigenvalue);
    }

    [Fact]
    public void A_wave_that_nothing_drives_bounds_its_products_by_0()
    {
        // The first mode has no bound, the second no drive: 0, and not 0 times infinity.
        var bank = ModeBank.Shared(1, [1, 0.5, 0.25], [1, 0, 1], [1, 1, 1], null);
        var operators = new OperatorDescription { Architecture = "three", Order = 3, InputWidth = 1, Layers = [new LayerDescription { Width = 1, Recurrence = bank, Decoder = PolynomialFunction.TryParse("polynomial(0, 0, 0, 1)")! }] };
        BoundRanking ranking = new OperatorExplainer(operators).Rank(InputRange.Uniform(operators, -1, 1), 0, 100);
        Assert.Equal(10, ranking.Terms.Count);
        Assert.All(ranking.Terms, term => Assert.Equal(term.Factors.Any(factor => factor.Mode == 1), term.Bound == 0));
    }

    [Fact]
    public void What_no_readout_has_together_costs_nothing()
    {
        // 40 modes, each read by one readout alone: of the 314 million products of 8 modes only powers of one mode have a weight.
        const int Modes = 40;
        double[] ones = [.. Enumerable.Repeat(1.0, Modes)];
        var bank = ModeBank.Shared(1, [.. ones.Select((_, m) => new ComplexNumber(0.5, m / 100.0))], [.. ones.Select(one => (ComplexNumber)one)], [.. Enumerable.Range(0, Modes * Modes).Select(i => (ComplexNumber)(i / Modes == i % Modes ? 1 : 0))], null);
        var layer = new LayerDescription { Width = Modes, Recurrence = bank, Decoder = DecoderFunctions.Exp, Mixing = new LinearDescription(Modes, 1, ones, null) };
        var operators = new OperatorDescription { Architecture = "apart", Order = 8, InputWidth = 1, Layers = [layer] };
        ScoreExplanation explanation = new OperatorExplainer(operators).Of([0.25, 0.5]).Explain(0, 1000);
        Assert.Equal(8, explanation.RankedOrder);
        Assert.Equal(8 * Modes, explanation.Strongest.Count(term => term.Factors.Count == 1));
    }

    [Theory]
    [InlineData("k - k + k", 0.5, -0.5, 0.5)]
    [InlineData("k + l - k", 0.5, 0.3, -0.5)]
    [InlineData("k - k", 0.5, -0.5)]
    [InlineData("k - k + l - l", 0.5, -0.5, 0.2, -0.2)]
    [InlineData("k - k + k", Math.PI, Math.PI, Math.PI)]
    [InlineData("k + l - k", 0.5, 0.0, -0.5)]
    [InlineData("", 0.0, 0.0, 0.0)]
    [InlineData(null, 0.5, 0.3, 0.2)]
    [InlineData(null, 0.5, 0.5, 0.5)]
    [InlineData(null, 0.5, -0.3, 0.0)]
    public void Frequencies_that_cancel_are_named(string? expected, params double[] phases) => Assert.Equal(expected, Resonances.Of(phases));

    [Fact]
    public void Without_an_input_the_greatest_bounds_come_first_and_no_input_breaks_them()
    {
        foreach (RandomOperator random in s_kinds.Where(kind => !kind.PostNorm && kind.Layers == 1))
        {
            OperatorDescription operators = random.Create();
            var expansion = OperatorExpansion.Taylor(operators, 3, 0.2);
            var explainer = new OperatorExplainer(operators, expansion);
            var range = InputRange.OfRaw(operators, [.. Enumerable.Repeat(new Interval(-1, 1), operators.InputWidth)]);
            BoundRanking ranking = explainer.Rank(range, 1, 6, 40);
            BoundRanking all = explainer.Rank(range, 1, 10_000, 40);
            Assert.Equal(TellsApart(random) ? 3 : 2, ranking.RankedOrder);
            Assert.Equal(all.Terms.Select(term => term.Bound).OrderDescending(), all.Terms.Select(term => term.Bound));
            Assert.Equal(all.Terms.Take(6).Select(term => Name(term.Factors)), ranking.Terms.Select(term => Name(term.Factors)));
            Dictionary<string, double> bounds = all.Terms.ToDictionary(term => Name(term.Factors), term => term.Bound);
            for (int seed = 0; seed < 5; seed++)
            {
                foreach (ContributionTerm term in explainer.Of(random.Input(40, seed)).Explain(1, 10_000).Strongest)
                {
                    double bound = bounds[Name(term.Factors)];
                    Assert.True(Math.Abs(term.Contribution) <= bound * (1 + 1e-12), $"{random}: {term.Contribution} above {bound}");
                }
            }
        }
    }

    [Fact]
    public void An_oscillators_bound_is_attained_by_the_input_that_drives_it()
    {
        // One real mode of eigenvalue 1/2, v = u in [0, 1] for at most 3 steps: s is at most 2 (1 + 1/2 + 1/4).
        var bank = ModeBank.Shared(1, [0.5], [2], [3], null);
        var layer = new LayerDescription { Width = 1, Recurrence = bank, Decoder = DecoderFunctions.Identity };
        var operators = new OperatorDescription { Architecture = "one", Order = 1, InputWidth = 1, Layers = [layer] };
        var explainer = new OperatorExplainer(operators);
        TermBound term = Assert.Single(explainer.Rank(InputRange.Uniform(operators, 0, 1), 0, 5, 3).Terms);
        double attained = Assert.Single(explainer.Of([1.0, 1, 1]).Explain(0).Strongest).Contribution;
        Assert.Equal(10.5, attained);
        Assert.InRange(term.Bound, attained, attained * (1 + 1e-11)); // raised by 2^-40 some times
    }

    /// <summary>Whether terms of three oscillators are told apart: readouts do not meet in a gate, and every mode is an oscillator.</summary>
    private static bool TellsApart(RandomOperator random) => !random.Glu && random.Gate is null && !random.Blocks;

    /// <summary>All terms by name: enumerated products of waves, summed over the readouts of their oscillators.</summary>
    private static Dictionary<string, double> Terms(OperatorDescription operators, OperatorExpansion expansion, double[] input) =>
        Parts(operators, expansion, input).ToDictionary(term => term.Key, term => term.Value.Sum(part => part.Value));

    /// <summary>The same with one entry per monomial of readouts.</summary>
    private static Dictionary<string, List<(int First, int? Second, double Value)>> Parts(OperatorDescription operators, OperatorExpansion expansion, double[] input)
    {
        LayerDescription layer = operators.Layers[^1];
        var parts = new Dictionary<string, Dictionary<string, (int First, int? Second, double Value)>>();
        foreach (Enumeration.Product product in Enumeration.All(operators, expansion, 1, input))
        {
            WaveFactor[] factors = [.. product.Waves.Select(wave => Shared(layer, wave))];
            int[] readouts = [.. product.Waves.Where(wave => wave < layer.Channels * layer.Bank!.Summands).Select(wave => wave / layer.Bank!.Summands).Order()];
            string name = string.Join(' ', factors.OrderBy(Rank).Select(Name));
            string monomial = string.Join(' ', readouts);
            Dictionary<string, (int, int?, double Value)> ofTerm = parts.TryGetValue(name, out var known) ? known : parts[name] = [];
            double sofar = ofTerm.TryGetValue(monomial, out (int, int?, double Value) part) ? part.Value : 0;
            ofTerm[monomial] = (readouts.Length > 0 ? readouts[0] : 0, readouts.Length > 1 ? readouts[1] : null, sofar + product.Contribution);
        }

        return parts.ToDictionary(term => term.Key, term => term.Value.Values.ToList());
    }

    private static WaveFactor Shared(LayerDescription layer, int wave)
    {
        int summands = layer.Bank!.Summands;
        return wave >= layer.Channels * summands ? new WaveFactor(WaveKind.Gate, wave - (layer.Channels * summands), 0, 1)
            : wave % summands == layer.Modes ? new WaveFactor(WaveKind.Skip, wave / summands, 0, 1)
            : new WaveFactor(WaveKind.Oscillator, 0, wave % summands, 1);
    }

    private static (int, int, int) Rank(WaveFactor factor) => (factor.Kind switch { WaveKind.Oscillator => 0, WaveKind.Skip => 1, _ => 2 }, factor.Channel, factor.Mode);

    private static string Name(IEnumerable<WaveFactor> factors) => string.Join(' ', factors.SelectMany(factor => Enumerable.Repeat(Name(factor), factor.Power)));

    private static string Name(WaveFactor factor) => $"{factor.Kind}{(factor.Kind == WaveKind.Oscillator ? factor.Mode : factor.Channel)}";

    private static int Order(string name) => name.Count(letter => letter == ' ') + 1;
}
