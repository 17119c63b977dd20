using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>The words of a variable's name: <c>Lambda_re_2</c> is the Greek letter with the subscripts re and 2.</summary>
internal static class SymbolName
{
    private const string Letters =
        "alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω "
        + "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω";

    private static readonly Dictionary<string, string> s_greek = Greek();

    /// <summary>The words between underscores; the first is the symbol, the others are subscripts.</summary>
    public static string[] Words(string name) => name.Split(['_'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : [name];

    /// <summary>The letter that a word names; null where it names none.</summary>
    public static string? GreekLetter(string word) => s_greek.TryGetValue(word, out string? letter) ? letter : null;

    /// <summary>Whether a word is set upright: it is longer than a letter and no number.</summary>
    public static bool IsUpright(string word) => word.Length > 1 && word[0] is not (>= '0' and <= '9');

    private static Dictionary<string, string> Greek()
    {
        string[] words = Letters.Split(' ');
        var letters = new Dictionary<string, string>();
        for (int i = 0; i < words.Length; i += 2)
        {
            letters.Add(words[i], words[i + 1]);
        }

        return letters;
    }
}
