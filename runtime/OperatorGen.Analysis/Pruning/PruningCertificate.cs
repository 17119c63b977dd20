using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The certified change of the outputs for a set of dropped modes S:
/// <code>
/// change_s &lt;= sum over layers and channels of gain_(s,c) phi_c(S_c),   phi_c(S_c) = max |g(o + e) - g(o)| (max |e| where a unit reads o itself),  o in its range, e = -(kernel of S_c) * v
/// </code>
/// e is enclosed by the joint kernel of the channel's dropped modes, so that modes that cancel count together and not one by one.
/// </summary>
internal sealed class PruningCertificate
{
    private readonly OperatorEnclosure _enclosure;
    private readonly GainMatrix[] _gains;

    /// <summary>Prepares the certificates of an operator.</summary>
    /// <param name="enclosure">Its ranges.</param>
    /// <exception cref="InvalidOperationException">No change is certified for this operator.</exception>
    public PruningCertificate(OperatorEnclosure enclosure)
    {
        if (PruningGains.Obstacle(enclosure) is { } reason)
        {
            throw new InvalidOperationException($"No change of output is certified: {reason}.");
        }

        _enclosure = enclosure;
        _gains = PruningGains.Of(enclosure);
    }

    /// <summary>The number of outputs.</summary>
    public int Outputs => _enclosure.Operator.OutputWidth;

    /// <summary>The gain from g of a channel to an output.</summary>
    public double Gain(int layer, int output, int channel) => _gains[layer][output, channel];

    /// <summary>phi_c(S_c).</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="modes">S_c.</param>
    public double Change(int layer, int channel, IReadOnlyCollection<int> modes)
    {
        if (modes.Count == 0)
        {
            return 0;
        }

        LayerEnclosure exact = _enclosure.Layers[layer];
        Wave[] waves = [.. modes.OrderBy(mode => mode).Select(mode => exact.Layer.Wave(channel, mode))];
        Interval e = -KernelEnclosure.Image(waves, 0, exact.CellInput[channel], exact.MaxLength);
        return exact.Layer.Glu is { ReadsReadouts: true } ? e.Magnitude : FunctionRange.Change(exact.Layer.Decoder, exact.Readouts[channel], e).Magnitude;
    }

    /// <summary>The certified changes of the outputs.</summary>
    /// <param name="changes">phi, [layer][channel].</param>
    public double[] Totals(IReadOnlyList<double[]> changes)
    {
        var totals = new double[Outputs];
        for (int s = 0; s < totals.Length; s++)
        {
            Interval sum = default;
            for (int l = 0; l < changes.Count; l++)
            {
                for (int c = 0; c < changes[l].Length; c++)
                {
                    if (changes[l][c] != 0)
                    {
                        sum += (Interval)_gains[l][s, c] * changes[l][c];
                    }
                }
            }

            totals[s] = sum.High;
        }

        return totals;
    }
}
