using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OperatorGen.Symbolics;

/// <summary>
/// Writes trees: which parts need brackets and where a minus sign is written is the same in every notation, and decided here. What a node looks like
/// is left to the derived notation. A node that a notation has no meaning for is refused, and so is one that is unknown here.
/// </summary>
internal abstract class ExpressionPrinter
{
    /// <summary>How tightly the outermost operation of a text binds.</summary>
    protected enum Level
    {
        /// <summary>An equation.</summary>
        Relation,

        /// <summary>A sum or a negative number.</summary>
        Sum,

        /// <summary>A product or a quotient.</summary>
        Product,

        /// <summary>A power.</summary>
        Power,

        /// <summary>A number, a name or something in brackets.</summary>
        Atom,
    }

    /// <summary>The imaginary unit.</summary>
    protected abstract string ImaginaryUnit { get; }

    /// <summary>The tree as one text.</summary>
    public string Render(Expression expression) => Of(expression);

    /// <summary>An expression, in brackets where it binds less tightly than its place needs.</summary>
    protected string Of(Expression expression, Level least = Level.Relation) =>
        Binding(expression) < least ? Brackets(Bare(expression), expression) : Bare(expression);

    /// <summary>Expressions one after another.</summary>
    protected string List(IEnumerable<Expression> items, string separator) => string.Join(separator, items.Select(item => Of(item)));

    /// <summary>How tightly an expression binds.</summary>
    protected virtual Level Binding(Expression expression) => expression switch
    {
        RelationExpression => Level.Relation,
        NumberExpression or DecimalExpression => IsNegative(expression) ? Level.Sum : Level.Atom,
        SumExpression { Summands.Count: > 0 } => Level.Sum,
        ProductExpression { Factors.Count: > 0 } or QuotientExpression or HadamardExpression or ReductionExpression or MeanExpression => Level.Product,
        PowerExpression or TransposeExpression => Level.Power,
        _ => Level.Atom,
    };

    /// <summary>How tightly the first factor of a product has to bind.</summary>
    protected virtual Level FirstFactor(Expression factor) => Level.Power;

    /// <summary>A sum, its signs between the summands.</summary>
    protected string Sum(EquatableArray<Expression> summands, bool isTight = false)
    {
        if (summands.Count == 0)
        {
            return Number(BigRational.Zero);
        }

        var text = new StringBuilder();
        for (int i = 0; i < summands.Count; i++)
        {
            text.Append(Summand(summands[i], i == 0, isTight));
        }

        return text.ToString();
    }

    /// <summary>A summand with its sign before it.</summary>
    protected string Summand(Expression expression, bool isFirst, bool isTight = false) => Sign(IsNegative(expression), isFirst, isTight) + expression switch
    {
        NumberExpression number => Number(number.Value.Abs()),
        DecimalExpression number => Decimal(Math.Abs(number.Value)),
        ProductExpression product => Factors(product),
        _ => Of(expression, Level.Product),
    };

    /// <summary>An argument or a bound: a shift such as <c>t-1</c> is written without blanks.</summary>
    protected string Argument(Expression expression) =>
        expression is SumExpression { Summands: { Count: 2 } summands } && IsLeaf(summands[0]) && IsLeaf(summands[1]) ? Sum(summands, isTight: true) : Of(expression);

    /// <summary>A numerator in one line; a sum over an index would reach over the denominator.</summary>
    protected string Numerator(QuotientExpression quotient) =>
        Of(quotient.Numerator, quotient.Numerator is ReductionExpression or MeanExpression ? Level.Power : Level.Product);

    /// <summary>An end of a slice; nothing where there is none.</summary>
    protected static string Bound(int? element) => element is { } number ? NumberText.Format(number) : "";

    /// <summary>Whether an expression is one name or number.</summary>
    protected static bool IsLeaf(Expression expression) => expression is VariableExpression or NumberExpression or DecimalExpression;

    /// <summary>The sign before a summand.</summary>
    protected virtual string Sign(bool isNegative, bool isFirst, bool isTight) => (isNegative, isFirst, isTight) switch
    {
        (false, true, _) => "",
        (true, true, _) or (true, false, true) => "-",
        (false, false, true) => "+",
        (true, false, false) => " - ",
        (false, false, false) => " + ",
    };

    protected abstract string Brackets(string text, Expression expression);

    protected abstract string Number(BigRational value);

    protected abstract string Decimal(double value);

