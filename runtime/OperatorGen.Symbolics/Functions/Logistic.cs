namespace OperatorGen.Symbolics;

/// <summary>sigma(v) = 1 / (1 + e^(-v)), the function inside sigmoid, SiLU, tanh-GELU and tanh, with its jet.</summary>
internal static class Logistic
{
    /// <summary>sigma(v), never with a cancellation; the relative error is about that of <see cref="RealMath.Exp"/>.</summary>
    public static DoubleDouble Value(DoubleDouble v)
    {
        if (v.High >= 0)
        {
            return 1 / (1 + Exponential.Of(-v));
        }

        DoubleDouble e = Exponential.Of(v);
        return e / (1 + e);
    }

    /// <summary>sigma(-v) - sigma(v) = -tanh(v/2): what the recurrence needs at the centre, without cancellation.</summary>
    public static double Tilt(double v) => -RealMath.Tanh(v / 2);

    /// <summary>
    /// The Taylor coefficients of sigma about a centre from sigma' = sigma (1 - sigma):
    /// (k+1) s_(k+1) = (1 - 2 s_0) s_k - sum of s_i s_(k-i) over 0 &lt; i &lt; k.
    /// </summary>
    /// <param name="value">s_0 = sigma(centre).</param>
    /// <param name="slope">s_1 = sigma(centre) sigma(-centre).</param>
    /// <param name="tilt">1 - 2 s_0.</param>
    /// <param name="order">The highest power.</param>
    public static T[] Series<T, TField>(T value, T slope, T tilt, int order)
        where TField : struct, IField<T>
    {
        TField field = default;
        var s = new T[order + 1];
        s[0] = value;
        for (int k = 0; k < order; k++)
        {
            s[k + 1] = k == 0 ? slope : field.Divide(Rate<T, TField>(s, tilt, k), field.FromInteger(k + 1));
        }

        return s;
    }

    /// <summary>The coefficient k &gt; 0 of s (1 - s): tilt s_k - sum of s_i s_(k-i) over 0 &lt; i &lt; k.</summary>
    public static T Rate<T, TField>(T[] s, T tilt, int k)
        where TField : struct, IField<T>
    {
        TField field = default;
        T sum = field.Multiply(tilt, s[k]);
        for (int i = 1; i < k; i++)
        {
            sum = field.Add(sum, field.Negate(field.Multiply(s[i], s[k - i])));
        }

        return sum;
    }

    /// <summary>The Taylor coefficients of sigma about a real centre.</summary>
    public static double[] Series(double centre, int order)
    {
        double value = Value(centre).High;
        return Series<double, DoubleRing>(value, (Value(centre) * Value(-centre)).High, Tilt(centre), order);
    }

    /// <summary>The Taylor coefficients of sigma about 0, exactly.</summary>
    public static BigRational[] ExactSeries(int order) =>
        Series<BigRational, RationalRing>(new(1, 2), new(1, 4), BigRational.Zero, order);
}
