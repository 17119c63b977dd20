using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>An equation, or a sentence in place of one. It is written once, as a tree; every notation is made of that.</summary>
/// <param name="Tree">The equation.</param>
/// <param name="Note">What else there is to say of it, in text only; null: nothing.</param>
public sealed record Formula(Expression Tree, string? Note = null)
{
    /// <summary>For people: the equation, and the note in parentheses.</summary>
    public string Text => ExpressionText.Render(Tree) + (Note is null ? "" : "   (" + Note + ")");

    /// <summary>A formula without a note.</summary>
    public static implicit operator Formula(Expression tree) => new(tree);

    /// <summary>The value of a signal at the time t, for example x(t).</summary>
    internal static Expression At(string signal) => Eq.Symbol(signal).At(Eq.Symbol("t"));
}
