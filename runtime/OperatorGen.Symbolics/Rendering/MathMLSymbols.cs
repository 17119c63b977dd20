using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>What the commands of LaTeX that stand for one sign or one word become in MathML.</summary>
internal static class MathMLSymbols
{
    private const string LowerGreek = "alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω ell ℓ";
    private const string UpperGreek = "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω infty ∞ partial ∂";
    private const string Operators = "cdot ⋅ odot ⊙ times × approx ≈ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ in ∈ to → pm ± cdots ⋯ ldots … mid ∣ star ⋆ circ ∘";
    private const string Large = "sum ∑ prod ∏";
    private const string Fences = "lvert | rvert | lVert ‖ rVert ‖ langle ⟨ rangle ⟩ { { } } lfloor ⌊ rfloor ⌋";

    /// <summary>Commands that become one element.</summary>
    public static IReadOnlyDictionary<string, string> Elements { get; } = Table();

    /// <summary>Commands for operators whose limits stand below and above.</summary>
    public static IReadOnlyDictionary<string, string> LargeOperators { get; } = Pairs(Large, "<mo>", "</mo>");

    /// <summary>Fences by their command.</summary>
    public static IReadOnlyDictionary<string, string> FenceCharacters { get; } = Pairs(Fences, "", "");

    /// <summary>Functions whose name is their command.</summary>
    public static ICollection<string> Functions { get; } = new HashSet<string> { "log", "ln", "exp", "sin", "cos", "tan", "tanh", "max", "min", "arg" };

    /// <summary>Spaces, in em.</summary>
    public static IReadOnlyDictionary<string, string> Spaces { get; } =
        new Dictionary<string, string> { [","] = "0.167", [":"] = "0.222", [";"] = "0.278", [" "] = "0.25", ["quad"] = "1", ["qquad"] = "2", ["!"] = "-0.167" };

    /// <summary>Whether a command stands for an operator between two operands.</summary>
    public static bool IsOperator(string command) => Elements.TryGetValue(command, out string? element) && element.StartsWith("<mo>", System.StringComparison.Ordinal);

    private static Dictionary<string, string> Table()
    {
        Dictionary<string, string> table = Pairs(LowerGreek, "<mi>", "</mi>");
        foreach (Dictionary<string, string> more in new[] { Pairs(UpperGreek, "<mi mathvariant=\"normal\">", "</mi>"), Pairs(Operators, "<mo>", "</mo>") })
        {
            foreach (KeyValuePair<string, string> pair in more)
            {
                table.Add(pair.Key, pair.Value);
            }
        }

        return table;
    }

    private static Dictionary<string, string> Pairs(string list, string before, string after)
    {
        string[] words = list.Split(' ');
        var pairs = new Dictionary<string, string>();
        for (int i = 0; i < words.Length; i += 2)
        {
            pairs.Add(words[i], before + words[i + 1] + after);
        }

        return pairs;
    }
}
