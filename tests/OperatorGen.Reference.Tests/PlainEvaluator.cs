using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Reference.Tests;

/// <summary>
/// A model in the arithmetic of T, as generated code evaluates it: constant cells with unit input weight and folded output weight, functions rounded to T.
/// It stands in for generated code where bounds are tested; V = 1, mean pooling in double.
/// </summary>
internal sealed class PlainEvaluator<T>(SequenceModel model)
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    public double[] Forward(double[] input)
    {
        int channels = model.InputWidth;
        LayerRun[] layers = [.. model.Layers.Select(layer => new LayerRun(layer))];
        T[][] hidden = [.. Enumerable.Range(0, input.Length / channels).Select(t =>
        {
            T[] x = [.. input.AsSpan(t * channels, channels).ToArray().Select(Cast)];
            x = model.Scaling is null ? x : [.. x.Select((value, c) => (Cast(model.Scaling.Scale.Values[c]) * value) + Cast(model.Scaling.Offset.Values[c]))];
            x = Linear(model.Encoder, x);
            return layers.Aggregate(x, (h, layer) => layer.Step(h));
        })];
        if (model.Pooling == Pooling.Mean)
        {
            hidden = [[.. Enumerable.Range(0, hidden[0].Length).Select(c => Cast(hidden.Sum(h => double.CreateChecked(h[c])) / hidden.Length))]];
        }

        return [.. hidden.SelectMany(h => Linear(model.Head, h)).Select(double.CreateChecked)];
    }

    private static T Cast(double value) => T.CreateChecked(value);

    private static T[] Map(DecoderFunction function, T[] x) => Array.ConvertAll(x, value => Cast(DecoderFormulas.Of(function)(double.CreateChecked(value))));

    private static T[] Linear(Linear? linear, T[] x)
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

    private static T[] Norm(LayerNorm? norm, T[] x)
    {
        if (norm is null)
        {
            return x;
        }

        T n = T.CreateChecked(x.Length);
        T mean = x.Aggregate(T.Zero, (sum, value) => sum + value) / n;
        T variance = x.Aggregate(T.Zero, (sum, value) => sum + ((value - mean) * (value - mean))) / n;
        T r = T.One / T.Sqrt(variance + Cast(norm.Epsilon));
        return [.. x.Select((value, c) => ((value - mean) * r * Cast(norm.Weight.Values[c])) + Cast(norm.Bias.Values[c]))];
    }

    private sealed class LayerRun(Layer layer)
    {
        private readonly T[] _cache = new T[layer.Cell.Count * (layer.Input.Convolution?.Width ?? 0)];
        private readonly (T Re, T Im)[] _state = new (T, T)[layer.Cell.Count * layer.Cell.KeyWidth];

        public T[] Step(T[] x)
        {
            T[] projected = Linear(layer.Input.Projection, Norm(layer.PreNorm, x));
            T[] v = Map(layer.Input.Activation, Convolution(projected[..layer.Cell.OutputWidth]));
            T[] h = Map(layer.Decoder.Activation, layer.Cell.IsConstant ? Constant(v) : Selective(v));
            if (layer.Decoder.Gate is DecoderFunction gate)
            {
                T[] z = Map(gate, projected[v.Length..]);
                h = [.. h.Select((value, c) => value * z[c])];
            }

            h = Linear(layer.Decoder.Mixing, h);
            if (layer.Decoder.Glu)
            {
                T[] gates = Map(DecoderFunctions.Sigmoid, h[(h.Length / 2)..]);
                h = [.. gates.Select((value, c) => h[c] * value)];
            }

            h = layer.Residual ? [.. h.Select((value, c) => value + x[c])] : h;
            return Norm(layer.PostNorm, h);
        }

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

        private T[] Constant(T[] v)
        {
            Cell cell = layer.Cell;
            var o = new T[cell.Count];
            for (int g = 0; g < cell.Count; g++)
            {
                for (int k = 0; k < cell.KeyWidth; k++)
                {
                    int mode = (g * cell.KeyWidth) + k;
                    Tensor delta = ((ConstantParameter)cell.Delta).Value;
                    (Complex a, Complex factor) = Discretization.Of(cell.Rule, delta.Values[g % delta.Count], Number(((DiagonalTransition)cell.Transition).A, mode));
                    Complex weight = cell.Gamma * Number(cell.C, mode) * factor * Number(cell.B, mode);
                    (T ar, T ai, T wr, T wi) = (Cast(a.Real), Cast(a.Imaginary), Cast(weight.Real), Cast(weight.Imaginary));
                    (T re, T im) = _state[mode];
                    _state[mode] = ((ar * re) - (ai * im) + v[g], (ar * im) + (ai * re));
                    (re, im) = cell.Order == ReadOrder.PostUpdate ? _state[mode] : (re, im);
                    o[g] += (wr * re) - (wi * im);
                }

                o[g] += cell.Skip is null ? T.Zero : Cast(cell.Skip.Values[g]) * v[g];
            }

            return o;
        }

        private T[] Selective(T[] v)
        {
            Cell cell = layer.Cell;
            T[] delta = Signal(((SelectiveParameter)cell.Delta).Signal, v);
            T[] b = Signal(((SelectiveParameter)cell.B).Signal, v);
            T[] c = Signal(((SelectiveParameter)cell.C).Signal, v);
            var o = new T[cell.Count];
            for (int g = 0; g < cell.Count; g++)
            {
                for (int k = 0; k < cell.KeyWidth; k++)
                {
                    int mode = (g * cell.KeyWidth) + k;
                    T a = T.Exp(delta[g] * Cast(Number(((DiagonalTransition)cell.Transition).A, mode).Real));
                    _state[mode].Re = (a * _state[mode].Re) + (delta[g] * b[k] * v[g]);
                    o[g] += c[k] * _state[mode].Re;
                }

                o[g] += cell.Skip is null ? T.Zero : Cast(cell.Skip.Values[g]) * v[g];
            }

            return o;
        }

        private static T[] Signal(Signal signal, T[] v) => signal switch
        {
            ProjectedSignal projected => Linear(projected.Projection, Signal(projected.Source, v)),
            SlicedSignal sliced => Signal(sliced.Source, v)[sliced.Start..(sliced.Start + sliced.Width)],
            MappedSignal mapped => Map(mapped.Function, Signal(mapped.Source, v)),
            _ => v,
        };

        private Complex Number(Parameter parameter, int index)
        {
            ReadOnlySpan<double> values = ((ConstantParameter)parameter).Value.Values;
            return layer.Cell.Field == Field.Complex ? new Complex(values[2 * index], values[(2 * index) + 1]) : values[index];
        }
    }
}
