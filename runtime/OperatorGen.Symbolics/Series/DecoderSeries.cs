namespace OperatorGen.Symbolics;

/// <summary>The Taylor series of decoder functions as power series, for further calculation.</summary>
public static class DecoderSeries
{
    /// <summary>The series of g(centre + y) in doubles.</summary>
    /// <exception cref="System.InvalidOperationException">The function has no Taylor series.</exception>
    public static PowerSeries<double, DoubleRing> About(DecoderFunction function, double centre, int order) =>
        new(function.Taylor(centre, order));

    /// <summary>The series of g(y) in exact rationals; null where its coefficients are not all rational.</summary>
    public static PowerSeries<BigRational, RationalRing>? ExactAboutZero(DecoderFunction function, int order) =>
        function.ExactTaylor(order) is { } coefficients ? new(coefficients) : null;
}
