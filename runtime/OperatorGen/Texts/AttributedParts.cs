using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>What a score's parts belong to.</summary>
internal enum AttributionBy
{
    /// <summary>Each wave, skip and gate argument.</summary>
    Wave,

    /// <summary>Each readout, all of its waves together.</summary>
    Channel,

    /// <summary>Each time step at which waves are read.</summary>
    Time,

    /// <summary>Each sample of the input.</summary>
    Input,

    /// <summary>Each sample of the model's input, through all layers before.</summary>
    ModelInput,
}

/// <summary>One part of a score.</summary>
/// <param name="Name">What it belongs to.</param>
/// <param name="Value">The part.</param>
/// <param name="Note">What is known of it; perhaps empty.</param>
internal readonly record struct AttributedPart(string Name, double Value, string Note);

/// <summary>The parts that a score's attribution has, one way of looking at it.</summary>
/// <param name="Noun">What one part belongs to.</param>
/// <param name="Parts">The parts, in the order of the model or of time.</param>
/// <param name="Rows">Parts that are listed whatever their size: biases, and what is held fixed.</param>
/// <param name="Legend">What the names mean.</param>
internal sealed record AttributedParts(string Noun, IReadOnlyList<AttributedPart> Parts, IReadOnlyList<NamedContribution> Rows, string Legend)
{
    /// <summary>What the score has beside all parts and rows: rounding, and the error of integrals.</summary>
    public double Gap { get; private init; }

    /// <summary>The parts of an attribution.</summary>
    /// <param name="by">What they belong to.</param>
    /// <param name="attribution">The attribution.</param>
    public static AttributedParts Of(AttributionBy by, ScoreAttribution attribution) =>
        by == AttributionBy.ModelInput
            ? Inputs(attribution.ByModelInput(), attribution).With([], attribution.ModelInputGap)
            : OfLayer(by, attribution).With(attribution.Constants, attribution.Gap);

    private AttributedParts With(IReadOnlyList<NamedContribution> constants, double gap) => this with { Rows = [.. constants, .. Rows], Gap = gap };

    private static AttributedParts OfLayer(AttributionBy by, ScoreAttribution attribution) => by switch
    {
        AttributionBy.Wave => Waves(attribution),
        AttributionBy.Channel => Channels(attribution),
        AttributionBy.Time => new("time step", [.. attribution.ByReadoutTime().Select((value, t) => new AttributedPart($"step {t}", value, ""))], [], "step t: what all waves add when they are read at time step t."),
        AttributionBy.Input => Inputs(attribution.ByInputTime(), attribution),
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "A way to attribute without parts."),
    };

    private static AttributedParts Waves(ScoreAttribution attribution)
    {
        OperatorAttributor attributor = attribution.Source.Attributor;
        IReadOnlyList<WaveFactor> factors = attributor.Factors();
        return new(
            "wave",
            [.. factors.Select((factor, n) => new AttributedPart(factor.Name, attribution.Waves[n], TermText.Of(attributor.Target.Layer, factor)))],
            [],
            TermText.Legend(factors.Any(factor => factor.Kind == WaveKind.Oscillator)));
    }

    private static AttributedParts Channels(ScoreAttribution attribution)
    {
        IReadOnlyList<double> gates = attribution.ByGate();
        return new(
            "channel",
            [.. attribution.ByReadout().Select((value, c) => gates.Count == 0
                ? new AttributedPart($"channel {c}", value, "")
                : new AttributedPart($"channel {c}", value + gates[c], $"waves {PlainText.Signed(value)}, gate argument {PlainText.Signed(gates[c])}"))],
            [],
            "channel c: all waves and the skip of readout c together.");
    }

    private static AttributedParts Inputs(InputTimeAttribution input, ScoreAttribution attribution)
    {
        if (input.Of == AttributedInput.Model && attribution.Source.Attributor.Operator.Vocabulary is not null)
        {
            return new("token", [.. input.ByTime().Select((value, t) => new AttributedPart($"step {t}", value, ""))], input.Rows, "step t: the token at time step t, all numbers of its embedding together.");
        }

        string of = input.Of switch
        {
            AttributedInput.Model => "the model's input, after its scaling",
            AttributedInput.Layer => "the layer's input, held fixed",
            AttributedInput.Cells => "the input of the layer's cells, held fixed",
            _ => throw new ArgumentOutOfRangeException(nameof(input), input.Of, "An input without a name."),
        };
        return new(
            "sample",
            [.. input.Values.Select((value, i) => new AttributedPart(
                input.Width == 1 ? $"u({i})" : $"u({i / input.Width},{i % input.Width})",
                value,
                $"value {PlainText.Number(input.Inputs[i])}"))],
            input.Rows,
            $"{(input.Width == 1 ? "u(t): the sample at time step t" : "u(t,i): number i of the sample at time step t")}, of {of}.");
    }
}
