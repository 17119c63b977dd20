using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function tanh(x).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Tanh : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "tanh";

    /// <summary>tanh(x) within 2 ulp (3 ulp where multiply-add is not fused), odd to the last bit. tanh(infinity) = 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // tanh y = E / (E + 2) with E = e^2y - 1 = 2^n (e^r - 1) + (2^n - 1), which for small y (n = 0) loses nothing.
        // From 2y = 20 in float and 44 in double the quotient is 1.
        TVector twice = TSimd.Min(TSimd.Constant(typeof(T) == typeof(float) ? 20 : 44), TSimd.Abs(TSimd.Add(x, x)));
        TVector n = ExponentialSeries.Reduce<TSimd, TVector, T>(twice, out TVector r);
        TVector power = TSimd.ScaleByPowerOfTwo(TSimd.Constant(1), n);
        TVector reduced = ExponentialSeries.ReducedLessOne<TSimd, TVector, T>(r);
        TVector e = TSimd.MultiplyAdd(power, reduced, TSimd.Subtract(power, TSimd.Constant(1)));

        // For E below 1 as E/2 - E/2 E / (E + 2): what is taken away is at most half of the value, and so are its roundings.
        TVector quotient = TSimd.Divide(e, TSimd.Add(e, TSimd.Constant(2)));
        TVector small = TSimd.LessThan(e, TSimd.Constant(1)), half = TSimd.Multiply(e, TSimd.Constant(0.5));
        return TSimd.CopySign(TSimd.Select(small, TSimd.NegateMultiplyAdd(half, quotient, half), quotient), x);
    }
}
