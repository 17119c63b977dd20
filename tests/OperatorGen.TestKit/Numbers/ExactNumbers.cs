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
}
