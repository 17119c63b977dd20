using System.Linq;

namespace OperatorGen.Symbolics;

/// <summary>Trees in plain text, for people: <c>o(t) = sum_n w_n(t) + d(t)</c>, <c>1/2 w_0 + w_1^2 w_3 - 3 w_2</c>.</summary>
public static class ExpressionText
{
    private static readonly Printer s_printer = new();

    /// <summary>The tree in one line.</summary>
    public static string Render(Expression expression) => s_printer.Render(expression);

    private sealed class Printer : ExpressionPrinter
    {
        protected override string ImaginaryUnit => "i";

        protected override Level Binding(Expression expression) =>
            expression is NumberExpression { Value: { IsInteger: false, Sign: > 0 } } ? Level.Power : base.Binding(expression);

        // x/2 (1 + y) is read as it is meant.
        protected override Level FirstFactor(Expression factor) =>
            factor is QuotientExpression quotient && IsLeaf(quotient.Numerator) && IsLeaf(quotient.Denominator) ? Level.Product : Level.Power;

        protected override string Brackets(string text, Expression expression) => "(" + text + ")";

        protected override string Number(BigRational value) => value.ToString();

        protected override string Decimal(double value) => NumberText.Format(value);

        protected override string Variable(VariableExpression variable) => variable.Name;

        protected override string Indexed(IndexedExpression indexed) => indexed.Symbol.Name + "_"
            + (indexed.Indices.Count == 1 && IsLeaf(indexed.Indices[0]) ? Of(indexed.Indices[0]) : "(" + string.Join(",", indexed.Indices.Select(Argument)) + ")");

        protected override string Name(string text) => text;

        protected override string Application(ApplicationExpression application) =>
            Of(application.Function, Level.Atom) + "(" + string.Join(",", application.Arguments.Select(Argument)) + ")";

        protected override string Function(FunctionExpression function) => function.Function switch
        {
            ElementaryFunction.RealPart => "Re",
            ElementaryFunction.SquareRoot => "sqrt",
            ElementaryFunction.HyperbolicTangent => "tanh",
            ElementaryFunction.ErrorFunction => "erf",
            ElementaryFunction.Maximum => "max",
            _ => throw Refused("the function " + function.Function),
        } + "(" + List(function.Arguments, ", ") + ")";

        protected override string Between(Expression previous, Expression next) => previous is DecimalExpression && next is ImaginaryUnitExpression ? "" : " ";

        protected override string Quotient(QuotientExpression quotient) =>
            Numerator(quotient) + (IsLeaf(quotient.Numerator) ? "/" : " / ") + Of(quotient.Denominator, Level.Atom);

        protected override string Power(PowerExpression power) => Of(power.Base, Level.Atom) + "^" + Of(power.Exponent, Level.Atom);

        protected override string Exponential(Expression argument) => "exp(" + Of(argument) + ")";

        protected override string Logarithm(Expression argument) => "log(" + Of(argument) + ")";

        protected override string Reduce(ReductionExpression reduction) => (reduction.Kind == Reduction.Sum ? "sum_" : "prod_") + reduction.Range switch
        {
            AllIndices all => Of(all.Index),
            IndexInterval interval => $"({Of(interval.Index)} = {Argument(interval.First)}..{Argument(interval.Last)})",
            PastIndices past => $"({Of(past.Index)} <= {Argument(past.Last)})",
            _ => throw Refused("a " + reduction.Range.GetType().Name),
        } + " " + Of(reduction.Body, Level.Product);

        protected override string Mean(MeanExpression mean) => $"mean over {Of(mean.Range.Index)} of {Of(mean.Body, Level.Product)}";

        protected override string Relation(RelationExpression relation) => Of(relation.Left) + relation.Relation switch
        {
            Symbolics.Relation.Equal => " = ",
            Symbolics.Relation.Approximate => " ~ ",
            _ => throw Refused("the relation " + relation.Relation),
        } + Of(relation.Right);

        protected override string Hadamard(HadamardExpression product) => Of(product.Left, Level.Power) + " * " + Of(product.Right, Level.Power);

        protected override string Slice(SliceExpression slice) => $"{Of(slice.Source, Level.Atom)}[{Bound(slice.Start)}:{Bound(slice.End)}]";

        protected override string Delta(DeltaExpression delta) => $"[{Of(delta.Left)} = {Of(delta.Right)}]";

        protected override string Transpose(TransposeExpression transpose) => Of(transpose.Operand, Level.Atom) + "^T";

        protected override string Matrix(MatrixExpression matrix) => "[" + string.Join("; ", matrix.Rows.Select(row => List(row, ", "))) + "]";

        protected override string Tuple(TupleExpression tuple) => "(" + List(tuple.Items, ", ") + ")";

        protected override string Words(string text) => text;

        protected override string Ellipsis(EllipsisExpression ellipsis) => $"... ({(BigRational)ellipsis.Remaining} more)";
    }
}
