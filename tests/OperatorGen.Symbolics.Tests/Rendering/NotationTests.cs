using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Rendering;

/// <summary>Every kind of node in every notation: what a notation does not write, it refuses.</summary>
public sealed class NotationTests
{
    private const string Refused = "";

    private static readonly VariableExpression s_a = Eq.Symbol("a"), s_b = Eq.Symbol("b"), s_n = Eq.Symbol("n"), s_t = Eq.Symbol("t");

    /// <summary>A tree, then its text, LaTeX, SymPy and AngouriMath; empty where the notation refuses it.</summary>
    private static readonly (Expression Tree, string Text, string Latex, string SymPy, string AngouriMath)[] s_nodes =
    [
        (new NumberExpression(new BigRational(-2, 3)), "-2/3", @"-\frac{2}{3}", "-Rational(2, 3)", "-(2/3)"),
        (Eq.Number(-1.5e-7), "-1.5e-7", @"-1.5 \cdot 10^{-7}", "-Rational(2833419889721787, 2**74)", "-(2833419889721787/18889465931478580854784)"),
        (Eq.I, "i", "i", "I", "i"),
        (Eq.Number(new ComplexNumber(1, -0.5)), "1 - 0.5i", "1 - 0.5 i", "Integer(1) - Rational(1, 2)*I", "1 - (1/2)*i"),
        (Eq.Symbol("gate_min", typeset: "alpha_min"), "gate_min", @"\alpha_{\mathrm{min}}", "gate_min", "gate_min"),
        (Eq.Symbol("lambda")[s_n], "lambda_n", @"\lambda_n", "lambda_(n)", "lambda_n"),
        (s_b[s_n, s_t - 1], "b_(n,t-1)", "b_{n,t-1}", "b(n, t - Integer(1))", Refused),
        (Eq.Name("x_proj").At(s_t), "x_proj(t)", @"\mathrm{x\_proj}(t)", "x_proj(t)", Refused),
        (Eq.Name("x_proj"), "x_proj", @"\mathrm{x\_proj}", "x_proj", Refused),
        (s_a[s_n].At(s_t - 1), "a_n(t-1)", "a_n(t-1)", "a(n, t - Integer(1))", Refused),
        (s_a.At(s_t - 2 + s_n), "a(t - 2 + n)", "a(t - 2 + n)", "a(t - Integer(2) + n)", Refused),
        (Eq.Re(s_a), "Re(a)", @"\operatorname{Re}\left(a\right)", "re(a)", Refused),
        (Eq.Function(ElementaryFunction.SquareRoot, s_a), "sqrt(a)", @"\sqrt{a}", "sqrt(a)", "sqrt(a)"),
        (Eq.Function(ElementaryFunction.HyperbolicTangent, s_a / 2), "tanh(a/2)", @"\tanh \frac{a}{2}", "tanh(a/Integer(2))", "tanh(a/2)"),
        (Eq.Function(ElementaryFunction.HyperbolicTangent, s_a / 2) * s_b, "tanh(a/2) b", @"\left(\tanh \frac{a}{2}\right) b", "tanh(a/Integer(2))*b", "tanh(a/2)*b"),
        (Eq.Function(ElementaryFunction.ErrorFunction, s_a), "erf(a)", @"\operatorname{erf}\left(a\right)", "erf(a)", Refused),
        (Eq.Function(ElementaryFunction.Maximum, s_a, 0), "max(a, 0)", @"\max\left(a, 0\right)", "Max(a, Integer(0))", Refused),
        (s_a - (2 * s_b) + 0, "a - 2 b", @"a - 2\, b", "a - Integer(2)*b", "a - 2*b"),
        (s_a * (s_a - s_b) * 1, "a (a - b)", @"a \left(a - b\right)", "a*(a - b)", "a*(a - b)"),
        (-(s_a + s_b) * s_a, "-(a + b) a", @"-\left(a + b\right) a", "-(a + b)*a", "-(a + b)*a"),
        (s_a / s_b * s_b, "a/b b", @"\frac{a}{b} b", "a/b*b", "a/b*b"),
        (s_a * (s_b / s_n * s_t), "a (b/n) t", @"a \frac{b}{n} t", "a*(b/n)*t", "a*(b/n)*t"),
        ((1 + (s_a * s_b / 2)) / (1 - s_a), "(1 + a b / 2) / (1 - a)", @"\frac{1 + a b / 2}{1 - a}", "(Integer(1) + a*b/Integer(2))/(Integer(1) - a)", "(1 + a*b/2)/(1 - a)"),
        (s_a[s_n].Power(s_t), "a_n^t", "a_n^{t}", "a(n)**t", "a_n^t"),
        ((s_a + s_b).Power(2), "(a + b)^2", @"\left(a + b\right)^{2}", "(a + b)**2", "(a + b)^2"),
        (Eq.Exp(-s_a), "exp(-a)", "e^{-a}", "exp(-a)", "(e^(-a))"),
        (Eq.Log(1 + s_a), "log(1 + a)", @"\log\left(1 + a\right)", "log(Integer(1) + a)", "ln(1 + a)"),
        (Eq.Sum(Eq.All(s_n, Eq.Symbol("N")), s_a[s_n]) + s_b, "sum_n a_n + b", @"\sum_n a_n + b", "Sum(a(n), (n, Integer(0), N - Integer(1))) + b", Refused),
        (Eq.Product(Eq.All(s_n, Eq.Symbol("N")), s_a[s_n]) / s_b, "(prod_n a_n) / b", @"\frac{\prod_n a_n}{b}", "Product(a(n), (n, Integer(0), N - Integer(1)))/b", Refused),
        (Eq.Sum(Eq.Between(s_n, 0, 2), s_a[s_n]), "sum_(n = 0..2) a_n", @"\sum_{n=0}^{2} a_n", "Sum(a(n), (n, Integer(0), Integer(2)))", Refused),
        (Eq.Product(Eq.Past(s_n, s_t), s_a[s_n]) * s_b, "(prod_(n <= t) a_n) b", @"\Bigl(\prod_{n \le t} a_n\Bigr) b", "Product(a(n), (n, Integer(0), t))*b", Refused),
        (new MeanExpression(Eq.All(s_t, Eq.Symbol("T")), s_a.At(s_t)), "mean over t of a(t)", @"\frac{1}{T} \sum_t a(t)", "Integer(1)/T*Sum(a(t), (t, Integer(0), T - Integer(1)))", Refused),
        (s_a.Is(s_b), "a = b", "a = b", "Eq(a, b)", "a = b"),
        (s_a.Is(s_b, Relation.Approximate), "a ~ b", @"a \approx b", Refused, Refused),
        (s_a.Hadamard(s_b) + s_n, "a * b + n", @"a \odot b + n", Refused, Refused),
        (s_a.At(s_t).Slice(null, 64), "a(t)[:64]", "a(t)_{[:64]}", Refused, Refused),
        (s_a.Slice(2, 4), "a[2:4]", "a_{[2:4]}", Refused, Refused),
        (Eq.Delta(s_t, 0), "[t = 0]", @"\delta_{t 0}", "KroneckerDelta(t, Integer(0))", "piecewise(1 provided t = 0, 0)"),
        (s_a[s_t].Transposed, "a_t^T", @"a_t^{\top}", "transpose(a(t))", Refused),
        (Eq.Matrix([s_a, -s_b], [s_b, s_a]) * s_n, "[a, -b; b, a] n", @"\begin{pmatrix} a & -b \\ b & a \end{pmatrix} n", "Matrix([[a, -b], [b, a]])*n", "[[a, -b], [b, a]]*n"),
        (Eq.Tuple(s_a, s_b), "(a, b)", "(a, b)", "Tuple(a, b)", Refused),
        (new WordsExpression("half & half"), "half & half", @"\text{half \& half}", Refused, Refused),
        (s_a + new EllipsisExpression(12), "a + ... (12 more)", @"a + \cdots \quad \text{(12 more)}", Refused, Refused),
    ];

