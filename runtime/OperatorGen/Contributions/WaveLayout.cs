using System.Collections.Generic;
using System.Numerics;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>
/// The waves of a layer in canonical order: channel by channel its modes, then its skip; after all channels the gate stream's arguments. Every
/// wave belongs to one variable of the layer's polynomial: a readout, or an argument of the gate stream.
/// </summary>
internal sealed class WaveLayout
{
    public WaveLayout(LayerDescription layer)
    {
        Channels = layer.Channels;
        Modes = layer.Modes;
        Summands = layer.Bank!.Summands;
        Variables = layer.Gate is null ? Channels : 2 * Channels;
    }

    public int Channels { get; }

    public int Modes { get; }

    /// <summary>Waves of a readout, its skip included.</summary>
    public int Summands { get; }

    public int Variables { get; }

    /// <summary>All waves.</summary>
    public int Count => (Channels * Summands) + (Variables - Channels);

    /// <summary>The first wave of a variable.</summary>
    public int Start(int variable) => variable < Channels ? variable * Summands : (Channels * Summands) + variable - Channels;

    /// <summary>How many waves a variable is the sum of.</summary>
    public int Width(int variable) => variable < Channels ? Summands : 1;

    /// <summary>The variable that a wave belongs to.</summary>
    public int Variable(int wave) => wave < Channels * Summands ? wave / Summands : wave - (Channels * Summands) + Channels;

    /// <summary>How many products of so many waves there are: of one channel, with its gate argument; or of all waves where all channels interact.</summary>
    public BigInteger TermCount(int order, bool interacting) => interacting
        ? Multisets(Count, order)
        : Channels * Multisets(Summands + (Variables > Channels ? 1 : 0), order);

    private static BigInteger Multisets(int waves, int order)
    {
        BigInteger count = 1;
        for (int k = 1; k <= order; k++)
        {
            count = count * (waves + k - 1) / k;
        }

        return count;
    }

    public WaveFactor Factor(int wave, int power) => wave >= Channels * Summands
        ? new WaveFactor(WaveKind.Gate, Variable(wave) - Channels, 0, power)
        : wave % Summands < Modes
            ? new WaveFactor(WaveKind.Mode, wave / Summands, wave % Summands, power)
            : new WaveFactor(WaveKind.Skip, wave / Summands, 0, power);

    /// <summary>The factors of a product of waves, given in ascending order.</summary>
    public IReadOnlyList<WaveFactor> Factors(params int[] waves)
    {
        var factors = new List<WaveFactor>(waves.Length);
        for (int i = 0; i < waves.Length;)
        {
            int end = i;
            while (end < waves.Length && waves[end] == waves[i])
            {
                end++;
            }

            factors.Add(Factor(waves[i], end - i));
            i = end;
        }

        return factors;
    }
}
