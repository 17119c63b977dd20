using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Tests.Contributions;

/// <summary>All terms of a score one by one, in the plainest way: every multiset of waves, multiplied step by step.</summary>
internal static class Enumeration
{
    /// <summary>A term by its waves' canonical indices.</summary>
    public sealed record Product(int[] Waves, double Coefficient, double Contribution);

    /// <summary>The waves over time in canonical order, the variable of each, and the weights of the time steps.</summary>
    public static (List<double[]> Waves, List<int> Variables, double[] Omega) Waves(OperatorDescription operators, double[] input)
    {
        OperatorTrace trace = OperatorTrace.Of(operators, input);
        LayerDescription layer = operators.Layers[^1];
        LayerTrace inside = trace.Layers[^1];
        List<double[]> waves = [];
        List<int> variables = [];
        for (int c = 0; c < layer.Channels; c++)
        {
            for (int n = 0; n < layer.Modes; n++)
            {
                waves.Add(ModeSeries.Wave(layer.Bank!, c, n, inside.CellInput, layer.Recurrence.Inputs, trace.Steps));
                variables.Add(c);
            }

            if (layer.Bank!.HasSkip)
            {
                waves.Add([.. Enumerable.Range(0, trace.Steps).Select(t => layer.Skip(c) * inside.CellInput[(t * layer.Recurrence.Inputs) + layer.Bank!.InputOf(c)])]);
                variables.Add(c);
            }
        }

        for (int c = 0; layer.Gate is not null && c < layer.Channels; c++)
        {
            waves.Add([.. Enumerable.Range(0, trace.Steps).Select(t => inside.GateArguments[(t * layer.Channels) + c])]);
            variables.Add(layer.Channels + c);
        }

        double[] omega = [.. Enumerable.Range(0, trace.Steps).Select(t =>
            (operators.Pooled ? 1.0 / trace.Steps : t == trace.Steps - 1 ? 1 : 0) * (layer.PostNorm is { IsAffine: false } ? inside.PostNormScale[t] : 1))];
        return (waves, variables, omega);
    }

    /// <summary>The weights of the last layer's decoded outputs in a score.</summary>
    public static double[] Eta(OperatorDescription operators, int score)
    {
        LayerDescription layer = operators.Layers[^1];
        return [.. Enumerable.Range(0, layer.OutputWidth).Select(i =>
            (operators.Head?.Weight(score, i) ?? (score == i ? 1 : 0)) * (layer.PostNorm?.Weight(i) ?? 1))];
    }

    /// <summary>All terms of order 1 to P whose coefficient is not 0, strongest first, of equals the first in canonical order.</summary>
    public static List<Product> All(OperatorDescription operators, OperatorExpansion expansion, int score, double[] input)
    {
        (List<double[]> waves, List<int> variables, double[] omega) = Waves(operators, input);
        ReadoutPolynomial polynomial = LocalPolynomial.About0(expansion.Layers[^1]).For(Eta(operators, score));
        List<Product> products = [];
        for (int order = 1; order <= expansion.Order; order++)
        {
            foreach (int[] chosen in Multisets(waves.Count, order))
            {
                Factor[] factors = [.. chosen.GroupBy(a => variables[a]).Select(group => new Factor(group.Key, group.Count()))];
                double coefficient = polynomial.Coefficient(factors);
                foreach (Factor factor in factors)
                {
                    coefficient *= Factorial(factor.Power);
                }

                foreach (IGrouping<int, int> same in chosen.GroupBy(a => a))
                {
                    coefficient /= Factorial(same.Count());
                }

                if (coefficient != 0)
                {
                    double sum = 0;
                    for (int t = 0; t < omega.Length; t++)
                    {
                        sum += chosen.Aggregate(omega[t], (product, a) => product * waves[a][t]);
                    }

                    products.Add(new Product(chosen, coefficient, coefficient * sum));
                }
            }
        }

        return products;
    }

    /// <summary>A term's waves by their canonical indices.</summary>
    public static int[] Indices(LayerDescription layer, IEnumerable<WaveFactor> factors)
    {
        int summands = layer.Bank!.Summands;
        return [.. factors.SelectMany(factor => Enumerable.Repeat(
            factor.Kind switch
            {
                WaveKind.Mode => (factor.Channel * summands) + factor.Mode,
                WaveKind.Skip => (factor.Channel * summands) + layer.Modes,
                _ => (layer.Channels * summands) + factor.Channel,
            },
            factor.Power))];
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    private static IEnumerable<int[]> Multisets(int count, int order, int from = 0)
    {
        if (order == 0)
        {
            yield return [];
            yield break;
        }

        for (int first = from; first < count; first++)
        {
            foreach (int[] rest in Multisets(count, order - 1, first))
            {
                yield return [first, .. rest];
            }
        }
    }
}
