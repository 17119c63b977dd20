namespace OperatorGen.Symbolics;

/// <summary>e^a where a is more than a double: its rounding, times the size of a, would be what is wrong with the result.</summary>
internal static class Exponential
{
    /// <summary>e^high (1 + low), the relative error being that of <see cref="RealMath.Exp"/>.</summary>
    public static DoubleDouble Of(DoubleDouble a)
    {
        double value = RealMath.Exp(a.High);
        return DoubleDouble.Sum(value, value * a.Low);
    }
}
