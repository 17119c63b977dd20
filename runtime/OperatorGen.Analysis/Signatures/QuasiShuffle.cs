using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The quasi-shuffle product of words whose letters are products of letters: interleavings in which two letters may also meet and be multiplied, such as 1 * 2 = 12 + 21 + [12]. Iterated
/// sums turn it into the product of numbers (Hoffman 2000): where t_1 = t_2 in S^1 S^2 the sum is one of products. The iterated sums are those of
/// <see cref="ProductAlphabet.Extend"/>. Multiplicities are exact while they are below 2^53.
/// </summary>
public static class QuasiShuffle
{
    /// <summary>The quasi-shuffle of two words, with multiplicities.</summary>
    /// <param name="u">The first word, in letters of the alphabet.</param>
    /// <param name="v">The second word.</param>
    /// <param name="alphabet">What the letters are, and their products.</param>
    /// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A letter is none of the alphabet.</exception>
    /// <exception cref="System.ArgumentException">A product of two letters is above the alphabet's degree.</exception>
    /// <exception cref="TermLimitException">There are more different words than allowed.</exception>
    public static WordPolynomial Of(Word u, Word v, ProductAlphabet alphabet, AlgebraLimits? limits = null) => PrefixProducts.Of(u, v, alphabet.Product, limits);

    /// <summary>The quasi-shuffle of two linear combinations of words.</summary>
    /// <param name="p">The first combination, in letters of the alphabet.</param>
    /// <param name="q">The second combination.</param>
    /// <param name="alphabet">What the letters are, and their products.</param>
    /// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A letter is none of the alphabet.</exception>
    /// <exception cref="System.ArgumentException">A product of two letters is above the alphabet's degree.</exception>
    /// <exception cref="TermLimitException">There are more different words than allowed.</exception>
    public static WordPolynomial Of(WordPolynomial p, WordPolynomial q, ProductAlphabet alphabet, AlgebraLimits? limits = null) => PrefixProducts.Of(p, q, alphabet.Product, limits);
}
