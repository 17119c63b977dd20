using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>Multiplies expressions out.</summary>
public interface IExpander
{
    /// <summary>The name that a user gives.</summary>
    string Name { get; }

    /// <summary>The most variables of a sum whose power of that degree is still expanded in good time; <see cref="int.MaxValue"/>: no bound of its own.</summary>
    /// <param name="degree">The degree of the power.</param>
    int GreatestVariables(int degree);

    /// <summary>Multiplies out. Like terms may stay apart and numbers may stay unmultiplied; <see cref="PolynomialExpressions.ReadExpanded"/> reads that.</summary>
    /// <param name="expression">The expression.</param>
    /// <exception cref="NotSupportedException">The expression has a part that is unknown here.</exception>
    Expression Expand(Expression expression);
}

/// <summary>A computer algebra system. Trees go in and come out, never texts: a text has to be parsed, and parsers differ.</summary>
public interface ISymbolicBackend : IExpander
{
    /// <summary>The derivative.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="variable">The name of the variable.</param>
    Expression Differentiate(Expression expression, string variable);

    /// <summary>An equal expression that the system takes for simpler; no two systems agree on what that is.</summary>
    /// <param name="expression">The expression.</param>
    Expression Simplify(Expression expression);

    /// <summary>An equal product, where the system finds one.</summary>
    /// <param name="expression">The expression.</param>
    Expression Factorise(Expression expression);

    /// <summary>The values of a variable where the expression is 0, as far as the system finds a finite number of them; complex ones too.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="variable">The name of the variable.</param>
    /// <exception cref="NotSupportedException">The solutions are not a finite set.</exception>
    IReadOnlyList<Expression> Solve(Expression expression, string variable);
}
