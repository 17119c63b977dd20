using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>An operator evaluated for one input, of which every score can be attributed to the waves of one layer.</summary>
public sealed class InputAttributions
{
    // A path integral is refined until its gap is this part of the sum of sizes at most, or no refinement helps.
    private const double GreatestGap = 1e-10;

    private readonly OperatorAttributor _attributor;
    private readonly LayerTrace _trace;
    private readonly double[] _readouts; // o, [time, readout]
    private readonly double[] _omega;
    private readonly double[] _means;    // of the norm after the layer
    private readonly double[] _scales;
    private readonly double[] _decoded;  // sum_t omega_t r(t), [output]
    private readonly HeldParts _held;
    private readonly double[] _raw;      // the input as it was given
    private Decision? _decision;
    private OperatorTrace? _all;
    private double[]? _slopes;           // omega_t times the mean slope of g, [time, readout]

    internal InputAttributions(OperatorAttributor attributor, ReadOnlySpan<double> input, int? step)
    {
        _attributor = attributor;
        LayerDescription layer = attributor.Target.Layer;
        Steps = attributor.Operator.StepsOf(input);
        Step = TimeWeights.StepOf(attributor.Operator.Pooling, step, Steps);
        _trace = OperatorTrace.CellInputs(attributor.Operator, input, attributor.Layer);
        _raw = input.ToArray();
        Scaled = attributor.Operator.Scaled(input);
        _readouts = attributor.Slopes.Series?.Readouts(_trace.CellInput, Steps) ?? ModeSeries.Readouts(layer.Bank!, _trace.CellInput, Steps);
        var rows = new double[Steps * layer.OutputWidth];
        DecodedRows.Apply(layer, attributor.Slopes.Mixing, _readouts, layer.Channels, Stream, rows);
        (_means, _scales) = attributor.Target.FrozenNorm ? Statistics(layer, rows, _trace.Input) : ([], []);
        _omega = TimeWeights.Of(Steps, Step, attributor.Target.FrozenNorm ? _scales : null).Values;
        _held = new HeldParts(attributor.Target, _omega, _trace.Input, _means);
        _decoded = _held.Summed(rows, layer.OutputWidth);
    }

    /// <summary>The number of time steps.</summary>
    public int Steps { get; }

    /// <summary>The time step whose outputs are attributed; null: the mean over all.</summary>
    public int? Step { get; }

    /// <summary>How many scores there are, or outputs of the layer where it is not the last.</summary>
    public int Count => _attributor.Count;

    /// <summary>What is held fixed: the layer's input where other layers come before it, the residual stream, and the norms' means and scales.</summary>
    public IReadOnlyList<FrozenValues> Frozen => FrozenValues.Of(_attributor.Target.Layer, _attributor.Layer, _trace, _means, _scales);

    internal Decision Decision => _decision ??= new(_attributor.Operator, _attributor.Layer, Steps, Step, Frozen, Scores(), _attributor.Label);

    internal OperatorAttributor Attributor => _attributor;

    internal LayerTrace Trace => _trace;

    /// <summary>All layers, evaluated when it is asked for.</summary>
    internal OperatorTrace All => _all ??= OperatorTrace.Of(_attributor.Operator, _raw);

    /// <summary>The weight of every time step, [time].</summary>
    internal double[] Omega => _omega;

    /// <summary>u, [time, input].</summary>
    internal double[] Scaled { get; }

    /// <summary>The gate stream's arguments, [time, readout]; empty without.</summary>
    internal double[] Stream => _attributor.Target.Layer.Gate is null ? [] : _trace.GateArguments;

    /// <summary>The exact scores, or outputs of the layer where it is not the last.</summary>
    public IReadOnlyList<double> Scores() => [.. Enumerable.Range(0, Count).Select(score => _held.Of(score).Sum(part => part.Contribution) + _held.Weighed(score, _decoded))];

