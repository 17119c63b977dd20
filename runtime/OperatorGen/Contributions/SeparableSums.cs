using System;
using System.Numerics.Tensors;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>The sums of a layer whose channels do not interact: only waves of one channel are multiplied.</summary>
/// <param name="sums">The channels' sums.</param>
/// <param name="powers">The coefficients of the channels' polynomials in powers of o, [power, stride].</param>
internal sealed class SeparableSums(ChannelSums sums, double[] powers) : LayerSums
{
    public override double[] First(WaveLayout layout)
    {
        var first = new double[layout.Count];
        for (int n = 0; n < layout.Summands; n++)
        {
            ReadOnlySpan<double> row = sums.First(n);
            for (int c = 0; c < layout.Channels; c++)
            {
                first[(c * layout.Summands) + n] = row[c];
            }
        }

        return first;
    }

    public override (double Sum, double Magnitude) Pairs(WaveLayout layout, QuadraticForm form, Strongest strongest)
    {
        var diagonal = new double[layout.Channels];
        var twice = new double[layout.Channels];
        var terms = new double[layout.Channels];
        for (int c = 0; c < diagonal.Length; c++)
        {
            diagonal[c] = form[c, c];
            twice[c] = 2 * diagonal[c];
        }

        var total = default(CompensatedSum);
        double magnitude = 0;
        for (int b = 0; b < layout.Summands; b++)
        {
            for (int a = 0; a <= b; a++)
            {
                double[] coefficients = a == b ? diagonal : twice;
                TensorPrimitives.Multiply(sums.Pair(a, b)[..terms.Length], coefficients, terms);
                total.Add(TensorPrimitives.Sum<double>(terms));
                magnitude += TensorPrimitives.SumOfMagnitudes<double>(terms);
                for (int c = 0; c < terms.Length; c++)
                {
                    if (Math.Abs(terms[c]) >= strongest.Threshold && coefficients[c] != 0)
                    {
                        strongest.Add(new Candidate(terms[c], coefficients[c], null, (c * layout.Summands) + a, (c * layout.Summands) + b));
                    }
                }
            }
        }

        return (total.Value, magnitude);
    }

    public override (double Exact, double Remainder) Totals(ContributionTarget target, int score, ReadoutPolynomial polynomial, Span<double> totals)
    {
        double[] kappa = target.Kappa(score);
        var exact = default(CompensatedSum);
        var remainder = default(CompensatedSum);
        for (int c = 0; c < kappa.Length; c++)
        {
            exact.Add(kappa[c] * sums.Exact[c]);
            remainder.Add(kappa[c] * sums.Remainder[c]);
        }

        for (int k = 3; k < totals.Length; k++)
        {
            var total = default(CompensatedSum);
            for (int c = 0; c < kappa.Length; c++)
            {
                total.Add(kappa[c] * powers[(k * sums.Stride) + c] * sums.Powers[(k * sums.Stride) + c]);
            }

            totals[k] = total.Value;
        }

        return (exact.Value, remainder.Value);
    }
}
