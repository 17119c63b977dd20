using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>One layer of an <see cref="EnclosedTrace"/>, row by row.</summary>
internal static class EnclosedLayer
{
    /// <summary>Contains o, [time, readout], and y, [time][output].</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">The layer's input, [time][width].</param>
    /// <param name="expansion">The layer's polynomials; null: the functions.</param>
    /// <exception cref="InvalidOperationException">The layer is selective.</exception>
    public static (Interval[] Readouts, Interval[][] Output) Of(LayerDescription layer, Interval[][] x, LayerExpansion? expansion)
    {
        ModeBank bank = layer.Bank ?? throw new InvalidOperationException($"The layer \"{layer.Name}\" is selective: its recurrence depends on the input.");
        Interval[][] p = [.. x.Select(row => Projected(layer, row))];
        Interval[][] v = [.. p.Select((_, t) => CellInput(layer, p, t))];
        Interval[] o = EnclosedRecurrence.Readouts(bank, v);
        var y = new Interval[x.Length][];
        for (int t = 0; t < y.Length; t++)
        {
            Interval[] readouts = o.AsSpan(t * layer.Channels, layer.Channels).ToArray();
            Interval[] gates = layer.Gate is null ? [] : p[t].AsSpan(layer.Recurrence.Inputs).ToArray();
            Interval[] decoded = expansion is null ? Decoded(layer, readouts, gates) : EnclosedExpansion.Decoded(expansion, readouts, gates);
            decoded = layer.Residual ? IntervalMaps.Sum(decoded, x[t]) : decoded;
            y[t] = layer.PostNorm?.Enclose(decoded) ?? decoded;
        }

        return (o, y);
    }

    private static Interval[] Projected(LayerDescription layer, Interval[] x)
    {
        Interval[] normed = layer.PreNorm?.Enclose(x) ?? x;
        return layer.Input.Projection is null ? normed : IntervalMaps.Apply(layer.Input.Projection, normed);
    }

    private static Interval[] CellInput(LayerDescription layer, Interval[][] p, int t)
    {
        var v = new Interval[layer.Recurrence.Inputs];
        for (int c = 0; c < v.Length; c++)
        {
            Interval sum = p[t][c];
            if (layer.Input.Convolution is { } convolution)
            {
                sum = convolution.Bias(c);
                for (int j = Math.Max(0, convolution.Width - 1 - t); j < convolution.Width; j++)
                {
                    sum += convolution.Weight(j, c) * p[t - convolution.Width + 1 + j][c];
                }
            }

            v[c] = FunctionRange.Value(layer.Input.Activation, sum);
        }

        return v;
    }

    private static Interval[] Decoded(LayerDescription layer, Interval[] readouts, Interval[] gates)
    {
        Interval[] h = [.. readouts.Select(o => FunctionRange.Value(layer.Decoder, o))];
        h = layer.Gate is null ? h : [.. h.Zip(gates, (value, z) => value * layer.Gate.Enclose(z))];
        Interval[] mixed = IntervalMaps.Mixed(layer, readouts, h);
        return layer.Glu is { } glu ? IntervalMaps.Product(glu.Gate, mixed) : mixed;
    }
}
