using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>Trees in presentation MathML.</summary>
public static class ExpressionMathML
{
    /// <summary>The tree as one <c>math</c> element.</summary>
    /// <param name="expression">The tree.</param>
    /// <param name="display">Whether it is set as a line of its own: full-size fractions, limits below and above sums.</param>
    /// <param name="digits">How many digits of a decimal are written; null: the shortest that read back the same.</param>
    public static string Render(Expression expression, bool display = false, int? digits = null) =>
        (display ? "<math displaystyle=\"true\">" : "<math>") + new Printer(isInline: false, digits).Render(expression) + "</math>";

    /// <summary>
    /// An equation as several <c>math</c> elements: the left side with the sign, then each summand of the right side. Browsers break lines between
    /// elements and not inside them.
    /// </summary>
    public static IEnumerable<string> RenderParts(RelationExpression relation) => new Printer(isInline: false, null).Parts(relation).Select(part => "<math>" + part + "</math>");

    /// <summary>A text inside an element.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");

    private sealed class Printer(bool isInline, int? digits) : TypesetPrinter(isInline)
    {
        private const string ThinSpace = "<mspace width=\"0.167em\"/>";

        protected override TypesetPrinter Inline { get; } = isInline ? null! : new Printer(isInline: true, digits);

        protected override string ImaginaryUnit => "<mi>i</mi>";

        protected override string HadamardSign => "<mo>⊙</mo>";

        protected override string Comma => "<mo>,</mo>";

        // After an empty group a sign is one between two terms.
        public IEnumerable<string> Parts(RelationExpression relation)
        {
            Expression[] summands = relation.Right is SumExpression sum ? [.. sum.Summands] : [relation.Right];
            return [Of(relation.Left) + Sign(relation.Relation), .. summands.Select((summand, i) => (i == 0 ? "" : "<mrow></mrow>") + Summand(summand, i == 0))];
        }

        protected override string Sign(bool isNegative, bool isFirst, bool isTight) => (isNegative, isFirst) switch
        {
            (false, true) => "",
            (true, true) => "<mo form=\"prefix\">−</mo>",
            (true, false) => "<mo>−</mo>",
            (false, false) => "<mo>+</mo>",
        };

        protected override string Brackets(string text, Expression expression)
        {
            string size = expression is ReductionExpression ? " minsize=\"1.6em\" maxsize=\"1.6em\"" : "";
            return $"<mrow><mo fence=\"true\" form=\"prefix\"{size}>(</mo><mrow>{text}</mrow><mo fence=\"true\" form=\"postfix\"{size}>)</mo></mrow>";
        }

        protected override string Number(BigRational value) => value.IsInteger
            ? Digits(value.Numerator)
            : Fraction(Digits(value.Numerator), Digits(value.Denominator));

        protected override string Decimal(double value)
        {
            if (double.IsNaN(value) || double.IsInfinity(value))
            {
                return Name(double.IsNaN(value) ? "NaN" : value < 0 ? "-∞" : "∞");
            }

            string[] parts = (digits is { } most ? NumberText.Format(value, most) : NumberText.Format(value)).Split('e');
            string mantissa = "<mn>" + parts[0] + "</mn>";
            return parts.Length == 1 ? mantissa : $"{mantissa}<mo>⋅</mo><msup><mn>10</mn><mrow>{Of(int.Parse(parts[1], CultureInfo.InvariantCulture))}</mrow></msup>";
        }

        protected override string Variable(VariableExpression variable) => Scripted(variable, "");

        protected override string Indexed(IndexedExpression indexed) => Scripted(indexed, "");

        protected override string Name(string text) => "<mi mathvariant=\"normal\">" + Escape(text) + "</mi>";

        protected override string Application(ApplicationExpression application) =>
            Of(application.Function, Level.Atom) + Fenced("(", string.Join(Comma, application.Arguments.Select(Argument)), ")");

        protected override string Space(bool isThin) => isThin ? ThinSpace : "";

        protected override string Fraction(string numerator, string denominator) => $"<mfrac><mrow>{numerator}</mrow><mrow>{denominator}</mrow></mfrac>";

        protected override string InlineQuotient(string numerator, string denominator) => numerator + "<mo>/</mo>" + denominator;

        protected override string Root(Expression argument) => $"<msqrt>{Of(argument)}</msqrt>";

        protected override string FunctionName(string name, bool isBracketed) => Name(name) + (isBracketed ? "" : ThinSpace);

        protected override string Power(PowerExpression power) => Scripted(power.Base, Of(power.Exponent));

        protected override string Exponential(Expression argument) => $"<msup><mi>e</mi><mrow>{Of(argument)}</mrow></msup>";

