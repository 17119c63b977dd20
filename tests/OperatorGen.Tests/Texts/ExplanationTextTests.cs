using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tests.Contributions;
using Xunit;

namespace OperatorGen.Tests.Texts;

/// <summary>An explanation as text.</summary>
public sealed class ExplanationTextTests
{
    [Fact]
    public void Every_explanation_is_text_within_120_columns_with_its_terms()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            RandomOperator random = RandomOperator.Draw(seed) with { Shared = seed % 3 == 1, Backward = seed % 5 == 2 ? 1 : null };
            ScoreExplanation explanation = new OperatorExplainer(random.Create()).Of(random.Input(30)).Explain(0, 12);
            string text = explanation.ToString();
            Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
            Assert.DoesNotContain('\r', text);
            Assert.All(explanation.Strongest, term => Assert.Contains(term.Name, text, StringComparison.Ordinal));
            Assert.Contains("remainder, what the polynomials leave out", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_score_has_its_name_everywhere()
    {
        OperatorDescription operators = (new RandomOperator { Head = 3 }).Create() with { Labels = ["cat", "dog", "bird\u001b"] };
        string text = operators.Explain(new RandomOperator().Input(20), 2).ToString();
        Assert.Contains(@"score 2 (bird\u001B) taken apart", text, StringComparison.Ordinal);
        Assert.All(new[] { "cat", "dog" }, name => Assert.Contains(name, text, StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void Terms_of_three_waves_carry_the_waves_that_they_are()
    {
        var random = new RandomOperator { Order = 3, Decoder = "polynomial(0, 0, 0, 1)", Skip = false, Encoder = false, Inputs = 1, Head = 0, Modes = 3, Channels = 1 };
        OperatorDescription operators = random.Create();
        ScoreExplanation explanation = new OperatorExplainer(operators).Of(random.Input(40)).Explain(0, 100);
        ContributionTerm[] triples = [.. explanation.Strongest.Where(term => term.Factors.Count == 3)];
        ContributionTerm triple = Assert.Single(triples);
        Assert.Equal(["+++", "++-", "+-+", "+--"], triple.Waves.Select(wave => wave.Signs));
        ComplexNumber lambda = triple.Factors.Aggregate(ComplexNumber.One, (product, factor) => product * operators.Layers[0].Bank!.Eigenvalue(factor.Mode));
        Assert.Equal(lambda, triple.Waves[0].Eigenvalue);
        string line = explanation.ToString().Split('\n').First(text => text.Contains("w(0,0) w(0,1) w(0,2)", StringComparison.Ordinal));
        Assert.Contains("lifetime ", line, StringComparison.Ordinal);
        Assert.Contains("(+++)", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_with_a_skip_is_instantaneous_and_is_no_wave()
    {
        var random = new RandomOperator { Order = 2 };
        ScoreExplanation explanation = new OperatorExplainer(random.Create()).Of(random.Input(20)).Explain(0, 1000);
        ContributionTerm mixed = explanation.Strongest.First(term => term.Order == 2 && term.Factors.Any(factor => factor.Kind == WaveKind.Skip));
        Assert.Empty(mixed.Waves);
        string line = explanation.ToString().Split('\n').First(text => text.Contains($" {mixed.Name} ", StringComparison.Ordinal));
        Assert.EndsWith("instantaneous", line, StringComparison.Ordinal);
    }
}
