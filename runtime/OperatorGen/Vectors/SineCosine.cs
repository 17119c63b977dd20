using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>Sine and cosine of one argument: complex exponentials, the gates e^(Delta a) of complex a.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SineCosine
{
    /// <summary>
    /// Sine and cosine of x in radians within 2 ulp for |x| up to 12,800 in float and 1,600,000 in double, the sine odd and the cosine even to the last bit.
    /// Where multiply-add is not fused, the reduction is wrong by up to 2^-46 |x| in float and 2^-86 |x| in double besides: what counts near a zero only.
    /// Beyond, lane by lane, <see cref="Math.Sin"/> and <see cref="Math.Cos"/> in double. Neither is a number at infinities. sin(-0) = -0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<TSimd, TVector, T>(TVector x, out TVector sine, out TVector cosine)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // |x| = n pi/2 + r, and m in [-2, 2] is n modulo 4: the quarter of the circle.
        TVector half = TSimd.Constant(0.5);
        TVector one = TSimd.Constant(1);
        TVector magnitude = TSimd.Abs(x);
        TVector n = TSimd.Round(TSimd.Multiply(magnitude, TSimd.Constant(0.6366197723675814)));
        TVector m = TSimd.NegateMultiplyAdd(TSimd.Round(TSimd.Multiply(n, TSimd.Constant(0.25))), TSimd.Constant(4), n);
        OfReduced<TSimd, TVector, T>(Remainder<TSimd, TVector, T>(magnitude, n), out TVector sineOfR, out TVector cosineOfR);

        // In odd quarters sine and cosine change places. The sine is negative for m in {-2, -1, 2}, the cosine for {-2, 1, 2}.
        TVector odd = TSimd.LessThan(TSimd.Abs(TSimd.Subtract(TSimd.Abs(m), one)), half);
        TVector sign = TSimd.Subtract(one, TSimd.Abs(TSimd.Subtract(m, half)));
        sine = TSimd.Multiply(TSimd.Select(odd, cosineOfR, sineOfR), TSimd.CopySign(one, TSimd.Multiply(sign, x)));
        sign = TSimd.Subtract(one, TSimd.Abs(TSimd.Add(m, half)));
        cosine = TSimd.Multiply(TSimd.Select(odd, sineOfR, cosineOfR), TSimd.CopySign(one, sign));

        double limit = Limit<T>();
        if (TSimd.Any(TSimd.LessThan(TSimd.Constant(limit), magnitude)))
        {
            sine = Far<TSimd, TVector, T>(x, sine, isCosine: false);
            cosine = Far<TSimd, TVector, T>(x, cosine, isCosine: true);
        }
    }

    /// <summary>Up to here n has 13 bits in float and 20 in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Limit<T>() => typeof(T) == typeof(float) ? 12_800 : 1_600_000;

    /// <summary>r = y - n pi/2.</summary>
    /// <remarks>
    /// pi/2 in parts (Cody and Waite). The first, two in float, are so short that n times them is exact: 11 bits for float, 33 for double. What remains
    /// after these is exact; where multiply-add is fused, r is rounded once after it, and where r is small, twice. The parts are right to 2^-76 and 2^-141.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Remainder<TSimd, TVector, T>(TVector y, TVector n)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector r;
        if (typeof(T) == typeof(float))
        {
            r = TSimd.MultiplyAdd(n, TSimd.Constant(-1.5703125), y);
            r = TSimd.MultiplyAdd(n, TSimd.Constant(-0.0004837512969970703), r);
            r = TSimd.MultiplyAdd(n, TSimd.Constant(-7.549790126404332e-08), r);
            return TSimd.MultiplyAdd(n, TSimd.Constant(1.7151245100058819e-15), r);
        }

        r = TSimd.MultiplyAdd(n, TSimd.Constant(-1.5707963267341256), y);
        r = TSimd.MultiplyAdd(n, TSimd.Constant(-6.077100506506192e-11), r);
        return TSimd.MultiplyAdd(n, TSimd.Constant(-3.5215598651832e-27), r);
    }

    /// <summary>Sine and cosine for |r| &lt;= pi/4, and 2^-10 more, since n is rounded from a rounded product.</summary>
    /// <remarks>
    /// sin r = r + r z S(z) and cos r = 1 - z/2 + z^2 C(z) with z = r^2; S and C are minimax by Remez exchange in relative error of the result:
    /// 2^-26.7 and 2^-32.8 for float, 2^-56.9 and 2^-59 for double, with rounded coefficients.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OfReduced<TSimd, TVector, T>(TVector r, out TVector sine, out TVector cosine)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector z = TSimd.Multiply(r, r);
        TVector s;
        TVector c;
        if (typeof(T) == typeof(float))
        {
            s = TSimd.Constant(-0.0001951447338797152);
            s = TSimd.MultiplyAdd(s, z, TSimd.Constant(0.008332154713571072));
            s = TSimd.MultiplyAdd(s, z, TSimd.Constant(-0.16666655242443085));
            c = TSimd.Constant(2.4432230929960497e-05);
            c = TSimd.MultiplyAdd(c, z, TSimd.Constant(-0.0013887308305129409));
            c = TSimd.MultiplyAdd(c, z, TSimd.Constant(0.04166664555668831));
        }
        else
        {
            s = TSimd.Constant(1.5895825407021952e-10);
            s = TSimd.MultiplyAdd(s, z, TSimd.Constant(-2.5050740976233255e-08));
            s = TSimd.MultiplyAdd(s, z, TSimd.Constant(2.755731357936487e-06));
            s = TSimd.MultiplyAdd(s, z, TSimd.Constant(-0.00019841269829472472));
            s = TSimd.MultiplyAdd(s, z, TSimd.Constant(0.008333333333321978));
            s = TSimd.MultiplyAdd(s, z, TSimd.Constant(-0.1666666666666663));
            c = TSimd.Constant(-1.1358255452866301e-11);
            c = TSimd.MultiplyAdd(c, z, TSimd.Constant(2.0875695531714063e-09));
            c = TSimd.MultiplyAdd(c, z, TSimd.Constant(-2.7557314141135947e-07));
            c = TSimd.MultiplyAdd(c, z, TSimd.Constant(2.4801587288722884e-05));
            c = TSimd.MultiplyAdd(c, z, TSimd.Constant(-0.0013888888888872856));
            c = TSimd.MultiplyAdd(c, z, TSimd.Constant(0.041666666666666595));
        }

        sine = TSimd.MultiplyAdd(TSimd.Multiply(r, z), s, r);
        cosine = TSimd.MultiplyAdd(TSimd.MultiplyAdd(c, z, TSimd.Constant(-0.5)), z, TSimd.Constant(1));
    }

    /// <summary>The lanes beyond the limit by the scalar function, the others as they are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TVector Far<TSimd, TVector, T>(TVector x, TVector near, bool isCosine)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        ref T argument = ref Unsafe.As<TVector, T>(ref x);
        ref T result = ref Unsafe.As<TVector, T>(ref near);
        for (int lane = 0; lane < TSimd.Count; lane++)
        {
            double value = typeof(T) == typeof(float)
                ? Unsafe.As<T, float>(ref Unsafe.Add(ref argument, lane))
                : Unsafe.As<T, double>(ref Unsafe.Add(ref argument, lane));
            if (Math.Abs(value) > Limit<T>())
            {
                value = isCosine ? Math.Cos(value) : Math.Sin(value);
                Unsafe.Add(ref result, lane) = typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);
            }
        }

        return near;
    }
}
