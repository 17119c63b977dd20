using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>
/// The parts of every exponential: x = n ln 2 + r with integral n and |r| &lt;= ln(2)/2, and the polynomial for e^r.
/// </summary>
internal static class ExponentialSeries
{
    /// <summary>The integer n nearest to x / ln 2, and in <paramref name="r"/> the remainder x - n ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Reduce<TSimd, TVector, T>(TVector x, out TVector r)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector n = TSimd.Round(TSimd.Multiply(x, TSimd.Constant(1.4426950408889634)));

        r = TSimd.MultiplyAdd(n, TSimd.Constant(-Ln2.High<T>()), x);
        r = TSimd.MultiplyAdd(n, TSimd.Constant(-Ln2.Low<T>()), r);
        return n;
    }

    /// <summary>(e^r - 1) / r for |r| &lt;= ln(2)/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Quotient<TSimd, TVector, T>(TVector r)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        => TSimd.MultiplyAdd(SecondQuotient<TSimd, TVector, T>(r), r, TSimd.Constant(1));

    /// <summary>e^r - 1 for |r| &lt;= ln(2)/2: r, and what is added to it, so that a small r loses no more than one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ReducedLessOne<TSimd, TVector, T>(TVector r)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        => TSimd.MultiplyAdd(TSimd.Multiply(SecondQuotient<TSimd, TVector, T>(r), r), r, r);

    /// <summary>(e^r - 1 - r) / r^2 for |r| &lt;= ln(2)/2.</summary>
    /// <remarks>
    /// 1/2 + r q(r), q minimax by Remez exchange on (e^r - 1 - r - r^2/2) / r^3 with weight r^2:
    /// error at most 2^-26.1 for float, 2^-55.1 for double, before rounding.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SecondQuotient<TSimd, TVector, T>(TVector r)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector p;
        if (typeof(T) == typeof(float))
        {
            p = TSimd.Constant(0.0013940520557005824);
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(0.008366431382059633));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(0.041666404816576776));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(0.16666544615577322));
        }
        else
        {
            p = TSimd.Constant(2.5112309461742858e-08);
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(2.762229394012304e-07));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(2.755723528280722e-06));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(2.480151618383004e-05));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(0.00019841269894185274));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(0.00138888889206336));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(0.008333333333319017));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(0.041666666666619695));
            p = TSimd.MultiplyAdd(p, r, TSimd.Constant(0.1666666666666668));
        }

        return TSimd.MultiplyAdd(p, r, TSimd.Constant(0.5));
    }

    /// <summary>e^r for |r| &lt;= ln(2)/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Reduced<TSimd, TVector, T>(TVector r)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        => TSimd.MultiplyAdd(Quotient<TSimd, TVector, T>(r), r, TSimd.Constant(1));

    /// <summary>e^-|x|: 1 at 0, 0 at both infinities. Within 1 ulp (2 where multiply-add is not fused); underflow is gradual.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OfNegativeMagnitude<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // e^-104 rounds to 0 in float, e^-746 in double.
        TVector magnitude = TSimd.Min(TSimd.Constant(typeof(T) == typeof(float) ? 104 : 746), TSimd.Abs(x));
        TVector n = Reduce<TSimd, TVector, T>(TSimd.Negate(magnitude), out TVector r);
        return TSimd.ScaleByPowerOfTwo(Reduced<TSimd, TVector, T>(r), n);
    }
}
