using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The certified change of the outputs for a set of dropped modes S:
/// <code>
/// change_s &lt;= sum over layers and readouts of gain_(s,h) phi_h(S),   phi_h(S) = max |g(o_h + e) - g(o_h)| (max |e| where a unit reads o itself),  o_h in its range, e = -(kernels of S) * v
/// </code>
/// e is enclosed by the joint kernel of the readout's dropped modes, so that modes that cancel count together and not one by one. Modes that one channel's
/// readouts or all readouts share are a group (<see cref="ModeBank.GroupOf"/>): dropping one of them changes all of its readouts.
/// </summary>
internal sealed class PruningCertificate
{
    private const long WorkLimit = 1L << 24; // products of one certificate of shared modes

    private readonly OperatorEnclosure _enclosure;
    private readonly BankEnclosure[] _images;
    private readonly GainMatrix[] _gains;

    /// <summary>Prepares the certificates of an operator.</summary>
    /// <param name="enclosure">Its ranges.</param>
    /// <exception cref="InvalidOperationException">No change is certified for this operator.</exception>
    public PruningCertificate(OperatorEnclosure enclosure)
    {
        foreach (LayerDescription layer in enclosure.Operator.Layers.Where(layer => layer.Bank is { Blocks.Count: > 0 }))
        {
            ModeBlock block = layer.Bank!.Blocks[0];
            throw new InvalidOperationException($"The modes {NumberText.Format(block.First)} to {NumberText.Format(block.First + block.Size - 1)} of {(layer.Name.Length == 0 ? "the layer" : $"the layer \"{layer.Name}\"")} form a block without eigenbasis: no mode of it can be dropped by itself.");
        }

        if (PruningGains.Obstacle(enclosure) is { } reason)
        {
            throw new InvalidOperationException($"No change of output is certified: {reason}.");
        }

        _enclosure = enclosure;
        _images = [.. enclosure.Layers.Select(layer => layer.Images!(WorkLimit))];
        _gains = PruningGains.Of(enclosure);
    }

    /// <summary>The number of outputs.</summary>
    public int Outputs => _enclosure.Operator.OutputWidth;

    /// <summary>The modes of a layer.</summary>
    public ModeBank Bank(int layer) => _enclosure.Operator.Layers[layer].Bank!;

    /// <summary>The gain from g of a readout to an output.</summary>
    public double Gain(int layer, int output, int readout) => _gains[layer][output, readout];

    /// <summary>phi of the readouts of a group, in their order.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="group">The group.</param>
    /// <param name="modes">Its dropped modes.</param>
    public double[] Change(int layer, int group, IReadOnlyCollection<int> modes)
    {
        LayerEnclosure exact = _enclosure.Layers[layer];
        ModeBank bank = Bank(layer);
        int[] waves = [.. modes.Select(mode => mode % bank.WavesPerReadout).OrderBy(n => n)];
        bool readsReadouts = exact.Layer.Glu is { ReadsReadouts: true };
        return [.. bank.ReadoutsOf(group).Select(h =>
        {
            if (waves.Length == 0)
            {
                return 0;
            }

            Interval e = -_images[layer].Of(h, waves);
            return readsReadouts ? e.Magnitude : FunctionRange.Change(exact.Layer.Decoder, exact.Readouts[h], e).Magnitude;
        })];
    }

    /// <summary>The certified changes of the outputs.</summary>
    /// <param name="changes">phi, [layer][readout].</param>
    public double[] Totals(IReadOnlyList<double[]> changes)
    {
        var totals = new double[Outputs];
        for (int s = 0; s < totals.Length; s++)
        {
            Interval sum = default;
            for (int l = 0; l < changes.Count; l++)
            {
                for (int h = 0; h < changes[l].Length; h++)
                {
                    if (changes[l][h] != 0)
                    {
                        // Upper ends: what is unbounded is infinite.
                        sum += new Interval(0, _gains[l][s, h]) * new Interval(0, changes[l][h]);
                    }
                }
            }

            totals[s] = sum.High;
        }

        return totals;
    }
}
