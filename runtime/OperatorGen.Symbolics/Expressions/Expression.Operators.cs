namespace OperatorGen.Symbolics;

/// <content>Expressions are written as formulas are: <c>lambda[n] * s[n].At(t - 1) + v.At(t)</c>.</content>
public abstract partial record Expression
{
    /// <summary>The transposed vector or matrix.</summary>
    public Expression Transposed => new TransposeExpression(this);

    /// <summary>An integer.</summary>
    public static implicit operator Expression(int value) => new NumberExpression(value);

    /// <summary>A sum; sums in it are continued, and 0 is left out.</summary>
    public static Expression operator +(Expression left, Expression right) => Eq.Add([.. Summands(left), .. Summands(right)]);

    /// <summary>A difference: the sum with the negated right side.</summary>
    public static Expression operator -(Expression left, Expression right) => left + -right;

    /// <summary>The negated number, or -1 times the expression.</summary>
    public static Expression operator -(Expression operand) => operand switch
    {
        NumberExpression number => new NumberExpression(-number.Value),
        DecimalExpression number => new DecimalExpression(-number.Value),
        _ => -1 * operand,
    };

    /// <summary>A product; products in it are continued, and 1 is left out.</summary>
    public static Expression operator *(Expression left, Expression right) => Eq.Multiply([.. Factors(left), .. Factors(right)]);

    /// <summary>A quotient.</summary>
    public static Expression operator /(Expression left, Expression right) => new QuotientExpression(left, right);

    /// <summary>The value of this function at arguments: <c>s.At(t - 1)</c>.</summary>
    /// <param name="arguments">The arguments.</param>
    public Expression At(params Expression[] arguments) => new ApplicationExpression(this, new(arguments));

    /// <summary>A power.</summary>
    /// <param name="exponent">The exponent.</param>
    public Expression Power(Expression exponent) => exponent == One ? this : new PowerExpression(this, exponent);

    /// <summary>The product element by element.</summary>
    /// <param name="other">The other factor.</param>
    public Expression Hadamard(Expression other) => new HadamardExpression(this, other);

    /// <summary>Elements of a vector.</summary>
    /// <param name="start">The first element; null: from the beginning.</param>
    /// <param name="end">The element after the last; null: to the end.</param>
    public Expression Slice(int? start, int? end) => new SliceExpression(this, start, end);

    /// <summary>The equation of this and another side.</summary>
    /// <param name="right">The right side.</param>
    /// <param name="relation">The sign between the sides.</param>
    public RelationExpression Is(Expression right, Relation relation = Relation.Equal) => new(this, relation, right);

    private static EquatableArray<Expression> Summands(Expression expression) => expression is SumExpression sum ? sum.Summands : EquatableArray.Of(expression);

    private static EquatableArray<Expression> Factors(Expression expression) => expression is ProductExpression product ? product.Factors : EquatableArray.Of(expression);
}
