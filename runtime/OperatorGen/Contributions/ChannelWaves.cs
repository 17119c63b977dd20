using System;
using System.Numerics;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>
/// Waves of modes that belong to one channel each: a wave is what one mode contributes to one readout. A channel with several readouts counts its modes once
/// for each, so that a row of v has the channel's input beside every readout.
/// </summary>
internal sealed class ChannelWaves : LayerWaves
{
    public ChannelWaves(LayerExpansion expansion)
        : base(expansion)
    {
        Layout = new WaveLayout(Layer);
        Tables = new WaveTables(Layer.Bank!);
    }

    public WaveLayout Layout { get; }

    public WaveTables Tables { get; }

    public override int InputWidth => Layer.Channels;

    public override int InputStride => Tables.Stride;

    protected override int ReadoutStride => Tables.Stride;

    /// <summary>Products of waves of one readout and its gate argument; of all waves where all readouts interact.</summary>
    public override BigInteger TermCount(int order) => Layer.Glu is not null
        ? Multisets(Layout.Count, order)
        : Layout.Channels * Multisets(Layout.Summands + (Layout.Variables > Layout.Channels ? 1 : 0), order);

    public override int Count => Layout.Count;

    public override WaveFactor Factor(int wave, int power) => Layout.Factor(wave, power);

    /// <summary>One time step of weight 1 whose waves are as great as they can be: a term is then its own bound.</summary>
    public override TermRanking Ranking(double[] magnitudes) =>
        new SearchedTerms(Layout, [1.0], Array.ConvertAll(magnitudes, magnitude => new[] { magnitude }), Layer.Glu is null);

    protected override LayerSums Sums<TSimd, TVector>(LayerInput input, TimeWeights weights)
    {
        double[] omega = weights.Values;
        double[] bias = input.Bias.Length == 0 ? [] : BiasPass<TSimd, TVector>.Sums(Tables, input.Bias, omega, Noncausal(NoncausalWaves.Rows(input.Bias, Tables.Stride, input.Steps), input.Steps), weights.Steady);
        double[] v = input.Borrow();
        double[] noncausal = Noncausal(v, input.Steps);
        LayerSums sums;
        if (Layer.Gates == 0)
        {
            DecodedTotals totals = Decoded();
            sums = new SeparableSums(this, input, omega, bias, ChannelPass<TSimd, TVector>.Sums(Tables, v.AsSpan(0, input.Steps * Tables.Stride), noncausal, omega, totals), totals);
        }
        else
        {
            SteppedTotals totals = Stepped(input, weights);
            (double[] gram, int width) = GatedPass<TSimd, TVector>.Gram(Tables, v, noncausal, input.Stream, Layer.Channels, omega, totals);
            sums = new GatedSums(this, input, omega, bias, gram, width, totals);
        }

        input.Return(v);
        return sums;
    }

    private double[] Noncausal(double[] v, int steps) => Tables.CausalModes == Tables.Modes ? [] : NoncausalWaves.Of(Layer.Bank!, Tables, v, steps);
}
