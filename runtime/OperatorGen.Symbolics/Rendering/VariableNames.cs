using System;

namespace OperatorGen.Symbolics;

/// <summary>The names of the variables of a polynomial, by index.</summary>
/// <param name="expression">A name, or what else a variable is; different for every index.</param>
public sealed class VariableNames(Func<int, Expression> expression)
{
    /// <summary>x_0, x_1, ...</summary>
    public static VariableNames Default { get; } = Numbered("x");

    /// <summary>A variable as a tree.</summary>
    public Expression this[int index] => expression(index);

    /// <summary>A letter with a number: <c>w_3</c>.</summary>
    /// <param name="letter">The letter or word before the number.</param>
    /// <param name="first">The number of the variable with the index 0.</param>
    public static VariableNames Numbered(string letter, int first = 0) => new(i => Eq.Symbol(letter + "_" + NumberText.Format(i + first)));

    /// <summary>A variable in text.</summary>
    public string Text(int index) => ExpressionText.Render(expression(index));
}
