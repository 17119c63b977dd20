using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>Sums of waves that each belong to one readout.</summary>
/// <param name="waves">The waves.</param>
/// <param name="input">What the layer is given.</param>
/// <param name="omega">The weights of the time steps.</param>
/// <param name="first">sum_t omega_t w_a of every wave in canonical order.</param>
/// <param name="bias">The same of the response to the encoder's bias, [summand, stride]; empty without.</param>
/// <param name="totals">What is computed from whole readouts.</param>
internal abstract class WaveSums(ChannelWaves waves, LayerInput input, double[] omega, double[] first, double[] bias, ReadoutTotals totals) : LayerSums(totals)
{
    private TermRanking? _ranking;

    public override TermRanking Ranking => _ranking ??= new SearchedTerms(Layout, omega, Series(), input.Description.Glu is null);

    protected ChannelWaves Waves => waves;

    protected WaveLayout Layout => waves.Layout;

    public override FirstOrderSums First(double[] linear, Strongest strongest)
    {
        var sums = new FirstOrderSums();
        for (int variable = 0; variable < Layout.Variables; variable++)
        {
            double coefficient = linear[variable];
            for (int a = Layout.Start(variable); a < Layout.Start(variable) + Layout.Width(variable); a++)
            {
                double contribution = coefficient * first[a];
                sums.Add(Layout.Factor(a, 1).Kind, contribution, coefficient * Bias(a));
                if (Math.Abs(contribution) >= strongest.Threshold && coefficient != 0)
                {
                    strongest.Add(new Candidate(contribution, coefficient, null, a, -1));
                }
            }
        }

        return sums;
    }

    public override ContributionTerm Term(in Candidate candidate, ReadoutPolynomial polynomial, double[] linear, QuadraticForm form) => new(
        waves.Factors(candidate.Indices()),
        candidate.Coefficient,
        candidate.Contribution,
        candidate.Degree == 1 ? candidate.Coefficient * Bias(candidate.First) : 0,
        null);

    public override PairInteraction Interaction(ContributionTerm term)
    {
        WaveFactor a = term.Factors[0];
        WaveFactor b = term.Factors[^1];
        Wave first = input.Description.Wave(a.Channel, a.Mode);
        Wave second = input.Description.Wave(b.Channel, b.Mode);
        ComplexNumber half = term.Coefficient!.Value / 2;
        return PairInteraction.Of(first, Drive(first, a.Channel), second, Drive(second, b.Channel), omega, input.Description.Bank!.Timing(input.Description.Bank.ModeOf(a.Channel, a.Mode)), half, half);
    }

    /// <summary>weight v(t).</summary>
    private ComplexNumber[] Drive(Wave wave, int channel)
    {
        var drive = new ComplexNumber[input.Steps];
        for (int t = 0; t < drive.Length; t++)
        {
            drive[t] = wave.Weight * input.V[(t * waves.InputStride) + channel];
        }

        return drive;
    }

    /// <summary>sum_t omega_t w_a of the response to the encoder's bias.</summary>
    private double Bias(int wave) => bias.Length == 0 || Layout.Variable(wave) >= Layout.Channels
        ? 0
        : bias[(wave % Layout.Summands * waves.Tables.Stride) + Layout.Variable(wave)];

    /// <summary>Every wave over time, in canonical order.</summary>
    private double[][] Series()
    {
        LayerDescription layer = input.Description;
        int stride = waves.InputStride;
        var series = new double[Layout.Count][];
        for (int a = 0; a < series.Length; a++)
        {
            WaveFactor factor = Layout.Factor(a, 1);
            series[a] = factor.Kind == WaveKind.Mode
                ? ModeSeries.Wave(layer.Bank!, factor.Channel, factor.Mode, input.V, stride, input.Steps)
                : new double[input.Steps];
            for (int t = 0; factor.Kind != WaveKind.Mode && t < input.Steps; t++)
            {
                series[a][t] = factor.Kind == WaveKind.Skip
                    ? layer.Skip(factor.Channel) * input.V[(t * stride) + factor.Channel]
                    : input.Layer!.GateArguments[(t * layer.Channels) + factor.Channel];
            }
        }

        return series;
    }
}
