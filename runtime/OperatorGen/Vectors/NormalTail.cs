using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The tail of the normal distribution, Phi(-y) = erfc(y / sqrt 2) / 2.</summary>
internal static class NormalTail
{
    /// <summary>y Phi(-y), y = |x|: 0 at 0 and at both infinities, within 2 ulp. Underflow is gradual.</summary>
    /// <remarks>
    /// e^(-y^2/2) W(y) with W(y) = y e^(y^2/2) Phi(-y), which lies between 0 and 1/sqrt(2 pi). W is y (1/2 + P/Q) up to y = 0.5, y (1/4 + P/Q) up to 1.3 and 11/32 + P/Q beyond: P/Q
    /// is at most 0.43 of the value, so that its roundings count less. Q was found by Remez exchange, with a numerator
    /// for the whole range: [0, 14.5] in float, [0, 38.6] in double. The numerators of the three ranges follow from that one in double, and fit Q in float, by linear programming; with
    /// rounded coefficients W is right to 2^-26.6 in float and 2^-55.3 in double.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesMagnitude<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // Where y Phi(-y) has rounded to 0, a larger y need not be told apart.
        TVector y = TSimd.Min(TSimd.Constant(typeof(T) == typeof(float) ? 14.5 : 38.6), TSimd.Abs(x));
        TVector inner = TSimd.LessThan(y, TSimd.Constant(0.5)), outer = TSimd.LessThan(TSimd.Constant(1.3), y);

        // The exponent -y^2/2 in two parts: what rounding it adds (known where multiply-add is fused) leaves the remainder r.
        TVector half = TSimd.Multiply(y, TSimd.Constant(-0.5)), exponent = TSimd.Multiply(y, half);
        TVector added = TSimd.NegateMultiplyAdd(y, half, exponent);
        TVector n = ExponentialSeries.Reduce<TSimd, TVector, T>(exponent, out TVector r);
        r = TSimd.Subtract(r, added);
        TVector e = ExponentialSeries.ReducedLessOne<TSimd, TVector, T>(r);

        // W, and what rounding it loses: large is at most half of W away from W, so that their difference is exact.
        TVector large = TSimd.Select(outer, TSimd.Constant(0.34375), TSimd.Multiply(y, TSimd.Pick(inner, outer, 0.5, 0.25, 0.25)));
        TVector factor = TSimd.Select(outer, TSimd.Constant(1), y);
        TVector small = TSimd.Divide(Numerator<TSimd, TVector, T>(y, inner, outer), Denominator<TSimd, TVector, T>(y));
        TVector w = TSimd.MultiplyAdd(factor, small, large);
        TVector w2 = TSimd.MultiplyAdd(factor, small, TSimd.Subtract(large, w));
        return TSimd.ScaleByPowerOfTwo(TSimd.Add(w, TSimd.MultiplyAdd(w, e, w2)), n);
    }

    /// <summary>P, of the range that y is in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Numerator<TSimd, TVector, T>(TVector y, TVector inner, TVector outer)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector p;
        if (typeof(T) == typeof(float))
        {
            p = TSimd.Pick(inner, outer, -0.004918655380606651, 0.0005432601901702583, -0.00246059475466609);
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.04547961801290512, 0.005450173746794462, -0.020773889496922493));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.19065628945827484, 0.021537579596042633, -0.0756232887506485));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.41434746980667114, 0.025278469547629356, -0.1173168495297432));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.3989422917366028, -0.0724380612373352, 0.017375975847244263));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.0, -0.3437497019767761, 0.2499999701976776));
        }
        else
        {
            p = TSimd.Pick(inner, outer, -2.7390192425978413e-07, 3.02345436125275e-08, -1.3695096212989207e-07);
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -8.347081666381709e-06, 9.455126192684989e-07, -4.0642697749202895e-06));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.0001247969058249573, 1.431151944474892e-05, -5.898126342746468e-05));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.0011892444707071012, 0.0001360090376442507, -0.0005422182214829));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.007934735313257932, 0.0008847194796701136, -0.003454532591465202));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.038537289262884356, 0.004019579292857645, -0.01574614552037462));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.1375941875000191, 0.012253620605042226, -0.05111839278060528));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.35632360786554457, 0.020435962338063055, -0.11258288476065417));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.6414052093511318, -0.008047134294172302, -0.14291287637192218));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.7277909161013763, -0.13951798542476376, -0.025205546274567725));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.39894228040143265, -0.3425169352108648, 0.21379730884283266));
            p = TSimd.MultiplyAdd(p, y, TSimd.Pick(inner, outer, -0.0, -0.34375, 0.25));
        }

        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Denominator<TSimd, TVector, T>(TVector y)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector q;
        if (typeof(T) == typeof(float))
        {
            q = TSimd.Constant(0.009842021949383072);
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(0.09880278987672936));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(0.4601459669455009));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(1.188119050637414));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(1.6652729819526768));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(1.0));
        }
        else
        {
            q = TSimd.Constant(5.478038485195683e-07);
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(1.7131247565845674e-05));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(0.0002632625695899705));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(0.002588104996896805));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(0.01792081088717092));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(0.09116457497003895));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(0.34590317887765526));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(0.9749628924195616));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(1.9939693319168381));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(2.810341479307234));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(2.450958356977061));
            q = TSimd.MultiplyAdd(q, y, TSimd.Constant(1.0));
        }

        return q;
    }
}
