using OperatorGen.Symbolics;

namespace OperatorGen.TestKit.Numbers;

/// <summary>What tests ask of exact numbers beyond what the product does.</summary>
public static class ExactNumbers
{
    /// <summary>a^n; n may be negative.</summary>
    public static BigRational Pow(this BigRational a, int n)
    {
        BigRational power = BigRational.One;
        for (int i = 0; i < System.Math.Abs(n); i++)
        {
            power *= a;
        }

        return n < 0 ? power.Reciprocal() : power;
    }

    /// <summary>True where the rational number is a member.</summary>
    public static bool ContainsRational(this Interval interval, BigRational x) =>
        (interval.Low == double.NegativeInfinity || BigRational.FromDouble(interval.Low) <= x)
        && (interval.High == double.PositiveInfinity || x <= BigRational.FromDouble(interval.High));
}
