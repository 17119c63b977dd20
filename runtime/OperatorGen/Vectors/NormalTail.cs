using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The tail of the normal distribution, Phi(-y) = erfc(y / sqrt 2) / 2.</summary>
internal static class NormalTail
{
    /// <summary>Phi(-|x|): 1/2 at 0, 0 at both infinities, with relative accuracy down to the smallest normal number.</summary>
    /// <remarks>
    /// e^(-y^2/2) P(y)/Q(y) with y = |x|. P/Q is the minimax of e^(y^2/2) Phi(-y) in relative error, by rational Remez exchange:
    /// degrees 4 and 5 on [0, 14.5] for float (error 2^-26.5), 10 and 11 on [0, 38.6] for double (2^-58.6). All
    /// coefficients are positive, so no term cancels another.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OfMagnitude<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // Where Phi(-y) has rounded to 0, a larger y need not be told apart.
        TVector y = TSimd.Min(TSimd.Constant(typeof(T) == typeof(float) ? 14.5 : 38.6), TSimd.Abs(x));

        // The exponent -y^2/2 in two parts: what rounding y^2 loses (known where multiply-add is fused) joins the remainder r.
        TVector square = TSimd.Multiply(y, y);
        TVector lost = TSimd.MultiplyAdd(y, y, TSimd.Negate(square));
        TVector n = ExponentialSeries.Reduce<TSimd, TVector, T>(TSimd.Multiply(square, TSimd.Constant(-0.5)), out TVector r);
        r = TSimd.MultiplyAdd(lost, TSimd.Constant(-0.5), r);

        TVector quotient = TSimd.Divide(Numerator<TSimd, TVector, T>(y), Denominator<TSimd, TVector, T>(y));
        return TSimd.ScaleByPowerOfTwo(TSimd.Multiply(ExponentialSeries.Reduced<TSimd, TVector, T>(r), quotient), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Numerator<TSimd, TVector, T>(TVector y)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector p;
        if (typeof(T) == typeof(float))
        {
            p = TSimd.Constant(0.00392645529501126);
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.03941362882466105));
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.17971280776486276));
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.4336941405429734));
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.5));
        }
        else
        {
            p = TSimd.Constant(2.1854211654112909e-07);
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(6.8343789700279494e-06));
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.00010480802774130128));
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.0010256701303275274));
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.007044998222135117));
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.035357401938808534));
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.13115783834423622));
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.35557945660728735));
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.6773798235522408));
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.826536898087098));
            p = TSimd.MultiplyAdd(p, y, TSimd.Constant(0.5));
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
