using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using OperatorGen.Analysis;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>
/// The waves of a layer as its terms count them, prepared once for an operator. There is one implementation per structure of a bank of modes; what depends on
/// the structure is known to it and to its <see cref="LayerSums"/> only. Waves have canonical indices from 0 on.
/// </summary>
/// <param name="expansion">The layer's polynomials.</param>
internal abstract class LayerWaves(LayerExpansion expansion)
{
    private readonly MixingTable? _mixing = expansion.Layer.Mixing is { } mixing && expansion.Layer.Gates > 0 ? new MixingTable(mixing) : null;
    private double[]? _powers;

    /// <summary>How many numbers of v the waves listen to, side by side in a row.</summary>
    public abstract int InputWidth { get; }

    /// <summary>From a row of v to the next.</summary>
    public abstract int InputStride { get; }

    protected LayerDescription Layer => expansion.Layer;

    /// <summary>Readouts, padded to whole vectors.</summary>
    protected abstract int ReadoutStride { get; }

    /// <summary>The waves of a layer.</summary>
    public static LayerWaves Of(LayerExpansion expansion) => expansion.Layer.Bank!.IsShared ? new SharedWaves(expansion) : new ChannelWaves(expansion);

    /// <summary>How many terms of an order there are.</summary>
    public abstract BigInteger TermCount(int order);

    /// <summary>How many waves there are.</summary>
    public abstract int Count { get; }

    /// <summary>A power of a wave.</summary>
    public abstract WaveFactor Factor(int wave, int power);

    /// <summary>Ranks terms by the greatest magnitudes of the waves.</summary>
    /// <param name="magnitudes">What |w| is at most, [wave].</param>
    public abstract TermRanking Ranking(double[] magnitudes);

    /// <summary>Sums over time.</summary>
    public LayerSums Sums(LayerInput input, TimeWeights weights) =>
        Vector512.IsHardwareAccelerated ? Sums<Simd512<double>, Vector512<double>>(input, weights)
        : Vector256.IsHardwareAccelerated ? Sums<Simd256<double>, Vector256<double>>(input, weights)
        : Sums<Simd128<double>, Vector128<double>>(input, weights);

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

    protected abstract LayerSums Sums<TSimd, TVector>(LayerInput input, TimeWeights weights)
        where TSimd : ISimd<TVector, double>
        where TVector : struct;

    /// <summary>Takes the readouts of a layer without gates, which all scores are linear in.</summary>
    protected DecodedTotals Decoded() => new(Layer.Decoder, _powers ??= DecodedTotals.Coefficients(expansion, ReadoutStride), ReadoutStride);

    /// <summary>Takes the readouts of a layer with gates.</summary>
    protected SteppedTotals Stepped(LayerInput input, TimeWeights weights) => new(Layer, _mixing, ReadoutStride, input.Stream, weights.Values);

    /// <summary>How many products of so many of the waves there are.</summary>
    public static BigInteger Multisets(int waves, int order)
    {
        BigInteger count = 1;
        for (int k = 1; k <= order; k++)
        {
            count = count * (waves + k - 1) / k;
        }

        return count;
    }
}
