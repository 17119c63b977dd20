namespace OperatorGen.Symbolics;

/// <summary>
/// An expression as it is written down: an immutable tree that computes nothing by itself. Equal trees are equal; expressions that mean the same in
/// another form are not. Sums and products have any number of parts, so that a sum of many terms is one node and not a chain of them.
/// </summary>
public abstract partial record Expression
{
    /// <summary>0.</summary>
    public static Expression Zero { get; } = new NumberExpression(BigRational.Zero);

    /// <summary>1.</summary>
    public static Expression One { get; } = new NumberExpression(BigRational.One);

    private protected Expression()
    {
    }
}

/// <summary>An exact rational number.</summary>
/// <param name="Value">The number.</param>
public sealed record NumberExpression(BigRational Value) : Expression;

/// <summary>The imaginary unit i.</summary>
public sealed record ImaginaryUnitExpression : Expression;

/// <summary>A double: the shortest decimal for people, the exact value for computer algebra.</summary>
/// <param name="Value">The number; it may be infinite or not-a-number.</param>
public sealed record DecimalExpression(double Value) : Expression;

/// <summary>A variable: a Greek letter by its name, what follows underscores as a subscript.</summary>
/// <param name="Name">A letter, then letters, digits and underscores.</param>
public sealed record VariableExpression(string Name) : Expression
{
    /// <summary>The name in typeset mathematics, in the same notation; null: <see cref="Name"/>.</summary>
    public string? Typeset { get; init; }

    /// <summary>The variable with indices: <c>s[n]</c>.</summary>
    /// <param name="indices">The indices, at least one.</param>
    public IndexedExpression this[params Expression[] indices] => new(this, new(indices));
}

/// <summary>A variable with indices, for example s_n or b_(n,i).</summary>
/// <param name="Symbol">The variable.</param>
/// <param name="Indices">The indices, at least one.</param>
public sealed record IndexedExpression(VariableExpression Symbol, EquatableArray<Expression> Indices) : Expression;

/// <summary>A sum.</summary>
/// <param name="Summands">Its parts in order; none of them: 0.</param>
public sealed record SumExpression(EquatableArray<Expression> Summands) : Expression;

/// <summary>A product.</summary>
/// <param name="Factors">Its parts in order; none of them: 1.</param>
public sealed record ProductExpression(EquatableArray<Expression> Factors) : Expression;

/// <summary>A quotient.</summary>
/// <param name="Numerator">What is divided.</param>
/// <param name="Denominator">What it is divided by.</param>
public sealed record QuotientExpression(Expression Numerator, Expression Denominator) : Expression;

/// <summary>A power.</summary>
/// <param name="Base">What is raised.</param>
/// <param name="Exponent">The exponent.</param>
public sealed record PowerExpression(Expression Base, Expression Exponent) : Expression;

/// <summary>The exponential function, e^x.</summary>
/// <param name="Argument">x.</param>
public sealed record ExponentialExpression(Expression Argument) : Expression;

/// <summary>The natural logarithm.</summary>
/// <param name="Argument">Of what.</param>
public sealed record LogarithmExpression(Expression Argument) : Expression;
