using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// One layer of an operator with its numbers:
/// <code>
/// x -> [norm] -> input stage -> v -> waves -> o -> h = [norm] g(o) [* gate(z)] [beside a side stream] -> [mixing] -> [gated linear unit] -> [+ x] -> [feed-forward] -> [norm] -> y
/// </code>
/// </summary>
public sealed record LayerDescription
{
    /// <summary>Upstream's prefix of the layer's tensors; empty for a model of one layer.</summary>
    public string Name { get; init; } = "";

    /// <summary>The width of x.</summary>
    public required int Width { get; init; }

    /// <summary>The number of readouts.</summary>
    public int Channels => Recurrence.Readouts;

    /// <summary>Waves per readout.</summary>
    public int Modes => Recurrence.WavesPerReadout;

    /// <summary>The norm before the input stage; null: none.</summary>
    public NormDescription? PreNorm { get; init; }

    /// <summary>What x passes through before it is v.</summary>
    public InputDescription Input { get; init; } = InputDescription.None;

    /// <summary>From v to the readouts o.</summary>
    public required RecurrenceDescription Recurrence { get; init; }

    /// <summary>The modes of the recurrence; null for a selective layer, whose recurrence depends on the input.</summary>
    public ModeBank? Bank => Recurrence.Bank;

    /// <summary>g, the decoder function of the readouts.</summary>
    public required DecoderFunction Decoder { get; init; }

    /// <summary>The function of the gate stream that multiplies; null: none.</summary>
    public DecoderFunction? Gate { get; init; }

    /// <summary>The norm of g(o); null: none.</summary>
    public NormDescription? DecoderNorm { get; init; }

    /// <summary>Whether that norm is taken after the gate stream has multiplied.</summary>
    public bool NormAfterGate { get; init; }

    /// <summary>f of the side stream (a, b): f(a) * b goes into the mixing before h; null: none.</summary>
    public DecoderFunction? Side { get; init; }

    /// <summary>The linear map after g; null: none. A gated linear unit has one.</summary>
    public LinearDescription? Mixing { get; init; }

    /// <summary>What is made of the mixed channels; null: nothing.</summary>
    public GluDescription? Glu { get; init; }

    /// <summary>True when x is added.</summary>
    public bool Residual { get; init; }

    /// <summary>The feed-forward part after the residual, which only selective layers have; null: none.</summary>
    public FeedForwardDescription? FeedForward { get; init; }

    /// <summary>The norm at the end; null: none.</summary>
    public NormDescription? PostNorm { get; init; }

    /// <summary>Where the step sizes or log-gates of a selective layer lie on a calibration set; null: they are not known.</summary>
    public IReadOnlyList<GateRange>? GateRanges { get; init; }

    /// <summary>True when the recurrence depends on the input: it has gates, no waves.</summary>
    public bool IsSelective => Bank is null;

    /// <summary>The width of the layer's output y.</summary>
    public int OutputWidth => (Mixing?.Outputs ?? Channels) / (Glu is null ? 1 : 2);

    /// <summary>How many gate arguments a step has: one per output of a gated linear unit, one per channel of a gate stream, else 0.</summary>
    public int Gates => Glu is not null ? OutputWidth : Gate is null ? 0 : Channels;

    /// <summary>The function of the gate arguments; null where there is no gate.</summary>
    public DecoderFunction? GateFunction => Glu?.Gate ?? Gate;

    /// <summary>The function of the readouts that the value of a gated linear unit is mixed of; g where there is none.</summary>
    public DecoderFunction ValueFunction => Glu is { ReadsReadouts: true } ? DecoderFunctions.Identity : Decoder;

    /// <summary>A wave.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="mode">The mode.</param>
    /// <exception cref="InvalidOperationException">The layer is selective.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such channel or mode.</exception>
    public Wave Wave(int channel, int mode)
    {
        if ((uint)channel >= (uint)Channels)
        {
            throw new ArgumentOutOfRangeException(nameof(channel), $"A channel is 0 to {Channels - 1}.");
        }

        if ((uint)mode >= (uint)Modes)
        {
            throw new ArgumentOutOfRangeException(nameof(mode), $"A mode is 0 to {Modes - 1}.");
        }

        return Bank is null
            ? throw new InvalidOperationException($"The layer \"{Name}\" is selective: its modes depend on the input, it has no waves.")
            : Bank[channel, mode];
    }

    /// <summary>D of a channel; 0 where the readout has no skip.</summary>
    public double Skip(int channel) => Bank?.Skip(channel) ?? 0;

    /// <summary>Whether it is the same object.</summary>
    public bool Equals(LayerDescription? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
