namespace OperatorGen.Symbolics;

/// <summary>
/// Trees in one line that AngouriMath's parser reads as they are meant: every product has its <c>*</c>, a power that is a base or a factor has its
/// parentheses, rationals are quotients of integers in parentheses. Variables need an underscore before their number (<c>w_12</c>): the parser takes
/// <c>w12</c> for w^12. Refused is what AngouriMath has no meaning for: values of named functions, several indices, sums and products over an index,
/// real part, error function and maximum, approximations, tuples, slices, transposes, products element by element, sentences, sums that are not written out.
/// </summary>
public static class ExpressionAngouriMath
{
    private static readonly Printer s_printer = new();

    /// <summary>The tree, for example <c>w_0 + (1/2)*(w_0^2)*w_1 - 3</c>.</summary>
    /// <exception cref="System.NotSupportedException">AngouriMath has no meaning for a part of the tree.</exception>
    public static string Render(Expression expression) => s_printer.Render(expression);

    private sealed class Printer : AlgebraPrinter
    {
        protected override string ImaginaryUnit => "i";

        // Its parser reads x^y^z and -x^y in ways of its own.
        protected override Level Binding(Expression expression) => expression is PowerExpression ? Level.Sum : base.Binding(expression);

        protected override string Number(BigRational value) => value.IsInteger ? value.ToString() : "(" + value.ToString() + ")";

        protected override string Indexed(IndexedExpression indexed) => indexed.Indices.Count == 1 && IsLeaf(indexed.Indices[0]) && SymbolName.Words(indexed.Symbol.Name).Length == 1
            ? indexed.Symbol.Name + "_" + Of(indexed.Indices[0])
            : throw Refused("more than one index");

        protected override string Name(string text) => throw Refused("a named function");

        protected override string Function(FunctionExpression function) => function.Function switch
        {
            ElementaryFunction.SquareRoot => "sqrt(" + Of(function.Arguments[0]) + ")",
            ElementaryFunction.HyperbolicTangent => "tanh(" + Of(function.Arguments[0]) + ")",
            _ => throw Refused("the function " + function.Function),
        };

        protected override string Power(PowerExpression power) => Power(power, "^");

        protected override string Exponential(Expression argument) => "(e^(" + Of(argument) + "))";

        // Its log without a base is the decimal one.
        protected override string Logarithm(Expression argument) => "ln(" + Of(argument) + ")";

        protected override string Equation(string left, string right) => left + " = " + right;

        protected override string Delta(DeltaExpression delta) => $"piecewise(1 provided {Of(delta.Left)} = {Of(delta.Right)}, 0)";
    }
}