    [Fact]
    public void Every_node_is_written_or_refused_as_it_is_said()
    {
        foreach ((Expression tree, string text, string latex, string symPy, string angouriMath) in s_nodes)
        {
            Assert.Equal(text, ExpressionText.Render(tree));
            Assert.Equal(latex, ExpressionLatex.Render(tree));
            Check(symPy, ExpressionSymPy.Render, tree);
            Check(angouriMath, ExpressionAngouriMath.Render, tree);
        }
    }

    [Fact]
    public void Every_node_is_well_formed_MathML_with_all_of_its_names()
    {
        foreach (Expression tree in s_nodes.Select(node => node.Tree))
        {
            string shown = XDocument.Parse(ExpressionMathML.Render(tree, display: true)).Root!.Value;
            IEnumerable<string> names = Nodes(tree).OfType<VariableExpression>().Select(variable => (variable.Typeset ?? variable.Name).Split('_')[0]);
            Assert.All(names, name => Assert.Contains(name switch { "alpha" => "α", "lambda" => "λ", _ => name }, shown, StringComparison.Ordinal));
        }
    }

    /// <summary>A new kind of node has to come with a line of the table above.</summary>
    [Fact]
    public void Every_kind_of_node_is_in_the_table()
    {
        Type[] kinds = [.. typeof(Expression).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Expression)))];
        Assert.True(kinds.Length > 20);
        Assert.Equal([], kinds.Except(s_nodes.SelectMany(node => Nodes(node.Tree)).Select(node => node.GetType())));
    }

    [Fact]
    public void An_alignment_stands_at_the_sign_of_an_equation()
    {
        Assert.Equal(@"a &\approx b", ExpressionLatex.Aligned(s_a.Is(s_b, Relation.Approximate)));
        Assert.Equal(@"\delta_{a b} &= 1", ExpressionLatex.Aligned(Eq.Delta(s_a, s_b).Is(1)));
        Assert.Equal("&a", ExpressionLatex.Aligned(s_a));
    }

    [Fact]
    public void A_sum_in_parts_has_a_sign_between_all_of_them() => Assert.Equal(
        [
            "<math><mi>a</mi><mo>≈</mo></math>",
            "<math><mo form=\"prefix\">−</mo><mi>b</mi></math>",
            "<math><mrow></mrow><mo>−</mo><mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac><mspace width=\"0.167em\"/><msubsup><mi>w</mi><mrow><mn>0</mn></mrow><mrow><mn>2</mn></mrow></msubsup></math>",
        ],
        ExpressionMathML.RenderParts(s_a.Is(-s_b + (new NumberExpression(new BigRational(-1, 2)) * Eq.Symbol("w_0").Power(2)), Relation.Approximate)));

    [Fact]
    public void Rows_of_a_matrix_have_one_length()
    {
        Assert.Throws<ArgumentException>(() => Eq.Matrix([s_a], [s_a, s_b]));
        Assert.Throws<ArgumentException>(() => Eq.Matrix());
    }

    private static void Check(string expected, Func<Expression, string> render, Expression tree)
    {
        if (expected.Length == 0)
        {
            Assert.Contains("has no notation for", Assert.Throws<NotSupportedException>(() => render(tree)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(expected, render(tree));
        }
    }

    /// <summary>A tree and all trees in it, found by their properties.</summary>
    private static IEnumerable<Expression> Nodes(Expression tree)
    {
        yield return tree;
        foreach (object? value in tree.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0 && property.DeclaringType != typeof(Expression)).Select(property => property.GetValue(tree)))
        {
            IEnumerable<Expression> parts = value switch
            {
                Expression part when tree is not MeanExpression || part is not ProductExpression => [part],
                AllIndices all => [all.Index],
                IndexRange range => [range.Index, range.Last],
                EquatableArray<Expression> items => items,
                EquatableArray<EquatableArray<Expression>> rows => rows.SelectMany(row => row),
                _ => [],
            };
            foreach (Expression node in parts.SelectMany(Nodes))
            {
                yield return node;
            }
        }
    }
}
