using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The monomials of some variables up to a degree.</summary>
internal static class ReadoutMonomials
{
    /// <summary>All of them, the constant first; a monomial comes after those that it continues.</summary>
    /// <param name="variables">The number of variables.</param>
    /// <param name="degree">The highest degree.</param>
    public static IEnumerable<Factor[]> Of(int variables, int degree)
    {
        yield return [];
        foreach (Factor[] monomial in From(0, variables, degree, []))
        {
            yield return monomial;
        }
    }

    private static IEnumerable<Factor[]> From(int first, int variables, int degree, Factor[] head)
    {
        for (int v = first; v < variables; v++)
        {
            for (int power = 1; power <= degree; power++)
            {
                Factor[] monomial = [.. head, new Factor(v, power)];
                yield return monomial;
                foreach (Factor[] longer in From(v + 1, variables, degree - power, monomial))
                {
                    yield return longer;
                }
            }
        }
    }
}
