using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>
/// Trees as Python expressions in SymPy's names: <c>Rational(1, 2)*w_0**2*w_1</c>. Every number is an exact <c>Integer</c> or <c>Rational</c>. A
/// variable with indices is a function of them, and its value at arguments one of both: s_n(t) is <c>s(n, t)</c>. Refused are approximations, slices,
/// products element by element, sentences and sums that are not written out.
/// </summary>
public static class ExpressionSymPy
{
    // From here on a power of two is shorter than its digits.
    private const int SmallestPower = 17;

    private static readonly HashSet<string> s_reserved =
    [
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
        "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "True", "False", "None",
        "I", "Integer", "Rational", "Eq", "Sum", "Product", "Matrix", "Tuple", "Max", "KroneckerDelta", "exp", "log", "re", "sqrt", "tanh", "erf", "transpose",
        "nan", "Add", "expand", "symbols",
    ];

    private static readonly Printer s_printer = new();

    /// <summary>The tree in one line.</summary>
    /// <exception cref="System.NotSupportedException">SymPy has no meaning for a part of the tree.</exception>
    public static string Render(Expression expression) => s_printer.Render(expression);

    /// <summary>The Python name of a variable or function: what Python and these expressions use otherwise has an underscore after it.</summary>
    public static string Identifier(string name)
    {
        string letters = new([.. name.Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? c : '_')]);
        return s_reserved.Contains(letters) ? letters + "_" : letters;
    }

    /// <summary><c>Integer(p)</c> or <c>Rational(p, q)</c>, a denominator that is a great power of two as <c>2**k</c>.</summary>
    private static string Number(BigRational value) => value.IsInteger
        ? "Integer(" + value.ToString() + ")"
        : "Rational(" + ((BigRational)value.Numerator).ToString() + ", " + Denominator(value.Denominator) + ")";

    private static string Denominator(BigInteger value)
    {
        int power = DyadicText.PowerOfTwo(value);
        return power >= SmallestPower ? "2**" + NumberText.Format(power) : ((BigRational)value).ToString();
    }

    private sealed class Printer : AlgebraPrinter
    {
        protected override string ImaginaryUnit => "I";

        protected override Level Binding(Expression expression) => expression is ReductionExpression or RelationExpression or TransposeExpression ? Level.Atom : base.Binding(expression);

        protected override string Number(BigRational value) => ExpressionSymPy.Number(value);

        protected override string Decimal(double value) => double.IsNaN(value) || double.IsInfinity(value) ? "nan" : base.Decimal(value);

        protected override string Variable(VariableExpression variable) => Identifier(variable.Name);

        protected override string Name(string text) => Identifier(text);

        protected override string Indexed(IndexedExpression indexed) => Variable(indexed.Symbol) + "(" + List(indexed.Indices, ", ") + ")";

        protected override string Application(ApplicationExpression application) => application.Function is IndexedExpression indexed
            ? Variable(indexed.Symbol) + "(" + List(indexed.Indices.Concat(application.Arguments), ", ") + ")"
            : Of(application.Function, Level.Atom) + "(" + List(application.Arguments, ", ") + ")";

        protected override string Function(FunctionExpression function) => function.Function switch
        {
            ElementaryFunction.RealPart => "re",
            ElementaryFunction.SquareRoot => "sqrt",
            ElementaryFunction.HyperbolicTangent => "tanh",
            ElementaryFunction.ErrorFunction => "erf",
            ElementaryFunction.Maximum => "Max",
            _ => throw Refused("the function " + function.Function),
        } + "(" + List(function.Arguments, ", ") + ")";

        protected override string Power(PowerExpression power) => Power(power, "**");

        protected override string Exponential(Expression argument) => "exp(" + Of(argument) + ")";

        protected override string Logarithm(Expression argument) => "log(" + Of(argument) + ")";

        protected override string Reduce(ReductionExpression reduction) => (reduction.Kind == Reduction.Sum ? "Sum(" : "Product(")
            + $"{Of(reduction.Body)}, ({Of(reduction.Range.Index)}, {Of(reduction.Range.First)}, {Of(reduction.Range.Last)}))";

        protected override string Equation(string left, string right) => $"Eq({left}, {right})";

        protected override string Delta(DeltaExpression delta) => $"KroneckerDelta({Of(delta.Left)}, {Of(delta.Right)})";

        protected override string Transpose(TransposeExpression transpose) => $"transpose({Of(transpose.Operand)})";

        protected override string Matrix(MatrixExpression matrix) => "Matrix(" + base.Matrix(matrix) + ")";

        protected override string Tuple(TupleExpression tuple) => "Tuple(" + List(tuple.Items, ", ") + ")";
    }
}
