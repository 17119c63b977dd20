using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The shuffle product: the sum of all interleavings of two words that keep the order of each, such as 1 * 2 = 12 + 21 and 1 * 1 = 2 11. Signatures of paths, piecewise linear or along axes,
/// turn it into the product of numbers (Ree 1958): S^u S^v = sum over w of the multiplicity of w times S^w. Multiplicities are exact while they are below 2^53.
/// </summary>
public static class Shuffle
{
    /// <summary>The shuffle of two words, with multiplicities.</summary>
    /// <param name="u">The first word.</param>
    /// <param name="v">The second word.</param>
    /// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
    /// <exception cref="TermLimitException">There are more different words than allowed.</exception>
    public static WordPolynomial Of(Word u, Word v, AlgebraLimits? limits = null) => PrefixProducts.Of(u, v, null, limits);

    /// <summary>The shuffle of two linear combinations of words.</summary>
    /// <param name="p">The first combination.</param>
    /// <param name="q">The second combination.</param>
    /// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
    /// <exception cref="TermLimitException">There are more different words than allowed.</exception>
    public static WordPolynomial Of(WordPolynomial p, WordPolynomial q, AlgebraLimits? limits = null) => PrefixProducts.Of(p, q, null, limits);
}
