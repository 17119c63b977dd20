using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>What a layer's waves amount to over one input, summed over time: all that the scores are made of.</summary>
internal abstract class LayerSums
{
    /// <summary>sum_t omega_t w_a of every wave in canonical order.</summary>
    public abstract double[] First(WaveLayout layout);

    /// <summary>Goes through all pairs of waves.</summary>
    /// <param name="layout">The waves.</param>
    /// <param name="form">The score's part of degree 2.</param>
    /// <param name="strongest">Takes the candidates.</param>
    /// <returns>The sum of the terms, and the sum of their magnitudes.</returns>
    public abstract (double Sum, double Magnitude) Pairs(WaveLayout layout, QuadraticForm form, Strongest strongest);

    /// <summary>The score's parts that are taken in total.</summary>
    /// <param name="target">The scores.</param>
    /// <param name="score">The score.</param>
    /// <param name="polynomial">The score as a polynomial in the readouts.</param>
    /// <param name="totals">Room for what each degree adds, [degree]; degrees from 3 on are written.</param>
    /// <returns>The decoded outputs' part of the exact score, and the remainder.</returns>
    public abstract (double Exact, double Remainder) Totals(ContributionTarget target, int score, ReadoutPolynomial polynomial, Span<double> totals);
}
