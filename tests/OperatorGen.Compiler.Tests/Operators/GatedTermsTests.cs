using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>The terms of a layer with a gate, as waves of all channels.</summary>
public sealed class GatedTermsTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    public void Their_sum_is_the_truncated_output(int seed, int order)
    {
        SequenceModel model = RandomModels.Create(seed, new ModelShape { Width = 2, Modes = 2, Residual = false, Skip = seed != 2 }).Model;
        SymbolicOperator symbolic = CompilerStages.Expand(model, new ModelOptions(order), default).Value!;
        LayerExpansion expansion = symbolic.Expansion!.Layers[0];
        var random = new Random(seed);
        int summands = expansion.Layer.Bank!.Summands;
        double[] waves = [.. Enumerable.Range(0, 2 * summands).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] readouts = [.. Enumerable.Range(0, 2).Select(c => waves.Skip(c * summands).Take(summands).Sum())];
        var outputs = new double[expansion.Layer.OutputWidth];
        expansion.Evaluate(readouts, new double[expansion.Layer.Gates], outputs);
        for (int output = 0; output < outputs.Length; output++)
        {
            GatedTerms gated = GatedTerms.Of(symbolic, 0, output)!;
            Term<double>[] terms = [.. gated.Terms()];
            double sum = 0;
            double magnitude = 0;
            foreach (Term<double> term in terms)
            {
                double product = term.Coefficient;
                foreach (Factor factor in term.Monomial)
                {
                    product *= Math.Pow(waves[factor.Variable], factor.Power);
                }

                sum += product;
                magnitude += Math.Abs(product);
            }

            // Fewer than a thousand products, each right within some ten roundings.
            Assert.True(Math.Abs(sum - outputs[output]) <= 1e-12 * magnitude, $"{sum} and {outputs[output]}");
            Assert.Equal(terms.Select(term => term.Monomial).Order(), terms.Select(term => term.Monomial));
            Assert.True(terms.Length <= gated.Count);
            Assert.Contains(terms, term => gated.Names.Text(0) == "w(0,0)" && ExpressionText.Render(PolynomialExpressions.Of(term.Monomial, gated.Names)).Contains("w(0,0) w(1,", StringComparison.Ordinal));
        }
    }
}
