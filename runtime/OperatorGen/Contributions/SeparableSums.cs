using System;
using System.Numerics.Tensors;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>The sums of a layer whose channels do not interact: only waves of one readout are multiplied.</summary>
/// <param name="waves">The waves.</param>
/// <param name="input">What the layer is given.</param>
/// <param name="omega">The weights of the time steps.</param>
/// <param name="bias">The sums of the response to the encoder's bias.</param>
/// <param name="sums">The channels' sums.</param>
/// <param name="totals">What is computed from whole readouts.</param>
internal sealed class SeparableSums(ChannelWaves waves, LayerInput input, double[] omega, double[] bias, ChannelSums sums, DecodedTotals totals)
    : WaveSums(waves, input, omega, Singles(waves.Layout, sums), bias, totals)
{
    public override (double Sum, double Magnitude) Pairs(QuadraticForm form, Strongest strongest)
    {
        WaveLayout layout = Layout;
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

    private static double[] Singles(WaveLayout layout, ChannelSums sums)
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
}
