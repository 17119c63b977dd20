using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The logarithm log(1 + x), accurate also where x is small: log-gates, log(1 + e^x).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Log1p
{
    /// <summary>
    /// log(1 + x) within 2 ulp on the whole range (3 ulp where multiply-add is not fused), with the sign of x, also of a zero. A subnormal x is its own value.
    /// log1p(-1) = -infinity, log1p(infinity) = infinity; below -1 it is not a number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // 1 + x = 2^k (1 + f) with 1 + f about between sqrt(1/2) and sqrt(2), so k from sqrt(2) (1 + x). f = 2^-k x - (1 - 2^-k) is
        // rounded once at most; where k = 0 it is x.
        bool single = typeof(T) == typeof(float);
        TVector one = TSimd.Constant(1);
        TVector k = TSimd.Exponent(TSimd.Multiply(TSimd.Add(one, x), TSimd.Constant(1.4142135623730951)));
        TVector power = TSimd.ScaleByPowerOfTwo(one, TSimd.Negate(k));
        TVector f = TSimd.Subtract(TSimd.Multiply(x, power), TSimd.Subtract(one, power));

        // The smaller parts first.
        TVector y = TSimd.Add(f, LessExcess<TSimd, TVector, T>(TSimd.Multiply(k, TSimd.Constant(Ln2.Low<T>())), f));
        y = TSimd.MultiplyAdd(k, TSimd.Constant(Ln2.High<T>()), y);
        y = TSimd.CopySign(y, x);

        // The ends of the domain; the last constant is the number next to -1.
        y = TSimd.Select(TSimd.LessThan(TSimd.Constant(single ? float.MaxValue : double.MaxValue), x), x, y);
        TVector beyond = TSimd.Select(TSimd.LessThan(x, TSimd.Constant(-1)), TSimd.Constant(double.NaN), TSimd.Constant(double.NegativeInfinity));
        return TSimd.Select(TSimd.LessThan(x, TSimd.Constant(single ? -0.99999994f : -0.9999999999999999)), beyond, y);
    }

    /// <summary>a - (f - log(1 + f)) for -0.3 &lt;= f &lt;= 1: with a = 0 it is what f lacks to the logarithm.</summary>
    /// <remarks>
    /// With s = f / (2 + f) and z = s^2, log(1 + f) = 2 artanh(s) = 2s + s z L(z), where 2s = f - s f and s f = f^2/2 - s f^2/2. So the excess is
    /// f^2/2 - s (f^2/2 + z L(z)), and a rounding of s counts little. z is in [0, 1/9]; L is minimax by Remez exchange, its share of the result
    /// wrong by at most 2^-25.9 for float and 2^-57.5 for double.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector LessExcess<TSimd, TVector, T>(TVector a, TVector f)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector s = TSimd.Divide(f, TSimd.Add(f, TSimd.Constant(2)));
        TVector z = TSimd.Multiply(s, s);
        TVector p;
        if (typeof(T) == typeof(float))
        {
            p = TSimd.Constant(0.26884145757789485);
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.2823120468433832));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.40007784869921514));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.6666663896591658));
        }
        else
        {
            p = TSimd.Constant(0.16188476376345856);
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.08788556500127732));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.12003603519025649));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.1331386073823685));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.15385588567718617));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.18181788726842243));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.22222222732697658));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.2857142856694414));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.4000000000001527));
            p = TSimd.MultiplyAdd(p, z, TSimd.Constant(0.6666666666666666));
        }

        TVector half = TSimd.Multiply(f, TSimd.Constant(0.5));
        return TSimd.MultiplyAdd(s, TSimd.MultiplyAdd(half, f, TSimd.Multiply(z, p)), TSimd.NegateMultiplyAdd(half, f, a));
    }
}
