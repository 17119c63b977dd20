using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>Sums over time per readout, of a layer without gates: all scores are linear in them.</summary>
/// <param name="decoder">g.</param>
/// <param name="coefficients">The coefficients of the readouts' polynomials P in powers of o, [power, stride].</param>
/// <param name="stride">Readouts, padded to whole vectors.</param>
internal sealed class DecodedTotals(DecoderFunction decoder, double[] coefficients, int stride) : ReadoutTotals
{
    private double[] _decoded = []; // of one run

    public DecoderFunction Decoder => decoder;

    public int Stride => stride;

    /// <summary>P's order.</summary>
    public int Order { get; } = (coefficients.Length / stride) - 1;

    /// <summary>The coefficients of P, [power, stride].</summary>
    public double[] Polynomials => coefficients;

    /// <summary>sum_t omega_t o^k, [power, stride]; powers from 3 on.</summary>
    public double[] Powers { get; } = new double[coefficients.Length];

    /// <summary>sum_t omega_t g(o), [stride].</summary>
    public double[] Exact { get; } = new double[stride];

    /// <summary>sum_t omega_t (g(o) - P(o)), [stride].</summary>
    public double[] Remainder { get; } = new double[stride];

    /// <summary>The coefficients of an expansion's polynomials, [power, stride].</summary>
    public static double[] Coefficients(LayerExpansion expansion, int stride)
    {
        var powers = new double[(expansion.Order + 1) * stride];
        for (int h = 0; h < expansion.Readouts.Count; h++)
        {
            double[] monomials = expansion.Readouts[h].Monomials();
            for (int k = 0; k < monomials.Length; k++)
            {
                powers[(k * stride) + h] = monomials[k];
            }
        }

        return powers;
    }

    public override void Add<TSimd, TVector>(ReadOnlySpan<double> readouts, int start, ReadOnlySpan<double> omega)
    {
        if (_decoded.Length < readouts.Length)
        {
            _decoded = new double[readouts.Length];
        }

        VectorFunctions<TSimd, TVector>.Apply(decoder, readouts, _decoded);
        for (int h = 0; h < stride; h += TSimd.Count)
        {
            ReadoutDecoding<TSimd, TVector>.Add(readouts[h..], _decoded.AsSpan(h), stride, omega, this, h);
        }
    }

    public override (double Exact, double Remainder) Of(ContributionTarget target, int score, ReadoutPolynomial polynomial, Span<double> totals)
    {
        double[] kappa = target.Kappa(score);
        var exact = default(CompensatedSum);
        var remainder = default(CompensatedSum);
        for (int c = 0; c < kappa.Length; c++)
        {
            exact.Add(kappa[c] * Exact[c]);
            remainder.Add(kappa[c] * Remainder[c]);
        }

        for (int k = 3; k < totals.Length; k++)
        {
            var total = default(CompensatedSum);
            for (int c = 0; c < kappa.Length; c++)
            {
                total.Add(kappa[c] * coefficients[(k * stride) + c] * Powers[(k * stride) + c]);
            }

            totals[k] = total.Value;
        }

        return (exact.Value, remainder.Value);
    }
}
