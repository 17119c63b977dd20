using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Proven ranges of what happens inside one layer, at every step and for every input of a range.</summary>
public sealed class LayerEnclosure
{
    private LayerEnclosure(LayerDescription layer, Interval[] input, Interval[] cellInput, Interval[] readouts, Interval[] gates, int? maxLength)
    {
        Layer = layer;
        Input = input;
        CellInput = cellInput;
        Readouts = readouts;
        MaxLength = maxLength;
        Interval[] h = [.. readouts.Select(o => FunctionRange.Value(layer.Decoder, o))];
        if (layer.Gate is not null)
        {
            h = [.. h.Zip(gates, (value, z) => value * layer.Gate.Enclose(z))];
        }

        Hidden = h;
        Mixed = IntervalMaps.Mixed(layer, readouts, h);
        Gates = layer.Glu is null ? gates : [.. Mixed.Skip(layer.OutputWidth)];
        Decoded = layer.Glu is { } glu ? IntervalMaps.Product(glu.Gate, Mixed) : Mixed;
        Interval[] sum = layer.Residual ? IntervalMaps.Sum([.. Decoded], input) : [.. Decoded];
        Output = layer.PostNorm?.Range(sum) ?? sum;
    }

    /// <summary>The layer.</summary>
    public LayerDescription Layer { get; }

    /// <summary>x, [width].</summary>
    public IReadOnlyList<Interval> Input { get; }

    /// <summary>v, [input of the cells].</summary>
    public IReadOnlyList<Interval> CellInput { get; }

    /// <summary>o, [readout].</summary>
    public IReadOnlyList<Interval> Readouts { get; }

    /// <summary>z, [output] of a gated linear unit, [channel] of a gate stream; empty without gate.</summary>
    public IReadOnlyList<Interval> Gates { get; }

    /// <summary>What the decoder makes of the readouts, before the residual, [output].</summary>
    public IReadOnlyList<Interval> Decoded { get; }

    /// <summary>y, [output].</summary>
    public IReadOnlyList<Interval> Output { get; }

    /// <summary>h = g(o), times the gate of a gate stream: what the mixing sees, [channel].</summary>
    internal Interval[] Hidden { get; }

    /// <summary>What the mixing makes of h; h itself without mixing.</summary>
    internal Interval[] Mixed { get; }

    /// <summary>The greatest length of a sequence; null: any.</summary>
    internal int? MaxLength { get; }

    /// <summary>Makes the ranges of the layer's readouts; the signals that drive its cells, and the map between, are kept in it.</summary>
    internal Func<long, BankEnclosure>? Images { get; private init; }

    /// <summary>The ranges for inputs x of a range.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">[width].</param>
    /// <param name="maxLength">The greatest length of a sequence; null: any.</param>
    /// <param name="condition">What is known of the readouts besides; null: nothing.</param>
    /// <param name="source">The map that x comes from, and its input; null: the elements of x are independent.</param>
    internal static LayerEnclosure Of(LayerDescription layer, Interval[] x, int? maxLength, IReadOnlyList<Interval>? condition, (LinearDescription Map, Interval[] Input)? source = null)
    {
        if (layer.Bank is not { } bank)
        {
            Interval[] anything = [.. Enumerable.Repeat(Interval.Entire, layer.Recurrence.Inputs)];
            return new LayerEnclosure(layer, x, anything, [.. Enumerable.Repeat(Interval.Entire, layer.Channels)], [], maxLength);
        }

        Interval[] normed = Normed(layer, x);
        (Interval[] v, Interval[] z) = InputEnclosure.Of(layer.Input, normed);

        // Where nothing but linear maps come before the cells, their inputs are what is independent.
        bool encoded = layer.Input.IsNone && layer.PreNorm is null or { IsAffine: true } && source is not null;
        (LinearDescription? map, Interval[] signals) = encoded ? (source!.Value.Map, source.Value.Input)
            : layer.Input is { Projection: { } projection, Convolution: null } && layer.Input.Activation.Equals(DecoderFunctions.Identity) ? (projection, normed)
            : (null, v);
        BankEnclosure Images(long limit) => new(bank, map, signals, maxLength, limit, encoded ? layer.PreNorm : null);
        BankEnclosure images = Images(BankEnclosure.WorkLimit);
        var readouts = new Interval[layer.Channels];
        for (int h = 0; h < readouts.Length; h++)
        {
            readouts[h] = images.Of(h);
            if (condition is not null)
            {
                readouts[h] = readouts[h].Intersection(condition[h]) ?? condition[h];
            }
        }

        return new LayerEnclosure(layer, x, v, readouts, z, maxLength) { Images = Images };
    }

    /// <summary>The input stage's input.</summary>
    internal static Interval[] Normed(LayerDescription layer, Interval[] x) => layer.PreNorm?.Range(x) ?? x;
}
