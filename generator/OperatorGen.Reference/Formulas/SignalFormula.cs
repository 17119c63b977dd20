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

            case AffineSignal affine:
                Func<double[], double[]> affineSource = Of(affine.Source, options);
                double[]? offset = affine.Offset?.Stored(options);
                return v =>
                {
                    double[] y = (double[])affineSource(v).Clone();
                    for (int i = 0; i < y.Length; i++)
                    {
                        y[i] = (affine.Factor * y[i]) + (offset is null ? 0 : offset[i]);
                    }

                    return y;
                };

            case ClampedSignal clamped:
                Func<double[], double[]> clampedSource = Of(clamped.Source, options);
                return v => Array.ConvertAll(clampedSource(v), x => Math.Min(Math.Max(x, clamped.Lower), clamped.Upper));

            case PolarSignal polar:
                Func<double[], double[]> polarSource = Of(polar.Source, options);
                return v => Polar(polarSource(v));

            default:
                throw new NotSupportedException($"The reference has no formula for a {signal.GetType().Name}.");
        }
    }

    /// <summary><c>sigmoid(|x|) x / |x|</c> of every pair, and 1/2 where x is 0.</summary>
    private static double[] Polar(double[] x)
    {
        var y = new double[x.Length];
        for (int i = 0; i < x.Length; i += 2)
        {
            double length = double.Hypot(x[i], x[i + 1]), size = DecoderFormulas.Sigmoid(length);
            (y[i], y[i + 1]) = length == 0 ? (size, 0) : (size * (x[i] / length), size * (x[i + 1] / length));
        }

        return y;
    }
}
