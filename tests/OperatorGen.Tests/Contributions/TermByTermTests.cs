using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Tests.Contributions;

/// <summary>The sums by Gram matrices and powers beside a term-by-term enumeration of the monomials that are printed.</summary>
public sealed class TermByTermTests
{
    private static readonly RandomOperator s_small = new() { Channels = 4, Modes = 3, Order = 4, Head = 3, Decoder = "polynomial(1/5, 1/2, 1/4, -1/8, 1/16)" };

    [Fact]
    public void The_monomials_give_the_same_numbers_as_the_gram_matrix()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            RandomOperator random = s_small with { Seed = seed, Skip = seed % 2 == 0, Mixing = seed % 3 == 0, Decoder = seed % 4 == 1 ? "gelu-erf" : s_small.Decoder };
            Assert.True(Agrees(random, 0, out string difference), difference);
        }
    }

    [Fact]
    public void Waves_of_blocks_give_the_same_numbers_too()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            RandomOperator random = s_small with { Seed = seed, Blocks = true, Channels = 9, Modes = 2 + (seed % 5), Skip = seed % 2 == 0, Mixing = seed % 3 == 0, Bias = seed % 4 != 3 };
            Assert.True(Agrees(random, 0, out string difference), difference);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_coefficient_that_is_wrong_by_a_millionth_is_found(int degree) => Assert.False(Agrees(s_small with { Seed = 7 }, degree, out _));

    /// <summary>Compares order by order and, for orders 1 and 2, term by term; one term of the given degree is first made wrong by 1e-6 of itself.</summary>
    private static bool Agrees(RandomOperator random, int wrong, out string difference)
    {
        OperatorDescription operators = random.Create();
        LayerDescription layer = operators.Layers[0];
        double[] input = random.Input(60);
        (List<double[]> waves, _, double[] omega) = Enumeration.Waves(operators, input);
        ScoreExplanation explanation = operators.Explain(input, 2, 10_000);
        Dictionary<string, double> terms = explanation.Strongest.ToDictionary(term => string.Join(' ', Enumeration.Indices(layer, term.Factors)), term => term.Contribution);
        double[] totals = new double[random.Order + 1];
        difference = "";
        for (int c = 0; c < layer.Channels; c++)
        {
            double kappa = Enumeration.Eta(operators, 2).Select((eta, i) => eta * (layer.Mixing?.Weight(i, c) ?? (i == c ? 1 : 0))).Sum();
            bool spoilt = false;
            foreach (DecoderTerm term in new DecoderExpansion(layer.Decoder, random.Order).Terms(layer.Bank!.Summands))
            {
                double coefficient = term.Coefficient;
                if (term.Monomial.Degree == wrong && c == 1 && !spoilt)
                {
                    coefficient *= 1 + 1e-6;
                    spoilt = true;
                }

                List<int> indices = [];
                foreach (Factor factor in term.Monomial)
                {
                    indices.AddRange(Enumerable.Repeat((c * layer.Bank!.Summands) + factor.Variable, factor.Power));
                }

                double sum = 0;
                for (int t = 0; t < omega.Length; t++)
                {
                    sum += indices.Aggregate(omega[t], (product, a) => product * waves[a][t]);
                }

                double contribution = kappa * coefficient * sum;
                totals[term.Monomial.Degree] += contribution;
                if (indices.Count is 1 or 2 && Math.Abs(contribution - terms[string.Join(' ', indices)]) > 1e-12 * explanation.Magnitude)
                {
                    difference = $"{random}, term {string.Join(' ', indices)}: {contribution} and {terms[string.Join(' ', indices)]}";
                }
            }
        }

        foreach (OrderTotal order in explanation.Orders)
        {
            if (Math.Abs(totals[order.Order] - order.Contribution) > 1e-12 * explanation.Magnitude)
            {
                difference = $"{random}, order {order.Order}: {totals[order.Order]} and {order.Contribution}";
            }
        }

        return difference.Length == 0;
    }
}
