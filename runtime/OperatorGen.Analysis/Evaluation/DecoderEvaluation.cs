using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// How <see cref="OperatorTrace"/> evaluates decoder functions and their polynomials, over whole arrays. <see cref="Plain"/> is the analysis' own: one by one, the
/// same bits on every machine. A caller for whom speed counts more gives one that uses vectors; its numbers may differ by rounding.
/// </summary>
public abstract class DecoderEvaluation
{
    /// <summary>Functions to the last bit or nearly so, in a fixed order, the same on every machine.</summary>
    public static DecoderEvaluation Plain { get; } = new PlainEvaluation();

    /// <summary>y = g(x) of every element.</summary>
    /// <param name="function">g.</param>
    /// <param name="x">The arguments.</param>
    /// <param name="y">Room for as many values; may be x itself.</param>
    public abstract void Values(DecoderFunction function, ReadOnlySpan<double> x, Span<double> y);

    /// <summary>y_c(t) = p_c(x_c(t)): a polynomial per column.</summary>
    /// <param name="polynomials">p, [column].</param>
    /// <param name="x">[time, column].</param>
    /// <param name="y">Room for [time, column].</param>
    public abstract void Values(IReadOnlyList<DecoderPolynomial> polynomials, ReadOnlySpan<double> x, Span<double> y);

    private sealed class PlainEvaluation : DecoderEvaluation
    {
        public override void Values(DecoderFunction function, ReadOnlySpan<double> x, Span<double> y)
        {
            for (int i = 0; i < x.Length; i++)
            {
                y[i] = function.Value(x[i]);
            }
        }

        public override void Values(IReadOnlyList<DecoderPolynomial> polynomials, ReadOnlySpan<double> x, Span<double> y)
        {
            for (int i = 0; i < x.Length; i++)
            {
                y[i] = polynomials[i % polynomials.Count].Value(x[i]);
            }
        }
    }
}
