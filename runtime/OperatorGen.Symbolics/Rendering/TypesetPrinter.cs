namespace OperatorGen.Symbolics;

/// <summary>What LaTeX and MathML have in common: fractions, scripts, and the spaces that typesetting does not make by itself.</summary>
/// <param name="isInline">Whether this is the inside of a fraction, where quotients are written in one line.</param>
internal abstract class TypesetPrinter(bool isInline) : ExpressionPrinter
{
    /// <summary>The notation inside fractions.</summary>
    protected abstract TypesetPrinter Inline { get; }

    /// <summary>The sign of multiplication element by element.</summary>
    protected abstract string HadamardSign { get; }

    protected override Level Binding(Expression expression) => expression switch
    {
        NumberExpression { Value: { IsInteger: false, Sign: > 0 } } or ExponentialExpression => Level.Power,
        QuotientExpression when !isInline => Level.Power,
        FunctionExpression { Function: not ElementaryFunction.SquareRoot } function when IsFraction(function.Arguments) => Level.Product,
        _ => base.Binding(expression),
    };

    /// <summary>Thin between a coefficient and what it multiplies, and between two values of functions.</summary>
    protected override string Between(Expression previous, Expression next) => Space(
        (previous is NumberExpression or DecimalExpression && Binding(previous) > Level.Sum && next is not ImaginaryUnitExpression)
        || (previous is ApplicationExpression && next is ApplicationExpression));

    protected override string Quotient(QuotientExpression quotient) => isInline
        ? InlineQuotient(Numerator(quotient), Of(quotient.Denominator, Level.Atom))
        : Fraction(Inline.Of(quotient.Numerator), Inline.Of(quotient.Denominator));

    protected override string Hadamard(HadamardExpression product) => Of(product.Left, Level.Power) + HadamardSign + Of(product.Right, Level.Power);

    protected override string Logarithm(Expression argument) => Applied("log", EquatableArray.Of(argument));

    protected override string Function(FunctionExpression function) => function.Function switch
    {
        ElementaryFunction.RealPart => Applied("Re", function.Arguments),
        ElementaryFunction.SquareRoot => Root(function.Arguments[0]),
        ElementaryFunction.HyperbolicTangent => Applied("tanh", function.Arguments),
        ElementaryFunction.ErrorFunction => Applied("erf", function.Arguments),
        ElementaryFunction.Maximum => Applied("max", function.Arguments),
        _ => throw Refused("the function " + function.Function),
    };

    /// <summary>A function of arguments in brackets; a fraction needs none.</summary>
    private string Applied(string function, EquatableArray<Expression> arguments) => IsFraction(arguments)
        ? FunctionName(function, isBracketed: false) + Of(arguments[0])
        : FunctionName(function, isBracketed: true) + Brackets(List(arguments, Comma), arguments[0]);

    private bool IsFraction(EquatableArray<Expression> arguments) => !isInline && arguments.Count == 1 && arguments[0] is QuotientExpression;

    protected abstract string Comma { get; }

    protected abstract string Space(bool isThin);

    protected abstract string Fraction(string numerator, string denominator);

    protected abstract string InlineQuotient(string numerator, string denominator);

    protected abstract string Root(Expression argument);

    protected abstract string FunctionName(string name, bool isBracketed);
}
