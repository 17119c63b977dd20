using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>What a layer's waves amount to over one input, summed over time: all that the scores are made of.</summary>
/// <param name="totals">What is computed from whole readouts.</param>
internal abstract class LayerSums(ReadoutTotals totals)
{
    public ReadoutTotals Totals => totals;

    /// <summary>Ranks terms of order 3 and above; null where they are not told apart.</summary>
    public abstract TermRanking? Ranking { get; }

    /// <summary>Goes through all single waves.</summary>
    /// <param name="linear">The score's part of degree 1, [variable].</param>
    /// <param name="strongest">Takes the candidates.</param>
    public abstract FirstOrderSums First(double[] linear, Strongest strongest);

    /// <summary>Goes through all pairs of waves.</summary>
    /// <param name="form">The score's part of degree 2.</param>
    /// <param name="strongest">Takes the candidates.</param>
    /// <returns>The sum of the terms, and the sum of their magnitudes.</returns>
    public abstract (double Sum, double Magnitude) Pairs(QuadraticForm form, Strongest strongest);

    /// <summary>A term as it is listed.</summary>
    /// <param name="candidate">The term.</param>
    /// <param name="polynomial">The score.</param>
    /// <param name="linear">The score's part of degree 1, [variable].</param>
    /// <param name="form">The score's part of degree 2.</param>
    public abstract ContributionTerm Term(in Candidate candidate, ReadoutPolynomial polynomial, double[] linear, QuadraticForm form);

    /// <summary>Two modes of a term in the complex basis.</summary>
    public abstract PairInteraction Interaction(ContributionTerm term);
}
