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
        // C(v + d, d) = C(v + d, v): as few factors as there can be.
        (int few, int many) = variables < degree ? (variables, degree) : (degree, variables);
        BigInteger count = 1;
        for (int k = 1; k <= few; k++)
        {
            count = count * ((BigInteger)many + k) / k;
        }

        return count;
    }
}
