namespace OperatorGen.Symbolics;

/// <summary>
/// Trees in one line that AngouriMath's parser reads as they are meant: every product has its <c>*</c>, a power that is a base or a factor has its
/// parentheses, rationals are quotients of integers in parentheses. Variables need an underscore before their number (<c>w_12</c>): the parser takes
/// <c>w12</c> for w^12.
/// </summary>
public static class ExpressionAngouriMath
{
    private static readonly Notation s_notation = new();

    /// <summary>The tree, for example <c>w_0 + (1/2)*(w_0^2)*w_1 - 3</c>.</summary>
    public static string Render(Expression expression) => s_notation.Render(expression);

    private sealed class Notation : ExpressionNotation
    {
        protected override string PowerSign => "^";

        protected override string ImaginaryUnit => "i";

        protected override bool BracketsPowers => true;

        protected override string Number(BigRational value) => value.IsInteger ? value.ToString() : "(" + value.ToString() + ")";

        protected override string Exponential(string argument) => "(e^(" + argument + "))";

        // Its log without a base is the decimal one.
        protected override string Logarithm(string argument) => "ln(" + argument + ")";
    }
}