    /// <summary>Attributes a score to the waves, or the difference of two.</summary>
    /// <param name="score">The index of the score, or of the layer's output.</param>
    /// <param name="against">The score that is subtracted: why the one and not the other. Null: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score.</exception>
    /// <exception cref="ArgumentException">Both scores are the same.</exception>
    public ScoreAttribution Attribute(int score, int? against = null)
    {
        Check(score, nameof(score));
        double[] eta = _attributor.Target.Eta(score).ToArray();
        if (against is { } other)
        {
            Check(other, nameof(against));
            if (other == score)
            {
                throw new ArgumentException($"Score {score} against itself is 0: give another score.", nameof(against));
            }

            TensorPrimitives.Subtract(eta, _attributor.Target.Eta(other), eta);
        }

        double exact = 0;
        double silent = 0;
        double[] quiet = DecodedRows.OfSilentWaves(_attributor.Target.Layer, _attributor.Slopes.Mixing);
        var constants = new List<NamedContribution>();
        for (int i = 0; i < eta.Length; i++)
        {
            exact += eta[i] * _decoded[i];
            silent += eta[i] * quiet[i];
        }

        List<NamedContribution> held = _held.Of(score);
        List<NamedContribution>? subtracted = against is null ? null : _held.Of(against.Value);
        for (int i = 0; i < held.Count; i++)
        {
            constants.Add(held[i] with { Contribution = held[i].Contribution - (subtracted?[i].Contribution ?? 0) });
            exact += constants[i].Contribution;
        }

        constants.Add(new(_attributor.Slopes.SilentName, silent * _omega.Sum()));
        for (double tolerance = GreatestGap / 10; ; tolerance /= 100)
        {
            (double[] weights, double[] gates) = Weights(eta, tolerance);
            var attribution = new ScoreAttribution(this, score, against, exact, constants, weights, gates, eta, _readouts);
            if (_attributor.Slopes.AreSeparate || Math.Abs(attribution.Gap) <= GreatestGap * attribution.Magnitude || tolerance < 1e-14 || !double.IsFinite(exact))
            {
                return attribution;
            }
        }
    }

    // What a unit of every readout, and of every argument of the gate stream, adds on the mean along the path, [time, readout]: omega_t included.
    private (double[] Readouts, double[] Gates) Weights(double[] eta, double tolerance)
    {
        LayerDescription layer = _attributor.Target.Layer;
        int channels = layer.Channels;
        var weights = new double[Steps * channels];
        var gates = new double[Stream.Length];
        if (_attributor.Slopes.AreSeparate)
        {
            _slopes ??= WeighedSlopes(channels);
            double[] kappa = ContributionTarget.Kappa(layer, eta);
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = kappa[i % channels] * _slopes[i];
            }

            return (weights, gates);
        }

        for (int t = 0; t < Steps; t++)
        {
            if (_omega[t] == 0)
            {
                continue;
            }

            Span<double> row = weights.AsSpan(t * channels, channels);
            Span<double> gateRow = gates.Length == 0 ? [] : gates.AsSpan(t * channels, channels);
            _attributor.Slopes.Integrate(eta, tolerance, _readouts.AsSpan(t * channels, channels), gates.Length == 0 ? [] : Stream.AsSpan(t * channels, channels), row, gateRow);
            TensorPrimitives.Multiply(row, _omega[t], row);
            TensorPrimitives.Multiply(gateRow, _omega[t], gateRow);
        }

        return (weights, gates);
    }

    private double[] WeighedSlopes(int channels)
    {
        double[] slopes = _attributor.Slopes.Separate(_readouts);
        for (int i = 0; i < slopes.Length; i++)
        {
            slopes[i] *= _omega[i / channels];
        }

        return slopes;
    }

    private static (double[] Means, double[] Scales) Statistics(LayerDescription layer, double[] decoded, double[] x) =>
        SequenceRows.Statistics(layer.PostNorm!, layer.Residual ? Rows.Sum(decoded, x) : decoded);

    private void Check(int score, string name)
    {
        if ((uint)score >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(name, score, $"A score is 0 to {Count - 1}.");
        }
    }
}
