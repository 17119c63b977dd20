using System.Numerics;

namespace OperatorGen.Compiler.Operators;

/// <summary>How many monomials there are.</summary>
internal static class MonomialCount
{
    /// <summary>C(variables + degree, degree), the monomials of some variables up to a degree.</summary>
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
