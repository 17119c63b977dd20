using System;
using System.Globalization;

namespace OperatorGen.Symbolics;

/// <summary>How variables are called, by index: in text and in LaTeX.</summary>
/// <param name="text">The name in text: a letter, then letters, digits and underscores, different for every index.</param>
/// <param name="latex">The name in LaTeX mathematics.</param>
public sealed class VariableNames(Func<int, string> text, Func<int, string> latex)
{
    /// <summary>x_0, x_1, ...</summary>
    public static VariableNames Default { get; } = Numbered("x");

    /// <summary>A letter with a number: <c>w_3</c>, in LaTeX <c>w_{3}</c>.</summary>
    /// <param name="letter">The letter or word before the number.</param>
    /// <param name="first">The number of the variable with the index 0.</param>
    public static VariableNames Numbered(string letter, int first = 0) => new(
        i => letter + "_" + (i + first).ToString(CultureInfo.InvariantCulture),
        i => LatexNotation.Symbol(letter) + "_{" + (i + first).ToString(CultureInfo.InvariantCulture) + "}");

    /// <summary>The name in text.</summary>
    public string Text(int index) => text(index);

    /// <summary>The name in LaTeX mathematics.</summary>
    public string Latex(int index) => latex(index);
}
