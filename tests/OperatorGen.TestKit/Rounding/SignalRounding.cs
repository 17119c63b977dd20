using System;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// A signal of the cells' input v that is known up to its error; beside projections and functions
/// <code>
/// affine    |f| e + gamma_3 (|f| |x| + |offset|)          the factor is rounded where it is stored
/// clamped   e, what the stored limits are off by where they are met, and at most the distance of the limits
/// polar     y = sigmoid(r) x / r of a pair x of length r: with the errors e of the pair
///           |y' - y| at most |sigmoid(r + |e|) - sigmoid(r)| + d + 16 u sigmoid(r)      d = 2 |e| / (2 r - |e|), at most 2
/// </code>
/// 16 u are 6 of the sigmoid, 3 of r, of which the sigmoid takes less than a quarter and the quotient all, and those of quotient and product, of both components.
/// d bounds the distance of the directions of x and x', |x/|x| - x'/|x'|| at most 2 |x - x'| / (|x| + |x'|) (Dunkl and Williams 1964); it is 2 as well where the
/// squares of the pair can underflow.
/// </summary>
internal static class SignalRounding
{
    public static Approximate Of(Signal signal, Approximate v, Arithmetic arithmetic) => signal switch
    {
        CellInputSignal => v,
        ProjectedSignal projected => LinearRounding.Of(projected.Projection, Of(projected.Source, v, arithmetic), arithmetic),
        SlicedSignal sliced => Of(sliced.Source, v, arithmetic).Slice(sliced.Start, sliced.Width),
        MappedSignal mapped => FunctionRounding.Of(mapped.Function, Of(mapped.Source, v, arithmetic), arithmetic),
        AffineSignal affine => Affine(affine, Of(affine.Source, v, arithmetic), arithmetic),
        ClampedSignal clamped => Clamped(clamped, Of(clamped.Source, v, arithmetic), arithmetic),
        PolarSignal polar => Polar(Of(polar.Source, v, arithmetic), arithmetic),
        _ => throw new NotSupportedException($"There is no rounding bound for a {signal.GetType().Name}."),
    };

    private static Approximate Affine(AffineSignal affine, Approximate x, Arithmetic arithmetic)
    {
        double factor = Math.Abs(affine.Factor);
        var value = new double[affine.Width];
        var error = new double[affine.Width];
        for (int i = 0; i < value.Length; i++)
        {
            double offset = affine.Offset is null ? 0 : arithmetic.Stored(affine.Offset.Values[i]);
            value[i] = (affine.Factor * x.Value[i]) + offset;
            error[i] = (factor * x.Error[i]) + (arithmetic.Gamma(3) * ((factor * x.Magnitude(i)) + Math.Abs(offset)));
        }

        return new Approximate(value, error);
    }

    private static Approximate Clamped(ClampedSignal clamped, Approximate x, Arithmetic arithmetic)
    {
        double lower = double.IsFinite(clamped.Lower) ? Math.Abs(arithmetic.Stored(clamped.Lower) - clamped.Lower) : 0;
        double upper = double.IsFinite(clamped.Upper) ? Math.Abs(arithmetic.Stored(clamped.Upper) - clamped.Upper) : 0;
        var error = new double[clamped.Width];
        for (int i = 0; i < error.Length; i++)
        {
            double reach = x.Error[i] + Math.Max(lower, upper);
            bool below = x.Value[i] - reach <= clamped.Lower, above = x.Value[i] + reach >= clamped.Upper;
            double stored = Math.Max(below ? lower : 0, above ? upper : 0);

            // Past a limit by more than the error, both are the limit.
            bool met = x.Value[i] + reach < clamped.Lower || x.Value[i] - reach > clamped.Upper;
            error[i] = Math.Min((met ? 0 : x.Error[i]) + stored, clamped.Upper - clamped.Lower + lower + upper);
        }

        return new Approximate(Array.ConvertAll(x.Value, value => Math.Min(Math.Max(value, clamped.Lower), clamped.Upper)), error);
    }

    private static Approximate Polar(Approximate x, Arithmetic arithmetic)
    {
        var value = new double[x.Value.Length];
        var error = new double[x.Value.Length];
        for (int i = 0; i < value.Length; i += 2)
        {
            double r = double.Hypot(x.Value[i], x.Value[i + 1]), e = double.Hypot(x.Error[i], x.Error[i + 1]);
            double size = DecoderFormulas.Sigmoid(r), farther = DecoderFormulas.Sigmoid(r + e);
            (value[i], value[i + 1]) = r == 0 ? (size, 0) : (size * (x.Value[i] / r), size * (x.Value[i + 1] / r));
            bool exact = r == 0 && e == 0, underflows = (r - e) * (r - e) < arithmetic.Underflow / arithmetic.Unit;
            double turned = exact ? 0 : r <= e || underflows ? 2 : Math.Min(2, 2 * e / ((2 * r) - e));
            error[i] = error[i + 1] = Math.Min(e / 4, Math.Max(farther - size, size - DecoderFormulas.Sigmoid(Math.Max(r - e, 0)))) + (turned * farther) + (16 * arithmetic.Unit * farther);
        }

        return new Approximate(value, error);
    }
}
