using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// The ranges of a selective layer's gates as a model file holds them: one number per gate in each of <c>min</c>, <c>max</c>, <c>mean</c> and <c>count</c>, and in
/// <c>closed</c> where a gate closes completely. What a gate of no values has is written as 0.
/// </summary>
internal static class GateRangeText
{
    /// <summary>The object after the key.</summary>
    public static string Write(EquatableArray<GateRange> ranges)
    {
        List<(string Name, Tensor Value)> tensors =
        [
            ("min", Column(range => range.Count == 0 ? 0 : range.Min)),
            ("max", Column(range => range.Count == 0 ? 0 : range.Max)),
            ("mean", Column(range => range.Mean)),
            ("count", Column(range => range.Count)),
        ];
        if (ranges.Any(range => range.Closed > 0))
        {
            tensors.Add(("closed", Column(range => range.Closed)));
        }

        return CalibrationText.Tensors(tensors);

        Tensor Column(Func<GateRange, double> value) => new(EquatableArray.Of(ranges.Count), ranges.Select(value).ToArray());
    }
}
