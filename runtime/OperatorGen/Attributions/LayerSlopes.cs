using System;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>What an attribution needs of a layer, made once: its modes as channels, its mixing, and the mean slopes of its decoder between silent waves and the actual ones.</summary>
internal sealed class LayerSlopes
{
    private readonly LayerDescription _layer;
    private readonly GluTables? _glu;
    private readonly MeanSlope? _slope; // of a layer without gates

    public LayerSlopes(LayerDescription layer)
    {
        _layer = layer;
        _glu = layer.Glu is null ? null : new GluTables(layer.Mixing!);
        Mixing = _glu?.Mixing ?? (layer.Mixing is null ? null : new MixingTable(layer.Mixing));
        _slope = layer.Gates == 0 ? new MeanSlope(layer.Decoder) : null;
        Series = ChannelSeries.Of(layer.Bank!);
    }

    /// <summary>The map after the decoder; null: none.</summary>
    public MixingTable? Mixing { get; }

    /// <summary>Of a layer whose modes belong to one channel each; null for others.</summary>
    public ChannelSeries? Series { get; }

    /// <summary>True: each readout has a mean slope of its own (<see cref="Separate"/>). False: gates let readouts meet, and the slopes of a time step are an integral.</summary>
    public bool AreSeparate => _slope is not null;

    /// <summary>The name of what the decoder makes of silent waves.</summary>
    public string SilentName => _layer.Mixing is { HasBias: true } ? "decoder of silent waves, and the map after it" : "decoder of silent waves";

    /// <summary>The mean slope of the decoder function for each readout, [time, readout].</summary>
    public double[] Separate(double[] readouts)
    {
        var slopes = new double[readouts.Length];
        FunctionValues.Apply(_layer.Decoder, readouts, slopes);
        _slope!.Apply(readouts, slopes);
        return slopes;
    }

    /// <summary>The mean slopes of one time step with gates.</summary>
    /// <param name="eta">The weight of every output.</param>
    /// <param name="tolerance">What the integral may lack of the sum of sizes.</param>
    /// <param name="readouts">The readouts of the step.</param>
    /// <param name="stream">The arguments of the gate stream; empty without.</param>
    /// <param name="weights">Takes what a unit of every readout adds.</param>
    /// <param name="gates">Takes what a unit of every argument of the gate stream adds; empty without.</param>
    public void Integrate(double[] eta, double tolerance, ReadOnlySpan<double> readouts, ReadOnlySpan<double> stream, Span<double> weights, Span<double> gates)
    {
        GatedPath path = _glu is { } tables ? new GluPath(_layer, tables, eta) : new StreamPath(_layer, ContributionTarget.Kappa(_layer, eta));
        double[] arguments = [.. readouts, .. stream], slopes = new double[path.Arguments];
        new PathIntegral(path, tolerance).MeanSlopes(arguments, slopes);
        slopes.AsSpan(0, weights.Length).CopyTo(weights);
        slopes.AsSpan(weights.Length, gates.Length).CopyTo(gates);
    }
}
