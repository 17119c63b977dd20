using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>The second expansion of a decoder polynomial, and what is written for other programs.</summary>
public sealed class ExpansionVerificationTests
{
    public static TheoryData<string, int> Polynomials
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string decoder in DecoderFunctions.All.Where(f => f.HasTaylorSeries).Select(f => f.Name).Append("polynomial(2, -1/3, 0, 5/7)"))
            {
                for (int order = 1; order <= 5; order++)
                {
                    data.Add(decoder, order);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Polynomials))]
    public void General_products_give_the_terms_of_the_operator(string decoder, int order)
    {
        ChannelPolynomial polynomial = Of(decoder, order, waves: 4, skip: 0.5);
        Assert.Equal(5, polynomial.Summands);
        Assert.Empty(ExpansionVerification.Compare(polynomial, new ProductExpander(), 5));
        Assert.Empty(ExpansionVerification.Compare(polynomial, new ProductExpander(), 2));
    }

    [Theory]
    [MemberData(nameof(Polynomials))]
    public void The_AngouriMath_source_is_an_equation_that_holds(string decoder, int order)
    {
        SymbolicOperator symbolic = Expand(decoder, order, 3, 0.5);
        (Polynomial<BigRational, RationalRing> formula, Polynomial<BigRational, RationalRing> terms) =
            new AngouriMathText(OperatorAngouriMath.Render(symbolic, new OperatorView()), 3).Equation();
        Assert.Equal(Polynomial<BigRational, RationalRing>.FromTerms(ChannelPolynomial.Of(symbolic, new OperatorView()).Terms), terms);
        Assert.Equal(formula, terms);
    }

    [Fact]
    public void Every_wrong_coefficient_is_found_and_so_are_terms_that_are_missing_or_too_many()
    {
        ChannelPolynomial polynomial = Of("silu", 4, waves: 3, skip: null);
        Expression expanded = new ProductExpander().Expand(PolynomialExpressions.Unexpanded(polynomial.Coefficients, 3, polynomial.Names));
        Term<BigRational>[] terms = [.. polynomial.Terms];
        Assert.Empty(Compare(terms));
        for (int i = 0; i < terms.Length; i++)
        {
            Term<BigRational>[] wrong = [.. terms];
            wrong[i] = new(terms[i].Monomial, terms[i].Coefficient + new BigRational(1, 1_000_000_000));
            ExpansionDifference difference = Assert.Single(Compare(wrong));
            Assert.Equal((terms[i].Monomial, wrong[i].Coefficient, terms[i].Coefficient), (difference.Monomial, difference.Printed, difference.Expanded));

            difference = Assert.Single(Compare(terms.Where((_, at) => at != i)));
            Assert.Equal((BigRational.Zero, terms[i].Coefficient), (difference.Printed, difference.Expanded));
        }

        Assert.Equal(BigRational.Zero, Assert.Single(Compare(terms.Append(new(Monomial.Of(0, 0, 0), BigRational.One)))).Expanded);

        IEnumerable<ExpansionDifference> Compare(IEnumerable<Term<BigRational>> printed) => ExpansionVerification.Compare(printed, expanded, 3, polynomial.Names);
    }

    [Fact]
    public void An_expander_that_does_not_expand_is_found_out()
    {
        ChannelPolynomial polynomial = Of("polynomial(0, 0, 1)", 2, waves: 3, skip: null);
        Assert.Throws<FormatException>(() => ExpansionVerification.Compare(polynomial, new Idle(), 3));
    }

    [Fact]
    public void The_variables_are_capped_by_terms_and_by_the_expander()
    {
        ChannelPolynomial polynomial = Of("softplus", 4, waves: 40, skip: 1);
        int greatest = ExpansionVerification.GreatestVariables(polynomial, new ProductExpander());
        Assert.InRange(polynomial.Expansion.TermCount(greatest), 1, ExpansionVerification.TermLimit);
        Assert.True(polynomial.Expansion.TermCount(greatest + 1) > ExpansionVerification.TermLimit);
        Assert.Equal(2, ExpansionVerification.GreatestVariables(polynomial, new Idle()));
    }

    [Fact]
    public void Sources_of_more_terms_than_the_limit_are_refused_at_once()
    {
        SymbolicOperator symbolic = Expand("softplus", 16, 30, null);
        Assert.Throws<TermLimitException>(() => OperatorSymPy.Render(symbolic, new OperatorView()));
        Assert.Throws<TermLimitException>(() => OperatorAngouriMath.Render(symbolic, new OperatorView()));
    }

    [Fact]
    public void Relu_has_no_polynomial_to_write()
    {
        SymbolicOperator symbolic = Expand("relu", 3, 2, null);
        Assert.Contains("relu", ChannelPolynomial.Obstacle(symbolic, new OperatorView()), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => OperatorSymPy.Render(symbolic, new OperatorView()));
    }

    private static ChannelPolynomial Of(string decoder, int order, int waves, double? skip) => ChannelPolynomial.Of(Expand(decoder, order, waves, skip), new OperatorView());

    private static SymbolicOperator Expand(string decoder, int order, int waves, double? skip)
    {
        double[] numbers = [.. Enumerable.Range(0, 2 * waves).Select(i => 0.5 / (i + 1))];
        return CompilerStages.Expand(TestModels.Waves(decoder, numbers, numbers, skip), new ModelOptions(order), default).Value!;
    }

    private sealed class Idle : IExpander
    {
        public string Name => "idle";

        public int GreatestVariables(int degree) => 2;

        public Expression Expand(Expression expression) => expression;
    }
}
