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

    internal static BoundRanking Of(OperatorExplainer explainer, IReadOnlyList<double> magnitudes, int score, int top, long work)
    {
        LayerDescription layer = explainer.Target.Layer;
        if ((uint)score >= (uint)explainer.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, $"A score is 0 to {explainer.Count - 1}.");
        }

        if (magnitudes.Count != explainer.Waves.Count)
        {
            throw new ArgumentException($"Each wave has a magnitude: {explainer.Waves.Count} are expected, not {magnitudes.Count}.", nameof(magnitudes));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(top);
        if (layer.PostNorm is { IsAffine: false })
        {
            throw new InvalidOperationException($"The layer \"{layer.Name}\" ends with a LayerNorm, whose scale depends on the input and has no useful bound: terms can be ranked for a given input only.");
        }

        (int ranked, List<Candidate> found) = explainer.Waves.Ranking([.. magnitudes]).Extend(explainer.Polynomial(score), 0, new Strongest(top), work);
        List<TermBound> terms = [];
        foreach (Candidate candidate in found)
        {
            IReadOnlyList<WaveFactor> factors = explainer.Waves.Factors(candidate.Indices());
            terms.Add(new TermBound(factors, candidate.Coefficient, Math.Abs(candidate.Contribution) * Raised) { Eigenvalues = TermWaves.Eigenvalues(layer.Bank!, factors) });
        }

        return new BoundRanking(terms, ranked);
    }
}

/// <summary>What a term can add to a score at most, in magnitude.</summary>
/// <param name="Factors">The waves, in canonical order.</param>
/// <param name="Coefficient">
/// The coefficient of the monomial in the score, with the multinomial coefficient. Of a term with oscillators what the readouts' weights come to, as a magnitude.
/// </param>
/// <param name="Bound">|coefficient| times the waves' greatest magnitudes over the input range; infinite where a wave has none.</param>
public sealed record TermBound(IReadOnlyList<WaveFactor> Factors, double Coefficient, double Bound)
{
    /// <summary>The waves that the product is; see <see cref="ContributionTerm.Waves"/>.</summary>
    public IReadOnlyList<InteractionWave> Waves => TermWaves.Of(Eigenvalues);

    /// <summary>The eigenvalue and the power of every factor; empty where the product is no wave.</summary>
    internal IReadOnlyList<(ComplexNumber Eigenvalue, int Power)> Eigenvalues { get; init; } = [];
}
