using System.Numerics;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>
/// Waves of modes that all readouts share. A mode counts once, as an oscillator, whatever number of readouts it has: a term is what an oscillator, or a product
/// of two, contributes to all of them.
/// </summary>
internal sealed class SharedWaves : LayerWaves
{
    public SharedWaves(LayerExpansion expansion)
        : base(expansion)
    {
        Tables = new SharedTables(Layer.Bank!);
        Layout = new SharedLayout(Tables, Layer.Gate is not null);
        Products = OscillatorProducts.Obstacle(Layer) is null ? new OscillatorProducts(Layer.Bank!, Layout) : null;
    }

    public SharedTables Tables { get; }

    public SharedLayout Layout { get; }

    /// <summary>Products of three oscillators and more; null where they are not told apart.</summary>
    public OscillatorProducts? Products { get; }

    public override int InputWidth => Tables.Inputs;

    public override int InputStride => Tables.Inputs;

    protected override int ReadoutStride => Tables.ReadoutStride;

    /// <summary>Products of oscillators, times skip and gate argument of one readout; of all of them where all readouts interact.</summary>
    public override BigInteger TermCount(int order)
    {
        BigInteger oscillators = Multisets(Layout.Modes, order);
        int own = (Layout.Count - Layout.Modes) / Tables.Readouts;
        return Layer.Glu is not null ? Multisets(Layout.Count, order) : oscillators + (Tables.Readouts * (Multisets(Layout.Modes + own, order) - oscillators));
    }

    public override int Count => Layout.Count;

    public override WaveFactor Factor(int wave, int power) => Layout.Factor(wave, power);

    public override TermRanking Ranking(double[] magnitudes) => new OscillatorRanking(this, magnitudes);

    protected override LayerSums Sums<TSimd, TVector>(LayerInput input, TimeWeights weights)
    {
        double[] omega = weights.Values;
        double[] bias = input.Bias.Length == 0 ? [] : SharedPass<TSimd, TVector>.Bias(Tables, Layout, input.Bias, Noncausal(NoncausalWaves.Rows(input.Bias, Tables.Inputs, input.Steps), input.Steps), omega);
        ReadoutTotals totals = Layer.Gates == 0 ? Decoded() : Stepped(input, weights);
        double[] v = input.Borrow();
        SharedGram gram = SharedPass<TSimd, TVector>.Sums(Tables, Layout, v, Noncausal(v, input.Steps), input.Stream, omega, totals);
        input.Return(v);
        return new SharedSums(this, input, omega, gram, bias, totals);
    }

    private double[] Noncausal(double[] v, int steps) => Tables.Noncausal.Length == 0 ? [] : NoncausalWaves.States(Layer.Bank!, Tables, v, steps);
}
