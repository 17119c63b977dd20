using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function x/2 (1 + tanh u), u = sqrt(2/pi) (x + 0.044715 x^3): the tanh form of GELU, the default of jax.nn.gelu.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GeluTanh : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "gelu-tanh";

    /// <summary>
    /// x / (1 + e^-2u), the same function without cancellation, within 2 ulp on the whole range; where multiply-add is not fused, within 4 + 3 |2u| ulp where x &lt; 0 and 6 elsewhere,
    /// since rounding u is amplified by e^2u. Underflow is gradual.
    /// gelu(infinity) = infinity; gelu(-infinity) is not a number, as the formula evaluates.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // From x = -11 on x e^2u rounds to 0 in float, from -22 on in double.
        TVector y = TSimd.Min(TSimd.Constant(typeof(T) == typeof(float) ? 11 : 22), TSimd.Abs(x));

        // 2u = y (a + b y^2), a = 2 sqrt(2/pi), b = 0.044715 a, with what each rounding and the constants lose: square + square2, cubic + cubic2, slope + slope2, twice + twice2.
        TVector a = TSimd.Constant(Linear), a2 = TSimd.Constant(Rest<T>(Linear, -9.96930880911092e-17));
        TVector b = TSimd.Constant(Cubic), b2 = TSimd.Constant(Rest<T>(Cubic, -6.175149918155315e-19));
        TVector square = TSimd.Multiply(y, y), square2 = TSimd.MultiplyAdd(y, y, TSimd.Negate(square));
        TVector cubic = TSimd.Multiply(b, square), cubic2 = TSimd.MultiplyAdd(b, square, TSimd.Negate(cubic));
        cubic2 = TSimd.MultiplyAdd(b, square2, TSimd.MultiplyAdd(b2, square, cubic2));
        TVector slope = TSimd.Add(a, cubic), kept = TSimd.Subtract(slope, a);
        TVector slope2 = TSimd.Add(TSimd.Subtract(a, TSimd.Subtract(slope, kept)), TSimd.Subtract(cubic, kept));
        slope2 = TSimd.Add(slope2, TSimd.Add(cubic2, a2));
        TVector twice = TSimd.Multiply(y, slope), twice2 = TSimd.MultiplyAdd(y, slope, TSimd.Negate(twice));
        twice2 = TSimd.MultiplyAdd(y, slope2, twice2);
        return LogisticProduct.Of<TSimd, TVector, T>(x, y, TSimd.Negate(twice), TSimd.Negate(twice2));
    }

    private const double Linear = 1.5957691216057308, Cubic = 0.07135481627260025;

    /// <summary>What a constant loses where it is rounded to T.</summary>
    /// <param name="constant">The double that is nearest to the constant.</param>
    /// <param name="rest">The constant less that double.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Rest<T>(double constant, double rest) => typeof(T) == typeof(float) ? constant - (float)constant + rest : rest;
}