        protected override string Reduce(ReductionExpression reduction)
        {
            string sign = reduction.Kind == Reduction.Sum ? "<mo>∑</mo>" : "<mo>∏</mo>";
            string index = Of(reduction.Range.Index);
            return reduction.Range switch
            {
                AllIndices => $"<munder>{sign}<mrow>{index}</mrow></munder>",
                IndexInterval interval => $"<munderover>{sign}<mrow>{index}<mo>=</mo>{Of(interval.First)}</mrow><mrow>{Of(interval.Last)}</mrow></munderover>",
                PastIndices past => $"<munder>{sign}<mrow>{index}<mo>≤</mo>{Of(past.Last)}</mrow></munder>",
                _ => throw Refused("a " + reduction.Range.GetType().Name),
            } + Of(reduction.Body, Level.Product);
        }

        protected override string Relation(RelationExpression relation) => Of(relation.Left) + Sign(relation.Relation) + Of(relation.Right);

        protected override string Slice(SliceExpression slice)
        {
            string colon = "<mo lspace=\"0\" rspace=\"0\">:</mo>";
            return $"<msub><mrow>{Of(slice.Source, Level.Atom)}</mrow><mrow>{Fenced("[", Element(slice.Start) + colon + Element(slice.End), "]")}</mrow></msub>";
        }

        protected override string Delta(DeltaExpression delta) => $"<msub><mi>δ</mi><mrow>{Of(delta.Left)}{Comma}{Of(delta.Right)}</mrow></msub>";

        protected override string Transpose(TransposeExpression transpose) => Scripted(transpose.Operand, "<mo>⊤</mo>");

        protected override string Matrix(MatrixExpression matrix)
        {
            IEnumerable<string> rows = matrix.Rows.Select(row => "<mtr>" + string.Concat(row.Select(item => "<mtd>" + Of(item) + "</mtd>")) + "</mtr>");
            return Brackets("<mtable>" + string.Concat(rows) + "</mtable>", matrix);
        }

        protected override string Tuple(TupleExpression tuple) => Fenced("(", List(tuple.Items, Comma), ")");

        protected override string Words(string text) => "<mtext>" + Escape(text) + "</mtext>";

        protected override string Ellipsis(EllipsisExpression ellipsis) => "<mo>⋯</mo><mspace width=\"1em\"/>" + Words($"({(BigRational)ellipsis.Remaining} more)");

        /// <summary>A base with its own subscripts below and a script above; none where that is empty.</summary>
        private string Scripted(Expression expression, string above)
        {
            VariableExpression? symbol = expression as VariableExpression ?? (expression as IndexedExpression)?.Symbol;
            string[] words = symbol is null ? [] : SymbolName.Words(symbol.Typeset ?? symbol.Name);
            IEnumerable<string> indices = expression is IndexedExpression indexed ? indexed.Indices.Select(Argument) : [];
            string below = string.Join(Comma, words.Skip(1).Select(Word).Concat(indices));
            string head = symbol is null ? "<mrow>" + Of(expression, Level.Atom) + "</mrow>" : Word(words[0]);
            return (below.Length > 0, above.Length > 0) switch
            {
                (false, false) => head,
                (true, false) => $"<msub>{head}<mrow>{below}</mrow></msub>",
                (false, true) => $"<msup>{head}<mrow>{above}</mrow></msup>",
                (true, true) => $"<msubsup>{head}<mrow>{below}</mrow><mrow>{above}</mrow></msubsup>",
            };
        }

        private string Sign(Relation relation) => relation switch
        {
            Symbolics.Relation.Equal => "<mo>=</mo>",
            Symbolics.Relation.Approximate => "<mo>≈</mo>",
            _ => throw Refused("the relation " + relation),
        };

        private static string Word(string word)
        {
            string text = SymbolName.GreekLetter(word) ?? word;
            bool isNumber = word[0] is >= '0' and <= '9';
            bool isUpright = SymbolName.IsUpright(text) || (text != word && word[0] is >= 'A' and <= 'Z');
            return isNumber ? $"<mn>{text}</mn>" : isUpright ? $"<mi mathvariant=\"normal\">{text}</mi>" : $"<mi>{text}</mi>";
        }

        private static string Fenced(string open, string inside, string close) => $"<mo stretchy=\"false\">{open}</mo>{inside}<mo stretchy=\"false\">{close}</mo>";

        private static string Element(int? bound) => bound is null ? "" : "<mn>" + Bound(bound) + "</mn>";

        private static string Digits(BigInteger value) => "<mn>" + value.ToString(CultureInfo.InvariantCulture) + "</mn>";
    }
}
