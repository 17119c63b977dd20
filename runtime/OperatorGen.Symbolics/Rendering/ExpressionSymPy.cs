using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>Trees as Python expressions in SymPy's names: <c>Rational(1, 2)*w_0**2*w_1</c>. Every number is an exact <c>Integer</c> or <c>Rational</c>.</summary>
public static class ExpressionSymPy
{
    // From here on a power of two is shorter than its digits.
    private const int SmallestPower = 17;

    private static readonly Notation s_notation = new();

    /// <summary>The tree in one line.</summary>
    public static string Render(Expression expression) => s_notation.Render(expression);

    /// <summary><c>Integer(p)</c> or <c>Rational(p, q)</c>, a denominator that is a great power of two as <c>2**k</c>.</summary>
    public static string Number(BigRational value) => value.IsInteger
        ? "Integer(" + value.ToString() + ")"
        : "Rational(" + ((BigRational)value.Numerator).ToString() + ", " + Denominator(value.Denominator) + ")";

    private static string Denominator(BigInteger value)
    {
        int power = DyadicText.PowerOfTwo(value);
        return power >= SmallestPower ? "2**" + NumberText.Format(power) : ((BigRational)value).ToString();
    }

    private sealed class Notation : ExpressionNotation
    {
        protected override string PowerSign => "**";

        protected override string ImaginaryUnit => "I";

        protected override string Number(BigRational value) => ExpressionSymPy.Number(value);

        protected override string Exponential(string argument) => "exp(" + argument + ")";

        protected override string Logarithm(string argument) => "log(" + argument + ")";
    }
}
