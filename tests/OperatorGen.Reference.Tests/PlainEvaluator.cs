using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Reference.Tests;

/// <summary>
/// A model in the arithmetic of T, as generated code evaluates it: functions rounded to T, mean pooling in double. It takes the place of generated code where
/// bounds are tested.
/// </summary>
internal sealed class PlainEvaluator<T>(SequenceModel model)
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    public double[] Forward(double[] input)
    {
        int channels = model.InputWidth;
        T[][] hidden = [.. Enumerable.Range(0, input.Length / channels).Select(t =>
        {
            T[] x = [.. input.AsSpan(t * channels, channels).ToArray().Select(Cast)];
            x = model.Scaling is null ? x : [.. x.Select((value, c) => (Cast(model.Scaling.Scale.Values[c]) * value) + Cast(model.Scaling.Offset.Values[c]))];
            return Linear(model.Encoder, x);
        })];
        hidden = model.Layers.Aggregate(hidden, (rows, layer) => new LayerRun(layer).Run(rows));
        if (model.Pooling == Pooling.Last)
        {
            hidden = [hidden[^1]];
        }
        else if (model.Pooling == Pooling.Mean)
        {
            hidden = [[.. Enumerable.Range(0, hidden[0].Length).Select(c => Cast(hidden.Sum(h => double.CreateChecked(h[c])) / hidden.Length))]];
        }

        return [.. hidden.SelectMany(h => Linear(model.Head, h)).Select(double.CreateChecked)];
    }

    private static T Cast(double value) => T.CreateChecked(value);

    public static T[] Map(DecoderFunction function, T[] x) => Array.ConvertAll(x, value => Cast(DecoderFormulas.Of(function)(double.CreateChecked(value))));

    public static T[] Linear(Linear? linear, T[] x)
    {
        if (linear is null)
        {
            return x;
        }

        var y = new T[linear.Outputs];
        for (int r = 0; r < y.Length; r++)
        {
            y[r] = linear.Bias is null ? T.Zero : Cast(linear.Bias.Values[r]);
            for (int c = 0; c < x.Length; c++)
            {
                y[r] += Cast(linear.Weight.Values[(r * x.Length) + c]) * x[c];
            }
        }

        return y;
    }

    private static T[] Norm(Norm? norm, T[] x) => norm switch
    {
        null => x,
        LayerNorm layer => Norm(layer, x),
        BatchNorm batch => [.. x.Select((value, c) => Affine(batch, c, value))],
        RmsNorm rms => [.. x.Chunk(rms.GroupWidth).SelectMany((group, index) => Norm(rms, group, index * rms.GroupWidth))],
        LengthNorm length => Norm(length, x),
        _ => throw new NotSupportedException($"A {norm.GetType().Name} is not known."),
    };

    private static T Affine(BatchNorm norm, int c, T x)
    {
        double factor = (norm.Weight?.Values[c] ?? 1) / Math.Sqrt(norm.Variance.Values[c] + norm.Epsilon);
        return (Cast(factor) * x) + Cast((norm.Bias?.Values[c] ?? 0) - (norm.Mean.Values[c] * factor));
    }

    private static T[] Norm(LayerNorm norm, T[] x)
    {
        T n = T.CreateChecked(x.Length);
        T mean = x.Aggregate(T.Zero, (sum, value) => sum + value) / n;
        T variance = x.Aggregate(T.Zero, (sum, value) => sum + ((value - mean) * (value - mean))) / n;
        T r = T.One / T.Sqrt(variance + Cast(norm.Epsilon));
        return [.. x.Select((value, c) => ((value - mean) * r * Cast(norm.Weight.Values[c])) + Cast(norm.Bias.Values[c]))];
    }

    private static T[] Norm(RmsNorm norm, T[] group, int first)
    {
        T square = group.Aggregate(T.Zero, (sum, value) => sum + (value * value)) / T.CreateChecked(group.Length);
        T r = T.One / T.Sqrt(square + Cast(norm.Epsilon));
        return [.. group.Select((value, c) => value * r * Cast(norm.Weight.Values[first + c]))];
    }

    private static T[] Norm(LengthNorm norm, T[] x)
    {
        T length = T.Max(T.Sqrt(x.Aggregate(T.Zero, (sum, value) => sum + (value * value))), Cast(norm.Floor));
        return [.. x.Select((value, c) => value * (T.One / length) * Cast(Math.Sqrt(norm.Width) * norm.Weight.Values[c]))];
    }

    private sealed class LayerRun(Layer layer)
    {
        private readonly T[] _cache = new T[layer.Cell.InputWidth * (layer.Input.Convolution?.Width ?? 0)];

        public T[][] Run(T[][] x)
        {
            T[][] projected = [.. x.Select(row => Linear(layer.Input.Projection, Norm(layer.PreNorm, row)))];
            int inputs = layer.Cell.InputWidth, passed = inputs - layer.Input.PassedWidth;
            T[][] v = [.. projected.Select(row => (T[])[.. Map(layer.Input.Activation, Convolution(row[..passed])), .. row[passed..inputs]])];
            T[][] o = layer.Cell.Accept(new PlainCells<T>(v));
            return [.. o.Select((readouts, t) => Decoded(x[t], projected[t][inputs..], readouts))];
        }

        private T[] Decoded(T[] x, T[] beside, T[] o)
        {
            T[] h = Map(layer.Decoder.Activation, o);
            h = layer.Decoder.NormAfterGate ? Norm(layer.Decoder.Norm, Gate(h, beside)) : Gate(Norm(layer.Decoder.Norm, h), beside);
            if (layer.Decoder.Side is DecoderFunction side)
            {
                T[] halves = beside[layer.Input.GateWidth..];
                h = [.. Gated(halves[(halves.Length / 2)..], Map(side, halves[..(halves.Length / 2)])), .. h];
            }

            T[] mixed = Linear(layer.Decoder.Mixing, h);
            h = layer.Decoder.Unit switch
            {
                null => mixed,
                SplitGlu glu => Gated(mixed, Map(glu.Function, mixed[(mixed.Length / 2)..])),
                HalfGlu glu => Gated(glu.Value == GluValue.Readout ? o : h, Map(glu.Function, mixed)),
                FinalActivation final => Map(final.Function, mixed),
                _ => throw new NotSupportedException($"A {layer.Decoder.Unit.GetType().Name} is not known."),
            };
            h = layer.Residual ? [.. h.Select((value, c) => value + x[c])] : h;
            if (layer.FeedForward is { } part)
            {
                T[] down = Linear(part.Down, Map(part.Function, Linear(part.Up, Norm(part.Norm, h))));
                h = [.. h.Select((value, c) => value + down[c])];
            }

            return Norm(layer.PostNorm, h);
        }

        private T[] Gate(T[] h, T[] beside) => layer.Decoder.Gate is null ? h : Gated(h, Map(layer.Decoder.Gate, beside[..layer.Input.GateWidth]));

        private static T[] Gated(T[] values, T[] gates) => [.. gates.Select((gate, c) => values[c] * gate)];

        private T[] Convolution(T[] v)
        {
            if (layer.Input.Convolution is not CausalConvolution convolution)
            {
                return v;
            }

            var output = new T[v.Length];
            for (int c = 0; c < v.Length; c++)
            {
                Span<T> cache = _cache.AsSpan(c * convolution.Width, convolution.Width);
                cache[1..].CopyTo(cache);
                cache[^1] = v[c];
                output[c] = convolution.Bias is null ? T.Zero : Cast(convolution.Bias.Values[c]);
                for (int j = 0; j < convolution.Width; j++)
                {
                    output[c] += Cast(convolution.Weight.Values[(c * convolution.Width) + j]) * cache[j];
                }
            }

            return output;
        }
    }
}
