using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>x / (1 + e^-z) of an x and a z of one sign: what silu and the tanh form of GELU have in common.</summary>
internal static class LogisticProduct
{
    /// <summary>x / (1 + e^-z) with the sign of x, also of a zero; infinity for x = infinity, not a number for x = -infinity. Underflow is gradual.</summary>
    /// <param name="x">x.</param>
    /// <param name="magnitude">The magnitude of x, or any one from which on x e^-|z| rounds to 0.</param>
    /// <param name="exponent">-|z| at that magnitude.</param>
    /// <param name="rest">What is to be added to the exponent: what rounding it has lost.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TSimd, TVector, T>(TVector x, TVector magnitude, TVector exponent, TVector rest)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // e = e^-|z|, and b = x where x >= 0, x e where x < 0. The product x e is x + x (e^r - 1), rounded once and then scaled, so that it underflows gradually.
        TVector one = TSimd.Constant(1), below = TSimd.Negate(magnitude);
        TVector n = ExponentialSeries.Reduce<TSimd, TVector, T>(exponent, out TVector r);
        r = TSimd.Add(r, rest);
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
