using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>The sums of a layer with gates: any two waves may be multiplied.</summary>
/// <param name="waves">The waves.</param>
/// <param name="input">What the layer is given.</param>
/// <param name="omega">The weights of the time steps.</param>
/// <param name="bias">The sums of the response to the encoder's bias.</param>
/// <param name="gram">The Gram matrix of all waves, upper part.</param>
/// <param name="width">The number of its columns.</param>
/// <param name="totals">What is computed from whole readouts.</param>
internal sealed class GatedSums(ChannelWaves waves, LayerInput input, double[] omega, double[] bias, double[] gram, int width, SteppedTotals totals)
    : WaveSums(waves, input, omega, Singles(waves, gram, width), bias, totals)
{
    public override (double Sum, double Magnitude) Pairs(QuadraticForm form, Strongest strongest)
    {
        WaveLayout layout = Layout;
        var columns = new int[layout.Count];
        for (int a = 0; a < columns.Length; a++)
        {
            columns[a] = Column(Waves, a);
        }

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
                    int column = columns[a];
                    for (int b = Math.Max(a, layout.Start(y)); b < layout.Start(y) + layout.Width(y); b++)
                    {
                        int other = columns[b];
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

    /// <summary>The constant's column, which follows those of waves and gate arguments.</summary>
    private static double[] Singles(ChannelWaves waves, double[] gram, int width)
    {
        WaveLayout layout = waves.Layout;
        var first = new double[layout.Count];
        int constant = (layout.Summands + (layout.Variables > layout.Channels ? 1 : 0)) * waves.Tables.Stride;
        for (int a = 0; a < first.Length; a++)
        {
            first[a] = gram[(Column(waves, a) * width) + constant];
        }

        return first;
    }

    private static int Column(ChannelWaves waves, int wave)
    {
        WaveLayout layout = waves.Layout;
        int stride = waves.Tables.Stride;
        int variable = layout.Variable(wave);
        return variable < layout.Channels ? ((wave % layout.Summands) * stride) + variable : (layout.Summands * stride) + variable - layout.Channels;
    }
}
