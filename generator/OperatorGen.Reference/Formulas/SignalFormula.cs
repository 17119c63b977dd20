using System;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>A signal as a function of the cells' input v_t.</summary>
internal static class SignalFormula
{
    /// <summary>The function that computes a signal from v_t: [width of v] to [signal width].</summary>
    public static Func<double[], double[]> Of(Signal signal, ReferenceOptions options)
    {
        switch (signal)
        {
            case CellInputSignal:
                return v => v;

            case ProjectedSignal projected:
                Func<double[], double[]> projectedSource = Of(projected.Source, options);
                var linear = new LinearFormula(projected.Projection, options);
                return v => linear.Of(projectedSource(v));

            case SlicedSignal sliced:
                Func<double[], double[]> slicedSource = Of(sliced.Source, options);
                return v => slicedSource(v).AsSpan(sliced.Start, sliced.Width).ToArray();

            case MappedSignal mapped:
                Func<double[], double[]> mappedSource = Of(mapped.Source, options);
                Func<double, double> function = DecoderFormulas.Of(mapped.Function, options);
                return v => Array.ConvertAll(mappedSource(v), x => function(x));

            default:
                throw new NotSupportedException($"The reference has no formula for a {signal.GetType().Name}.");
        }
    }
}
