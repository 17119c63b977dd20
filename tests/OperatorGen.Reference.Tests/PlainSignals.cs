using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Reference.Tests;

/// <summary>Signals of the cells' input in the arithmetic of T.</summary>
internal static class PlainSignals<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    public static T[] Of(Signal signal, T[] v) => signal switch
    {
        CellInputSignal => v,
        ProjectedSignal projected => PlainEvaluator<T>.Linear(projected.Projection, Of(projected.Source, v)),
        SlicedSignal sliced => Of(sliced.Source, v)[sliced.Start..(sliced.Start + sliced.Width)],
        MappedSignal mapped => PlainEvaluator<T>.Map(mapped.Function, Of(mapped.Source, v)),
        AffineSignal affine => [.. Of(affine.Source, v).Select((x, i) => (Cast(affine.Factor) * x) + Cast(affine.Offset?.Values[i] ?? 0))],
        ClampedSignal clamped => [.. Of(clamped.Source, v).Select(x => T.Min(T.Max(x, Cast(clamped.Lower)), Cast(clamped.Upper)))],
        PolarSignal polar => [.. Of(polar.Source, v).Chunk(2).SelectMany(pair => Polar(pair[0], pair[1]))],
        _ => throw new NotSupportedException($"A {signal.GetType().Name} is not known."),
    };

    /// <summary>Block g P / G of P blocks, each of a size, for the cell g of G.</summary>
    public static T[] Block(T[] blocks, int size, int g, int cells) => blocks.AsSpan(g * (blocks.Length / size) / cells * size, size).ToArray();

    private static T[] Polar(T re, T im)
    {
        T length = T.Sqrt((re * re) + (im * im));
        T size = PlainEvaluator<T>.Map(DecoderFunctions.Sigmoid, [length])[0];
        return length == T.Zero ? [size, T.Zero] : [size / length * re, size / length * im];
    }

    private static T Cast(double value) => T.CreateChecked(value);
}
