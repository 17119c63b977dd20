using System;
using System.Collections.Generic;
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
        Dictionary<Monomial, double> sums = [];
        foreach (Term<double> a in p.Terms)
        {
            int left = Grade(a.Monomial);
            foreach (Term<double> b in q.Terms)
            {
                if (left + Grade(b.Monomial) > order)
                {
                    continue;
                }

                Monomial product = a.Monomial * b.Monomial;
                sums.TryGetValue(product, out double sum);
                sums[product] = sum + (a.Coefficient * b.Coefficient);
                Check(sums.Count);
            }
        }

        return Of(sums);
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
        Check(sum.Count);
        return sum;
    }

    private void Check(int count)
    {
        if (count > budget)
        {
            throw new TermLimitException(count, budget);
        }
    }

    private static Polynomial<double, DoubleRing> Of(Dictionary<Monomial, double> sums)
    {
        List<Term<double>> terms = [];
        foreach (KeyValuePair<Monomial, double> sum in sums)
        {
            terms.Add(new Term<double>(sum.Key, sum.Value));
        }

        terms.Sort((a, b) => a.Monomial.CompareTo(b.Monomial));
        return Polynomial<double, DoubleRing>.FromTerms(terms, new AlgebraLimits(Math.Max(terms.Count, 1)));
    }
}
