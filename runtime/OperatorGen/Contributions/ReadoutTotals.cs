using System;
using OperatorGen.Analysis;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>What of a score is computed from whole readouts, whatever waves they are made of.</summary>
internal abstract class ReadoutTotals
{
    /// <summary>Takes a run of readouts.</summary>
    /// <param name="readouts">o, [time, stride].</param>
    /// <param name="start">The run's first time step.</param>
    /// <param name="omega">The weights of its time steps.</param>
    public abstract void Add<TSimd, TVector>(ReadOnlySpan<double> readouts, int start, ReadOnlySpan<double> omega)
        where TSimd : ISimd<TVector, double>
        where TVector : struct;

    /// <summary>The score's parts that are taken in total.</summary>
    /// <param name="target">The scores.</param>
    /// <param name="score">The score.</param>
    /// <param name="polynomial">The score as a polynomial in the readouts.</param>
    /// <param name="totals">Room for what each degree adds, [degree]; degrees from 3 on are written.</param>
    /// <returns>The decoded outputs' part of the exact score, and the remainder.</returns>
    public abstract (double Exact, double Remainder) Of(ContributionTarget target, int score, ReadoutPolynomial polynomial, Span<double> totals);
}
