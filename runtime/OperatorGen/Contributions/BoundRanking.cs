using System;
using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>The terms of a score that can weigh most, without an input.</summary>
/// <param name="Terms">The terms with the greatest bounds, greatest first; of equals the first in canonical order.</param>
/// <param name="RankedOrder">The order up to which all terms took part.</param>
public sealed record BoundRanking(IReadOnlyList<TermBound> Terms, int RankedOrder)
{
    // The product of at most 16 proven magnitudes and a coefficient, each rounded some times in between: fewer than 2^12 roundings of 2^-53.
    private const double Raised = 1 + (1.0 / (1L << 40));

    internal static BoundRanking Of(OperatorExplainer explainer, InputRange range, int score, int top, int? maxLength, long work)
    {
        LayerDescription layer = explainer.Target.Layer;
        if ((uint)score >= (uint)explainer.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, $"There are {explainer.Count} scores.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(top);
        if (layer.PostNorm is { IsAffine: false })
        {
            throw new InvalidOperationException($"The layer \"{layer.Name}\" ends with a LayerNorm, whose scale depends on the input and has no useful bound: terms can be ranked for a given input only.");
        }

        WaveLayout layout = explainer.Layout;
        double[][] sizes = Array.ConvertAll(Sizes(explainer, range, maxLength), size => new[] { size });
        ReadoutPolynomial polynomial = explainer.Polynomial(score);
        var strongest = new Strongest(top);
        List<Candidate> found = [];
        int ranked = 0;
        while (top > 0 && ranked < polynomial.Order && work > 0)
        {
            // One time step of weight 1 whose waves are as great as they can be: a term is then its own bound.
            var search = new TermSearch(layout, [1.0], sizes, ranked + 1, strongest, work);
            if (!search.Run(polynomial, layer.Glu is null))
            {
                break;
            }

            work = search.Work;
            ranked++;
            found = strongest.Sorted();
        }

        List<TermBound> terms = [];
        foreach (Candidate candidate in found)
        {
            terms.Add(new TermBound(layout.Factors(candidate.Indices()), candidate.Coefficient, Math.Abs(candidate.Contribution) * Raised));
        }

        return new BoundRanking(terms, ranked);
    }

    /// <summary>The greatest magnitude of every wave, in canonical order.</summary>
    private static double[] Sizes(OperatorExplainer explainer, InputRange range, int? maxLength)
    {
        LayerEnclosure enclosure = OperatorEnclosure.Of(explainer.Operator, range, maxLength).Layers[explainer.Layer];
        LayerDescription layer = explainer.Target.Layer;
        var sizes = new double[explainer.Layout.Count];
        for (int a = 0; a < sizes.Length; a++)
        {
            WaveFactor factor = explainer.Layout.Factor(a, 1);
            sizes[a] = factor.Kind switch
            {
                WaveKind.Mode => KernelEnclosure.Image([layer.Wave(factor.Channel, factor.Mode)], 0, enclosure.CellInput[factor.Channel], maxLength).Magnitude,
                WaveKind.Skip => Math.Abs(layer.Skip(factor.Channel)) * enclosure.CellInput[factor.Channel].Magnitude,
                _ => enclosure.Gates[factor.Channel].Magnitude,
            };
        }

        return sizes;
    }
}

/// <summary>What a term can add to a score at most, in magnitude.</summary>
/// <param name="Factors">The waves, in canonical order.</param>
/// <param name="Coefficient">The coefficient of the monomial in the score, with the multinomial coefficient.</param>
/// <param name="Bound">|coefficient| times the waves' greatest magnitudes over the input range; infinite where a wave has none.</param>
public sealed record TermBound(IReadOnlyList<WaveFactor> Factors, double Coefficient, double Bound);
