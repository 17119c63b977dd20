using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;

namespace OperatorGen.Symbolics;

/// <summary>Trees in LaTeX mathematics: <c>o(t) = \sum_n w_n(t) + d(t)</c>, <c>\frac{1}{2}\, w_{0} + w_{1}^{2} w_{3}</c>.</summary>
public static class ExpressionLatex
{
    private static readonly Printer s_printer = new(isInline: false);

    /// <summary>The tree, without dollar signs.</summary>
    public static string Render(Expression expression) => s_printer.Render(expression);

    /// <summary>The tree with the mark of alignment before the sign of an equation; anything else has it in front.</summary>
    public static string Aligned(Expression expression) => s_printer.Aligned(expression);

    private sealed class Printer(bool isInline) : TypesetPrinter(isInline)
    {
        protected override TypesetPrinter Inline { get; } = isInline ? null! : new Printer(isInline: true);

        protected override string ImaginaryUnit => "i";

        protected override string HadamardSign => @" \odot ";

        protected override string Comma => ", ";

        public string Aligned(Expression expression) => expression is RelationExpression relation
            ? Of(relation.Left) + " &" + Sign(relation.Relation) + " " + Of(relation.Right)
            : "&" + Of(expression);

        // Around a sum or product with its range, \left and \right would grow too large.
        protected override string Brackets(string text, Expression expression) =>
            expression is ReductionExpression ? @"\Bigl(" + text + @"\Bigr)" : @"\left(" + text + @"\right)";

        protected override string Number(BigRational value) => value.IsInteger
            ? Digits(value.Numerator)
            : Fraction(Digits(value.Numerator), Digits(value.Denominator));

        protected override string Decimal(double value)
        {
            if (double.IsNaN(value) || double.IsInfinity(value))
            {
                return double.IsNaN(value) ? @"\mathrm{NaN}" : value < 0 ? @"-\infty" : @"\infty";
            }

            string[] parts = NumberText.Format(value).Split('e');
            return parts.Length == 1 ? parts[0] : parts[0] + @" \cdot 10^{" + parts[1].TrimStart('+') + "}";
        }

        protected override string Variable(VariableExpression variable)
        {
            string[] words = SymbolName.Words(variable.Typeset ?? variable.Name);
            return Word(words[0]) + (words.Length == 1 ? "" : "_{" + string.Join(", ", words.Skip(1).Select(Word)) + "}");
        }

        protected override string Indexed(IndexedExpression indexed)
        {
            string[] words = SymbolName.Words(indexed.Symbol.Typeset ?? indexed.Symbol.Name);
            string[] scripts = [.. words.Skip(1).Select(Word), .. indexed.Indices.Select(Argument)];
            string all = string.Join(",", scripts);
            return Word(words[0]) + "_" + (all.Length == 1 ? all : "{" + all + "}");
        }

        protected override string Name(string text) => @"\mathrm{" + Escaped(text) + "}";

        protected override string Application(ApplicationExpression application) =>
            Of(application.Function, Level.Atom) + "(" + string.Join(", ", application.Arguments.Select(Argument)) + ")";

        protected override string Space(bool isThin) => isThin ? @"\, " : " ";

        protected override string Fraction(string numerator, string denominator) => @"\frac{" + numerator + "}{" + denominator + "}";

        protected override string InlineQuotient(string numerator, string denominator) => numerator + " / " + denominator;

        protected override string Root(Expression argument) =>
            @"\sqrt{" + (argument is QuotientExpression quotient ? @"\t" + Fraction(Of(quotient.Numerator), Of(quotient.Denominator)).TrimStart('\\') : Of(argument)) + "}";

        protected override string FunctionName(string name, bool isBracketed) =>
            (name is "Re" or "erf" ? @"\operatorname{" + name + "}" : "\\" + name) + (isBracketed ? "" : " ");

        protected override string Power(PowerExpression power) => Of(power.Base, Level.Atom) + "^{" + Of(power.Exponent) + "}";

        protected override string Exponential(Expression argument) => "e^{" + Of(argument) + "}";

        protected override string Reduce(ReductionExpression reduction) => (reduction.Kind == Reduction.Sum ? @"\sum_" : @"\prod_") + reduction.Range switch
        {
            AllIndices all => Of(all.Index),
            IndexInterval interval => $"{{{Of(interval.Index)}={Argument(interval.First)}}}^{{{Argument(interval.Last)}}}",
            PastIndices past => $@"{{{Of(past.Index)} \le {Argument(past.Last)}}}",
            _ => throw Refused("a " + reduction.Range.GetType().Name),
        } + " " + Of(reduction.Body, Level.Product);

        protected override string Relation(RelationExpression relation) => Of(relation.Left) + " " + Sign(relation.Relation) + " " + Of(relation.Right);

        protected override string Slice(SliceExpression slice) => $"{Of(slice.Source, Level.Atom)}_{{[{Bound(slice.Start)}:{Bound(slice.End)}]}}";

        protected override string Delta(DeltaExpression delta) =>
            @"\delta_{" + Of(delta.Left) + (IsLeaf(delta.Left) && IsLeaf(delta.Right) ? " " : ", ") + Of(delta.Right) + "}";

        protected override string Transpose(TransposeExpression transpose) => Of(transpose.Operand, Level.Atom) + @"^{\top}";

        protected override string Matrix(MatrixExpression matrix) =>
            @"\begin{pmatrix} " + string.Join(@" \\ ", matrix.Rows.Select(row => List(row, " & "))) + @" \end{pmatrix}";

        protected override string Tuple(TupleExpression tuple) => "(" + List(tuple.Items, ", ") + ")";

        protected override string Words(string text) => @"\text{" + Escaped(text) + "}";

        protected override string Ellipsis(EllipsisExpression ellipsis) => $@"\cdots \quad \text{{({(BigRational)ellipsis.Remaining} more)}}";

        private string Sign(Relation relation) => relation switch
        {
            Symbolics.Relation.Equal => "=",
            Symbolics.Relation.Approximate => @"\approx",
            _ => throw Refused("the relation " + relation),
        };

        private static string Word(string word) =>
            SymbolName.GreekLetter(word) is not null ? "\\" + word : SymbolName.IsUpright(word) ? @"\mathrm{" + word + "}" : word;

        private static string Escaped(string text)
        {
            var latex = new StringBuilder();
            foreach (char c in text)
            {
                latex.Append(c is '_' or '%' or '#' or '&' or '$' or '{' or '}' ? "\\" : "").Append(c);
            }

            return latex.ToString();
        }

        private static string Digits(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
