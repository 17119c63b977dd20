using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Symbolics;

/// <summary>
/// An expansion in exact rationals: coefficients that are doubles are taken at their exact binary values, so that the terms are the exact
/// products of these and the multinomial coefficients. A printed double is the nearest one to such a product.
/// </summary>
public static class ExactTerms
{
    /// <summary>a_0 to a_P, exactly.</summary>
    public static IReadOnlyList<BigRational> Coefficients(DecoderExpansion expansion) =>
        expansion.ExactCoefficients ?? [.. expansion.Coefficients.Select(BigRational.FromDouble)];

    /// <summary>The terms of a readout of n summands in canonical order, enumerated lazily.</summary>
    public static MultinomialExpansion<BigRational, RationalRing> Of(DecoderExpansion expansion, int variables) => new(Coefficients(expansion), variables);
}