    protected abstract string Variable(VariableExpression variable);

    protected abstract string Indexed(IndexedExpression indexed);

    protected abstract string Name(string text);

    /// <summary>What is written between two factors.</summary>
    protected abstract string Between(Expression previous, Expression next);

    protected abstract string Quotient(QuotientExpression quotient);

    protected abstract string Power(PowerExpression power);

    protected abstract string Exponential(Expression argument);

    protected abstract string Logarithm(Expression argument);

    protected abstract string Function(FunctionExpression function);

    protected abstract string Relation(RelationExpression relation);

    protected abstract string Matrix(MatrixExpression matrix);

    protected abstract string Delta(DeltaExpression delta);

    protected virtual string Application(ApplicationExpression application) => throw Refused("a value of a named function");

    protected virtual string Tuple(TupleExpression tuple) => throw Refused("a tuple");

    protected virtual string Transpose(TransposeExpression transpose) => throw Refused("a transposed matrix");

    protected virtual string Reduce(ReductionExpression reduction) => throw Refused("a sum or product over an index");

    protected virtual string Mean(MeanExpression mean) => Of(mean.Expanded);

    protected virtual string Hadamard(HadamardExpression product) => throw Refused("a product element by element");

    protected virtual string Slice(SliceExpression slice) => throw Refused("a slice");

    protected virtual string Words(string text) => throw Refused("a sentence");

    protected virtual string Ellipsis(EllipsisExpression ellipsis) => throw Refused("a sum that is not written out");

    protected NotSupportedException Refused(string what) => new($"{GetType().DeclaringType?.Name} has no notation for {what}.");

    private string Bare(Expression expression) => expression switch
    {
        NumberExpression or DecimalExpression or ProductExpression => Summand(expression, isFirst: true),
        ImaginaryUnitExpression => ImaginaryUnit,
        VariableExpression variable => Variable(variable),
        IndexedExpression indexed => Indexed(indexed),
        NameExpression name => Name(name.Text),
        ApplicationExpression application => Application(application),
        FunctionExpression function => Function(function),
        SumExpression sum => Sum(sum.Summands),
        QuotientExpression quotient => Quotient(quotient),
        PowerExpression power => Power(power),
        ExponentialExpression exponential => Exponential(exponential.Argument),
        LogarithmExpression logarithm => Logarithm(logarithm.Argument),
        ReductionExpression reduction => Reduce(reduction),
        MeanExpression mean => Mean(mean),
        RelationExpression relation => Relation(relation),
        HadamardExpression product => Hadamard(product),
        SliceExpression slice => Slice(slice),
        DeltaExpression delta => Delta(delta),
        TransposeExpression transpose => Transpose(transpose),
        MatrixExpression matrix => Matrix(matrix),
        TupleExpression tuple => Tuple(tuple),
        WordsExpression words => Words(words.Text),
        EllipsisExpression ellipsis => Ellipsis(ellipsis),
        _ => throw Refused("a " + expression.GetType().Name),
    };

    /// <summary>A product without its sign; a factor of 1 that the sign leaves is not written.</summary>
    private string Factors(ProductExpression product)
    {
        Expression[] factors = [.. product.Factors];
        if (IsNegative(product))
        {
            Expression first = -factors[0];
            bool isOne = first is NumberExpression { Value.IsOne: true } or DecimalExpression { Value: 1 };
            factors = isOne && factors.Length > 1 ? [.. factors.Skip(1)] : [first, .. factors.Skip(1)];
        }

        if (factors.Length < 2)
        {
            return factors.Length == 0 ? Number(BigRational.One) : Of(factors[0], Level.Product);
        }

        var text = new StringBuilder();
        for (int i = 0; i < factors.Length; i++)
        {
            // A sum over an index reaches as far to the right as the product does.
            bool isOpen = i == factors.Length - 1 && factors[i] is ReductionExpression;
            text.Append(i == 0 ? "" : Between(factors[i - 1], factors[i])).Append(Of(factors[i], isOpen ? Level.Product : i == 0 ? FirstFactor(factors[0]) : Level.Power));
        }

        return text.ToString();
    }

    private static bool IsNegative(Expression expression) => expression switch
    {
        NumberExpression number => number.Value.Sign < 0,
        DecimalExpression number => number.Value < 0,
        ProductExpression { Factors: { Count: > 0 } factors } => factors[0] is NumberExpression or DecimalExpression && IsNegative(factors[0]),
        _ => false,
    };
}
