using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Explanations;

/// <summary>One part of a score.</summary>
/// <param name="Name">What it belongs to.</param>
/// <param name="Value">The part.</param>
/// <param name="Note">What is known of it; perhaps empty.</param>
internal readonly record struct AttributedPart(string Name, double Value, string Note);

/// <summary>The parts that a score's attribution has, one way of looking at it.</summary>
/// <param name="Noun">What one part belongs to.</param>
/// <param name="Parts">The parts, in the order of the model or of time.</param>
/// <param name="Rows">Parts that are listed whatever their size: biases.</param>
/// <param name="Legend">What the names mean; perhaps empty.</param>
internal sealed record AttributedParts(string Noun, IReadOnlyList<AttributedPart> Parts, IReadOnlyList<NamedContribution> Rows, string Legend)
{
    /// <summary>The parts of an attribution.</summary>
    /// <param name="by">What they belong to.</param>
    /// <param name="subject">The sequence.</param>
    /// <param name="attributor">What made the attribution.</param>
    /// <param name="attribution">The attribution.</param>
    public static AttributedParts Of(AttributionBy by, ExplainedSequence subject, OperatorAttributor attributor, ScoreAttribution attribution) => by switch
    {
        AttributionBy.Wave => Waves(subject, attributor, attribution),
        AttributionBy.Channel => Channels(attribution),
        AttributionBy.Time => new("time step", [.. attribution.ByReadoutTime().Select((value, t) => new AttributedPart($"step {t}", value, ""))], [], "step t: what all waves add when they are read at time step t."),
        AttributionBy.Input => Inputs(attribution.ByInputTime()),
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "A way to attribute without parts."),
    };

    private static AttributedParts Waves(ExplainedSequence subject, OperatorAttributor attributor, ScoreAttribution attribution)
    {
        IReadOnlyList<WaveFactor> factors = attributor.Factors();
        string legend = (factors.Any(factor => factor.Kind == WaveKind.Oscillator) ? "s(n): oscillator n, in all readouts that it has" : "w(c,n): wave of mode n in channel c")
            + "; d(c): skip; z(c): gate argument. Lifetimes and periods in time steps.";
        return new("wave", [.. factors.Select((factor, n) => new AttributedPart(TermNames.Of([factor]), attribution.Waves[n], WaveNote.Of(subject.Operator.Layers[subject.Layer], factor)))], [], legend);
    }

    private static AttributedParts Channels(ScoreAttribution attribution)
    {
        IReadOnlyList<double> gates = attribution.ByGate();
        return new(
            "channel",
            [.. attribution.ByReadout().Select((value, c) => gates.Count == 0
                ? new AttributedPart($"channel {c}", value, "")
                : new AttributedPart($"channel {c}", value + gates[c], $"waves {SignedText.Of(value)}, gate argument {SignedText.Of(gates[c])}"))],
            [],
            "channel c: all waves and the skip of readout c together.");
    }

    private static AttributedParts Inputs(InputTimeAttribution input)
    {
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
                $"value {NumberText.Format(input.Inputs[i], 5)}"))],
            input.Rows,
            $"{(input.Width == 1 ? "u(t): the sample at time step t" : "u(t,i): number i of the sample at time step t")}, of {of}.");
    }
}
