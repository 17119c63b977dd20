using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>log(1 + u) on the unit interval.</summary>
internal static class Log1p
{
    /// <summary>log(1 + u) for 0 &lt;= u &lt;= 1, within 2 ulp.</summary>
    /// <remarks>
    /// 2 artanh(s) = 2s + 2s z L(z) with s = u / (2 + u) and z = s^2 in [0, 1/9]; L is minimax by Remez exchange, its
    /// share of the result wrong by at most 2^-25.9 for float and 2^-57.5 for double.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OfUnit<TSimd, TVector, T>(TVector u)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector s = TSimd.Divide(u, TSimd.Add(u, TSimd.Constant(2)));
        TVector z = TSimd.Multiply(s, s);
        TVector p;
        if (typeof(T) == typeof(float))
        {
            p = TSimd.Constant(0.13442072878894742);
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.1411560234216916));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.20003892434960757));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.3333331948295829));
        }
        else
        {
            p = TSimd.Constant(0.08094238188172928);
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.04394278250063866));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.060018017595128245));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.06656930369118425));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.07692794283859308));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.09090894363421122));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.11111111366348829));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.1428571428347207));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.20000000000007634));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.3333333333333333));
        }

        TVector twice = TSimd.Add(s, s);
        return TSimd.MultiplyAdd(TSimd.Multiply(p, z), twice, twice);
    }
}
