using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>The sums of a layer with gates: any two waves may be multiplied.</summary>
/// <param name="gram">The Gram matrix of all waves, upper part.</param>
/// <param name="width">The number of its columns.</param>
/// <param name="stride">Columns of a summand.</param>
/// <param name="trace">The exact evaluation of the layer.</param>
/// <param name="omega">The weights of the time steps.</param>
internal sealed class GatedSums(double[] gram, int width, int stride, LayerTrace trace, double[] omega) : LayerSums
{
    public override double[] First(WaveLayout layout)
    {
        var first = new double[layout.Count];
        int constant = (layout.Summands + (layout.Variables > layout.Channels ? 1 : 0)) * stride;
        for (int a = 0; a < first.Length; a++)
        {
            first[a] = gram[(Column(layout, a) * width) + constant];
        }

        return first;
    }

    public override (double Sum, double Magnitude) Pairs(WaveLayout layout, QuadraticForm form, Strongest strongest)
    {
        var total = default(CompensatedSum);
        double magnitude = 0;
        for (int x = 0; x < layout.Variables; x++)
        {
            for (int y = x; y < layout.Variables; y++)
            {
                double coefficient = form[x, y];
                if (coefficient == 0)
                {
                    continue;
                }

                double sum = 0;
                for (int a = layout.Start(x); a < layout.Start(x) + layout.Width(x); a++)
                {
                    int column = Column(layout, a);
                    for (int b = Math.Max(a, layout.Start(y)); b < layout.Start(y) + layout.Width(y); b++)
                    {
                        int other = Column(layout, b);
                        double multiple = a == b ? coefficient : 2 * coefficient;
                        double contribution = multiple * (column < other ? gram[(column * width) + other] : gram[(other * width) + column]);
                        sum += contribution;
                        magnitude += Math.Abs(contribution);
                        if (Math.Abs(contribution) >= strongest.Threshold)
                        {
                            strongest.Add(new Candidate(contribution, multiple, null, a, b));
                        }
                    }
                }

                total.Add(sum);
            }
        }

        return (total.Value, magnitude);
    }

    public override (double Exact, double Remainder) Totals(ContributionTarget target, int score, ReadoutPolynomial polynomial, Span<double> totals)
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
            for (int k = 3; k < parts.Length; k++)
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

    private int Column(WaveLayout layout, int wave)
    {
        int variable = layout.Variable(wave);
        return variable < layout.Channels ? ((wave % layout.Summands) * stride) + variable : (layout.Summands * stride) + variable - layout.Channels;
    }
}
