using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function x / (1 + e^-x), also called swish.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Silu : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "silu";

    /// <summary>
    /// x / (1 + e^-x) within 2 ulp on the whole range (3 ulp where multiply-add is not fused), with the sign of x, also of a zero. Underflow is gradual.
    /// silu(infinity) = infinity; silu(-infinity) is not a number, as the formula x sigmoid(x) evaluates.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // e = e^-|x|, and b = x where x >= 0, x e where x < 0. The product x e is x + x (e^r - 1), rounded once and then scaled, so that it
        // underflows gradually; from -110 on it is 0 in float, from -753 on in double.
        TVector one = TSimd.Constant(1);
        TVector below = TSimd.Negate(TSimd.Min(TSimd.Constant(typeof(T) == typeof(float) ? 110 : 753), TSimd.Abs(x)));
        TVector n = ExponentialSeries.Reduce<TSimd, TVector, T>(below, out TVector r);
        TVector quotient = ExponentialSeries.Quotient<TSimd, TVector, T>(r);
        TVector e = TSimd.ScaleByPowerOfTwo(TSimd.MultiplyAdd(quotient, r, one), n);
        TVector product = TSimd.ScaleByPowerOfTwo(TSimd.MultiplyAdd(TSimd.Multiply(quotient, r), below, below), n);
        TVector b = TSimd.Select(TSimd.LessThan(x, TSimd.Zero), product, x);

        // b / (1 + e) as b - b e / (1 + e), and for e near 1 as b/2 - b/2 (e - 1) / (1 + e): the quotient is small, and so are its roundings.
        TVector large = TSimd.LessThan(TSimd.Constant(0.375), e);
        TVector numerator = TSimd.Select(large, TSimd.Subtract(e, one), e);
        b = TSimd.Select(large, TSimd.Multiply(b, TSimd.Constant(0.5)), b);
        TVector y = TSimd.NegateMultiplyAdd(b, TSimd.Divide(numerator, TSimd.Add(one, e)), b);
        y = TSimd.CopySign(y, x);

        // x + infinity is infinity at infinity and not a number at -infinity.
        TVector last = TSimd.Constant(typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue);
        return TSimd.Select(TSimd.LessThan(last, TSimd.Abs(x)), TSimd.Add(x, TSimd.Constant(double.PositiveInfinity)), y);
    }
}
