using System;
using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>Between which limits the numbers of a signal lie whatever the cells' input is, in exact arithmetic and in code.</summary>
/// <param name="Low">The lower limit.</param>
/// <param name="High">The upper limit.</param>
internal sealed record SignalRange(double Low, double High)
{
    private static readonly SignalRange s_all = new(double.NegativeInfinity, double.PositiveInfinity);

    public static SignalRange Of(Signal signal) => signal switch
    {
        SlicedSignal sliced => Of(sliced.Source),
        MappedSignal { Function.Name: "sigmoid" } => new(0, 1),
        MappedSignal { Function.Name: "softplus" or "relu" } => new(0, double.PositiveInfinity),
        MappedSignal { Function.Name: "tanh" } => new(-1, 1),
        AffineSignal { Offset: null, Factor: > 0 } affine => new(affine.Factor * Of(affine.Source).Low, affine.Factor * Of(affine.Source).High),
        AffineSignal { Offset: null, Factor: < 0 } affine => new(affine.Factor * Of(affine.Source).High, affine.Factor * Of(affine.Source).Low),
        ClampedSignal clamped => new(Math.Max(clamped.Lower, Of(clamped.Source).Low), Math.Min(clamped.Upper, Of(clamped.Source).High)),
        _ => s_all,
    };
}
