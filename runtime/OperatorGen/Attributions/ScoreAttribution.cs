using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// A score of one input, or the difference of two, attributed to the waves of one layer, all orders together: <c>Exact = Silent + sum of the waves + Gap</c>. Every
/// wave's part is what it adds along the straight path from silent waves to the actual ones (<see cref="OperatorAttributor"/>).
/// </summary>
public sealed class ScoreAttribution
{
    private readonly double[] _weights; // [time, readout]
    private readonly double[] _gates;   // [time, readout], or empty
    private readonly double[] _eta;     // [output]
    private readonly double[] _readouts;
    private readonly double[] _waves;
    private InputTimeAttribution? _inputTime, _modelInput;

    internal ScoreAttribution(InputAttributions input, int score, int? against, double exact, IReadOnlyList<NamedContribution> constants, double[] weights, double[] gates, double[] eta, double[] readouts)
    {
        Source = input;
        _weights = weights;
        _gates = gates;
        _eta = eta;
        _readouts = readouts;
        Score = score;
        Against = against;
        Exact = exact;
        Constants = constants;
        _waves = WaveParts.Of(input.Attributor, input.Trace.CellInput, weights, gates, input.Stream, input.Steps);
        Silent = constants.Sum(part => part.Contribution);
        Magnitude = _waves.Sum(Math.Abs);
        var gap = default(CompensatedSum);
        gap.Add(exact);
        gap.Add(-Silent);
        foreach (double wave in _waves)
        {
            gap.Add(-wave);
        }

        Gap = gap.Value;
    }

    /// <summary>The index of the score.</summary>
    public int Score { get; }

    /// <summary>The index of the score that is subtracted; null: none.</summary>
    public int? Against { get; }

    /// <summary>The score's name, or its number where the model names none; of a difference both, with "less" between them.</summary>
    public string Label => Source.Attributor.Label(Score) + (Against is { } other ? " less " + Source.Attributor.Label(other) : "");

    /// <summary>The score, from the exact decoder functions; of two the difference.</summary>
    public double Exact { get; }

    /// <summary>The score of silent waves: what is left where all waves, skips and gate arguments are 0.</summary>
    public double Silent { get; }

    /// <summary>What <see cref="Silent"/> is the sum of: biases, what is held fixed, and the decoder's value of silent waves.</summary>
    public IReadOnlyList<NamedContribution> Constants { get; }

    /// <summary>What each wave gets, in the order of <see cref="OperatorAttributor.Factors"/>.</summary>
    public IReadOnlyList<double> Waves => _waves;

    /// <summary>The sum of the magnitudes of <see cref="Waves"/>.</summary>
    public double Magnitude { get; }

    /// <summary>What the sum lacks: rounding, and with gates the error of the integral, which is refined to 1e-10 of <see cref="Magnitude"/>.</summary>
    public double Gap { get; }

    /// <summary>What each readout gets, all of its waves and its skip together, [readout].</summary>
    public IReadOnlyList<double> ByReadout() => Columns(_weights, _readouts);

    /// <summary>What each argument of the gate stream gets, [readout]; empty without gate stream.</summary>
    public IReadOnlyList<double> ByGate() => Columns(_gates, Source.Stream);

    /// <summary>What each time step of the readouts gets, [time]: when the waves are read. It sums to what the waves sum to.</summary>
    public IReadOnlyList<double> ByReadoutTime()
    {
        var times = new double[Source.Steps];
        Add(_weights, _readouts);
        Add(_gates, Source.Stream);
        return times;

        void Add(double[] weights, double[] arguments)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                times[i / Channels] += weights[i] * arguments[i];
            }
        }
    }

    /// <summary>
    /// What each sample of the input gets. Waves are linear in the layer's input, so that a wave's part flows back through its kernel to the samples that it is made of.
    /// </summary>
    public InputTimeAttribution ByInputTime() => _inputTime ??= InputPass.OfLayer(Source, _weights, _gates);

    /// <summary>
    /// What each sample of the model's input gets, through all layers before the attributed one and their residual paths: every decoder on the way counts with its mean slope between silent
    /// waves and the actual ones, as in the attributed layer itself (of decoders without gates the multiplier of the rescale rule, Shrikumar, Greenside and Kundaje 2017, arXiv:1704.02685, with silent waves as every layer's reference). Means and scales
    /// of norms are held fixed. Values and rows together sum to <see cref="Exact"/>; rows are biases, norms, and the decoders of silent waves.
    /// </summary>
    /// <exception cref="InvalidOperationException">A layer has a function that is not linear before its cells.</exception>
    public InputTimeAttribution ByModelInput() => _modelInput ??= InputPass.ThroughLayers(Source, this, _weights, _gates, _eta);

    /// <summary>What the sum over samples of the model's input and rows lacks.</summary>
    internal double ModelInputGap
    {
        get
        {
            var gap = default(CompensatedSum);
            gap.Add(Exact);
            foreach (double value in ByModelInput().Values.Concat(ByModelInput().Rows.Select(row => row.Contribution)))
            {
                gap.Add(-value);
            }

            return gap.Value;
        }
    }

    /// <summary>The waves of greatest magnitude; of equal ones the first in canonical order.</summary>
    /// <param name="top">How many.</param>
    /// <returns>The waves, strongest first, and what all others get together.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public (IReadOnlyList<WaveAttribution> Waves, double Others) Strongest(int top)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        IReadOnlyList<WaveFactor> factors = Source.Attributor.Factors();
        int[] order = Order();
        WaveAttribution[] strongest = [.. order.Take(top).Select(wave => new WaveAttribution(factors[wave], _waves[wave]))];
        var rest = default(CompensatedSum);
        foreach (int wave in order.Skip(top))
        {
            rest.Add(_waves[wave]);
        }

        return (strongest, rest.Value);
    }

    /// <summary>How many waves, the strongest first, have this share of the sum of magnitudes: how concentrated the attribution is.</summary>
    /// <param name="share">The share, from 0 to 1; 0.9 unless told.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public int Concentration(double share = 0.9)
    {
        if (!(share >= 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is from 0 to 1.");
        }

        double sum = 0;
        int count = 0;
        foreach (int wave in Order())
        {
            if (sum >= share * Magnitude)
            {
                break;
            }

            sum += Math.Abs(_waves[wave]);
            count++;
        }

        return count;
    }

    /// <summary>The text of <c>explain --by wave</c>: the exact scores, and the 20 strongest waves with all others as one row.</summary>
    public override string ToString()
    {
        var page = new PlainPage();
        AttributionText.Write(page, this, AttributionBy.Wave, AttributionText.UsualTop);
        return page.ToString();
    }

    internal InputAttributions Source { get; }

    private int Channels => Source.Attributor.Target.Layer.Channels;

    private int[] Order()
    {
        int[] order = [.. Enumerable.Range(0, _waves.Length)];
        return [.. order.OrderByDescending(wave => Math.Abs(_waves[wave]))]; // stable: equal ones stay in canonical order
    }

    private double[] Columns(double[] weights, double[] arguments)
    {
        var sums = new double[weights.Length == 0 ? 0 : Channels];
        for (int i = 0; i < weights.Length; i++)
        {
            sums[i % sums.Length] += weights[i] * arguments[i];
        }

        return sums;
    }
}

/// <summary>What one wave gets of a score.</summary>
/// <param name="Wave">The wave, or oscillator, skip or gate argument.</param>
/// <param name="Value">Its part.</param>
public readonly record struct WaveAttribution(WaveFactor Wave, double Value);
