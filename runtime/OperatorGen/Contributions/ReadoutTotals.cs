using System;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>What of a score is computed from whole readouts, whatever waves they are made of.</summary>
internal abstract class ReadoutTotals
{
    /// <summary>The score's parts that are taken in total.</summary>
    /// <param name="target">The scores.</param>
    /// <param name="score">The score.</param>
    /// <param name="polynomial">The score as a polynomial in the readouts.</param>
    /// <param name="totals">Room for what each degree adds, [degree]; degrees from 3 on are written.</param>
    /// <returns>The decoded outputs' part of the exact score, and the remainder.</returns>
    public abstract (double Exact, double Remainder) Of(ContributionTarget target, int score, ReadoutPolynomial polynomial, Span<double> totals);
}
