using System;
using System.Numerics.Tensors;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>Readouts and decoded outputs step by step, of a layer with gates, whose scores are no linear functions of sums per readout.</summary>
/// <param name="layer">The layer.</param>
/// <param name="mixing">Its mixing; null: none.</param>
/// <param name="stride">Readouts, padded to whole vectors.</param>
/// <param name="stream">The gate stream's arguments, [time, readout]; empty without.</param>
/// <param name="omega">The weights of the time steps.</param>
internal sealed class SteppedTotals(LayerDescription layer, MixingTable? mixing, int stride, double[] stream, double[] omega) : ReadoutTotals
{
    private readonly double[] _arguments = new double[omega.Length * layer.Channels * (layer.Gate is null ? 1 : 2)]; // [time, variable of the polynomial]
    private readonly double[] _decoded = new double[omega.Length * layer.OutputWidth];

    public override void Add<TSimd, TVector>(ReadOnlySpan<double> readouts, int start, ReadOnlySpan<double> weights)
    {
        int channels = layer.Channels;
        int variables = channels * (layer.Gate is null ? 1 : 2);
        ReadOnlySpan<double> z = layer.Gate is null ? [] : stream.AsSpan(start * channels, weights.Length * channels);
        for (int t = 0; t < weights.Length; t++)
        {
            Span<double> arguments = _arguments.AsSpan((start + t) * variables, variables);
            readouts.Slice(t * stride, channels).CopyTo(arguments);
            if (layer.Gate is not null)
            {
                z.Slice(t * channels, channels).CopyTo(arguments[channels..]);
            }
        }

        DecodedRows.Apply(layer, mixing, readouts[..(weights.Length * stride)], stride, z, _decoded.AsSpan(start * layer.OutputWidth, weights.Length * layer.OutputWidth));
    }

    public override (double Exact, double Remainder) Of(ContributionTarget target, int score, ReadoutPolynomial polynomial, Span<double> totals)
    {
        ReadOnlySpan<double> eta = target.Eta(score);
        var exact = default(CompensatedSum);
        var remainder = default(CompensatedSum);
        var sums = new CompensatedSum[totals.Length];
        var parts = new double[polynomial.Order + 1];
        for (int t = 0; t < omega.Length; t++)
        {
            if (omega[t] == 0)
            {
                continue;
            }

            polynomial.Parts(_arguments.AsSpan(t * polynomial.Variables, polynomial.Variables), parts);
            double value = TensorPrimitives.Dot(eta, _decoded.AsSpan(t * eta.Length, eta.Length));
            exact.Add(omega[t] * value);
            foreach (double part in parts)
            {
                value -= part;
            }

            remainder.Add(omega[t] * value);
            for (int k = 3; k < totals.Length; k++)
            {
                sums[k].Add(omega[t] * parts[k]);
            }
        }

        for (int k = 3; k < totals.Length; k++)
        {
            totals[k] = sums[k].Value;
        }

        return (exact.Value, remainder.Value);
    }
}
