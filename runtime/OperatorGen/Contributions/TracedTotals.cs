using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>Readouts and decoded outputs step by step, of a layer with gates.</summary>
/// <param name="trace">The exact evaluation of the layer.</param>
/// <param name="omega">The weights of the time steps.</param>
internal sealed class TracedTotals(LayerTrace trace, double[] omega) : ReadoutTotals
{
    public override (double Exact, double Remainder) Of(ContributionTarget target, int score, ReadoutPolynomial polynomial, Span<double> totals)
    {
        LayerDescription layer = target.Layer;
        ReadOnlySpan<double> eta = target.Eta(score);
        var exact = default(CompensatedSum);
        var remainder = default(CompensatedSum);
        var sums = new CompensatedSum[totals.Length];
        var parts = new double[polynomial.Order + 1];
        var x = new double[polynomial.Variables];
        for (int t = 0; t < omega.Length; t++)
        {
            if (omega[t] == 0)
            {
                continue;
            }

            Array.Copy(trace.Readouts, t * layer.Channels, x, 0, layer.Channels);
            if (layer.Gate is not null)
            {
                Array.Copy(trace.GateArguments, t * layer.Channels, x, layer.Channels, layer.Channels);
            }

            polynomial.Parts(x, parts);
            double value = 0;
            for (int i = 0; i < eta.Length; i++)
            {
                value += eta[i] * trace.Decoded[(t * eta.Length) + i];
            }

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
