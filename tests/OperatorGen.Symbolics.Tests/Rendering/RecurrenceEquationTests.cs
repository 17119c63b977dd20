using System;
using System.Xml.Linq;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Rendering;

/// <summary>The equations of a bank of modes that several inputs drive and several readouts read, and of a matrix recurrence: each is one line.</summary>
public sealed class RecurrenceEquationTests
{
    private static readonly VariableExpression t = Eq.Symbol("t"), tau = Eq.Symbol("tau"), n = Eq.Symbol("n"), h = Eq.Symbol("h"), i = Eq.Symbol("i");
    private static readonly VariableExpression s = Eq.Symbol("s"), v = Eq.Symbol("v"), w = Eq.Symbol("w"), o = Eq.Symbol("o"), K = Eq.Symbol("K"), S = Eq.Symbol("S");
    private static readonly VariableExpression lambda = Eq.Symbol("lambda"), a = Eq.Symbol("a"), b = Eq.Symbol("b"), c = Eq.Symbol("c"), d = Eq.Symbol("D"), k = Eq.Symbol("k");
    private static readonly AllIndices modes = Eq.All(n, Eq.Symbol("N")), inputs = Eq.All(i, Eq.Symbol("M"));

    public static TheoryData<Expression, string, string, string> Equations => new()
    {
        {
            s[n].At(t).Is(lambda[n] * s[n].At(t - 1) + Eq.Sum(inputs, b[n, i] * v[i].At(t))),
            "s_n(t) = lambda_n s_n(t-1) + sum_i b_(n,i) v_i(t)",
            @"s_n(t) = \lambda_n s_n(t-1) + \sum_i b_{n,i} v_i(t)",
            "Eq(s(n, t), lambda_(n)*s(n, t - Integer(1)) + Sum(b(n, i)*v(i, t), (i, Integer(0), M - Integer(1))))"
        },
        {
            w[h, n].At(t).Is(Eq.Re(c[h, n] * s[n].At(t))),
            "w_(h,n)(t) = Re(c_(h,n) s_n(t))",
            @"w_{h,n}(t) = \operatorname{Re}\left(c_{h,n} s_n(t)\right)",
            "Eq(w(h, n, t), re(c(h, n)*s(n, t)))"
        },
        {
            o[h].At(t).Is(Eq.Sum(modes, w[h, n].At(t)) + d[h] * v[h].At(t)),
            "o_h(t) = sum_n w_(h,n)(t) + D_h v_h(t)",
            @"o_h(t) = \sum_n w_{h,n}(t) + D_h v_h(t)",
            "Eq(o(h, t), Sum(w(h, n, t), (n, Integer(0), N - Integer(1))) + D(h)*v(h, t))"
        },
        {
            K[h, i].At(tau).Is(Eq.Re(Eq.Sum(modes, c[h, n] * lambda[n].Power(tau) * b[n, i]))),
            "K_(h,i)(tau) = Re(sum_n c_(h,n) lambda_n^tau b_(n,i))",
            @"K_{h,i}(\tau) = \operatorname{Re}\Bigl(\sum_n c_{h,n} \lambda_n^{\tau} b_{n,i}\Bigr)",
            "Eq(K(h, i, tau), re(Sum(c(h, n)*lambda_(n)**tau*b(n, i), (n, Integer(0), N - Integer(1)))))"
        },
        {
            S[t].Is(a[t] * S[t - 1] + k[t] * v[t].Transposed),
            "S_t = a_t S_(t-1) + k_t v_t^T",
            @"S_t = a_t S_{t-1} + k_t v_t^{\top}",
            "Eq(S(t), a(t)*S(t - Integer(1)) + k(t)*transpose(v(t)))"
        },
    };

    [Theory]
    [MemberData(nameof(Equations))]
    public void An_equation_is_one_line_in_every_notation(Expression equation, string text, string latex, string symPy)
    {
        Assert.Equal(text, ExpressionText.Render(equation));
        Assert.Equal(latex, ExpressionLatex.Render(equation));
        Assert.Equal(symPy, ExpressionSymPy.Render(equation));
        Assert.Contains("<mo>=</mo>", XDocument.Parse(ExpressionMathML.Render(equation)).ToString(), StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => ExpressionAngouriMath.Render(equation));
    }

    [Fact]
    public void The_MathML_of_a_mode_is_that_of_its_tree() => Assert.Equal(
        "<math><msub><mi>w</mi><mrow><mi>h</mi><mo>,</mo><mi>n</mi></mrow></msub><mo stretchy=\"false\">(</mo><mi>t</mi><mo stretchy=\"false\">)</mo><mo>=</mo>"
        + "<mi mathvariant=\"normal\">Re</mi><mrow><mo fence=\"true\" form=\"prefix\">(</mo><mrow><msub><mi>c</mi><mrow><mi>h</mi><mo>,</mo><mi>n</mi></mrow></msub>"
        + "<msub><mi>s</mi><mrow><mi>n</mi></mrow></msub><mo stretchy=\"false\">(</mo><mi>t</mi><mo stretchy=\"false\">)</mo></mrow><mo fence=\"true\" form=\"postfix\">)</mo></mrow></math>",
        ExpressionMathML.Render(w[h, n].At(t).Is(Eq.Re(c[h, n] * s[n].At(t)))));

    /// <summary>What of it is free of sums and time is a formula of AngouriMath too.</summary>
    [Fact]
    public void A_block_of_two_is_written_for_AngouriMath() => Assert.Equal(
        "A = (e^(delta*a))*[[1, -omega], [omega, 1]]",
        ExpressionAngouriMath.Render(Eq.Symbol("A").Is(Eq.Exp(Eq.Symbol("delta") * a) * Eq.Matrix([1, -Eq.Symbol("omega")], [Eq.Symbol("omega"), 1]))));
}
