using System.Linq;

namespace OperatorGen.Symbolics;

/// <summary>What the inputs of computer algebra systems have in common: one line, <c>* /</c> and parentheses, exact numbers.</summary>
internal abstract class AlgebraPrinter : ExpressionPrinter
{
    protected override Level FirstFactor(Expression factor) => Level.Product;

    protected override string Brackets(string text, Expression expression) => "(" + text + ")";

    protected override string Variable(VariableExpression variable) => variable.Name;

    /// <summary>The exact value.</summary>
    /// <exception cref="System.NotSupportedException">The number is infinite or not-a-number.</exception>
    protected override string Decimal(double value) => double.IsNaN(value) || double.IsInfinity(value)
        ? throw Refused("a number that is not finite")
        : Number(BigRational.FromDouble(value));

    protected override string Between(Expression previous, Expression next) => "*";

    protected override string Quotient(QuotientExpression quotient) => Numerator(quotient) + "/" + Of(quotient.Denominator, Level.Power);

    protected override string Matrix(MatrixExpression matrix) => "[" + string.Join(", ", matrix.Rows.Select(row => "[" + List(row, ", ") + "]")) + "]";

    /// <summary>A power whose natural exponents are plain digits.</summary>
    protected string Power(PowerExpression power, string sign) => Of(power.Base, Level.Atom) + sign
        + (power.Exponent is NumberExpression { Value: { IsInteger: true, Sign: >= 0 } exponent } ? exponent.ToString() : Of(power.Exponent, Level.Atom));

    /// <summary>An equation; an approximation cannot be computed with.</summary>
    protected override string Relation(RelationExpression relation) =>
        relation.Relation == Symbolics.Relation.Equal ? Equation(Of(relation.Left), Of(relation.Right)) : throw Refused("an approximation");

    protected abstract string Equation(string left, string right);
}
