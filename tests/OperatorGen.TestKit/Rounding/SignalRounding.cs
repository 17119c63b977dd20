using System;
using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>A signal of the cells' input v that is known up to its error.</summary>
internal static class SignalRounding
{
    public static Approximate Of(Signal signal, Approximate v, Arithmetic arithmetic) => signal switch
    {
        CellInputSignal => v,
        ProjectedSignal projected => LinearRounding.Of(projected.Projection, Of(projected.Source, v, arithmetic), arithmetic),
        SlicedSignal sliced => Of(sliced.Source, v, arithmetic).Slice(sliced.Start, sliced.Width),
        MappedSignal mapped => FunctionRounding.Of(mapped.Function, Of(mapped.Source, v, arithmetic), arithmetic),
        _ => throw new NotSupportedException($"There is no rounding bound for a {signal.GetType().Name}."),
    };
}
