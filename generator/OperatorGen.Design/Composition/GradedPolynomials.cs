using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Products of polynomials in atoms, truncated by the atoms' grades, under a term budget.</summary>
internal sealed class GradedPolynomials(Func<int, int> grade, int order, int budget)
{
    /// <summary>The grade of a product of atoms.</summary>
    public int Grade(Monomial monomial)
    {
        int sum = 0;
        foreach (Factor factor in monomial)
        {
            sum += factor.Power * grade(factor.Variable);
        }

        return sum;
    }

    /// <summary>p q without the terms above the order.</summary>
    /// <exception cref="TermLimitException">There are more terms than the budget.</exception>
    public Polynomial<double, DoubleRing> Multiply(Polynomial<double, DoubleRing> p, Polynomial<double, DoubleRing> q)
    {
        IEnumerable<Term<double>> products = p.Terms.SelectMany(a =>
        {
            int left = Grade(a.Monomial);
            return q.Terms.Where(b => left + Grade(b.Monomial) <= order).Select(b => new Term<double>(a.Monomial * b.Monomial, a.Coefficient * b.Coefficient));
        });
        return Polynomial<double, DoubleRing>.FromTerms(products, new AlgebraLimits(budget));
    }

    /// <summary>sum_k coefficients_k x^k by Horner's rule, truncated.</summary>
    public Polynomial<double, DoubleRing> Compose(IReadOnlyList<double> coefficients, Polynomial<double, DoubleRing> x)
    {
        Polynomial<double, DoubleRing> value = Polynomial<double, DoubleRing>.Zero;
        for (int k = coefficients.Count - 1; k >= 0; k--)
        {
            value = Multiply(value, x) + Polynomial<double, DoubleRing>.Constant(coefficients[k]);
        }

        return value;
    }

    /// <summary>p + factor q.</summary>
    /// <exception cref="TermLimitException">There are more terms than the budget.</exception>
    public Polynomial<double, DoubleRing> Add(Polynomial<double, DoubleRing> p, double factor, Polynomial<double, DoubleRing> q)
    {
        Polynomial<double, DoubleRing> sum = factor == 0 ? p : p + q.Scale(factor);
        return sum.Count <= budget ? sum : throw new TermLimitException(sum.Count, budget);
    }
}
