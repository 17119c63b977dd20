using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>How many monomials there are.</summary>
public static class MonomialCount
{
    /// <summary>C(variables + degree, degree): the monomials of some variables up to a degree, the constant among them.</summary>
    /// <param name="variables">The number of variables.</param>
    /// <param name="degree">The highest degree.</param>
    public static BigInteger UpTo(int variables, int degree)
    {
        BigInteger count = 1;
        for (int k = 1; k <= degree; k++)
        {
            count = count * (variables + k) / k;
        }

        return count;
    }
}
