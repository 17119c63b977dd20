using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <content>Evaluation, substitution, derivative, and collecting by a variable.</content>
public sealed partial class Polynomial<T, TRing>
{
    /// <summary>The value at a point; the terms are added in canonical order.</summary>
    /// <param name="value">The value of a variable by its index.</param>
    public T Evaluate(Func<int, T> value)
    {
        TRing ring = default;
        T sum = ring.Zero;
        for (int i = 0; i < Count; i++)
        {
            T product = _coefficients[i];
            foreach (Factor factor in _monomials[i])
            {
                T x = value(factor.Variable);
                for (int n = 0; n < factor.Power; n++)
                {
                    product = ring.Multiply(product, x);
                }
            }

            sum = ring.Add(sum, product);
        }

        return sum;
    }

    /// <summary>The value at a point; the terms are added in canonical order.</summary>
    /// <param name="values">The values of the variables x_0, x_1, ...</param>
    public T Evaluate(IReadOnlyList<T> values) => Evaluate(i => values[i]);

    /// <summary>The derivative by a variable.</summary>
    public Polynomial<T, TRing> Derivative(int variable)
    {
        var terms = new List<Term<T>>();
        for (int i = 0; i < Count; i++)
        {
            int power = _monomials[i].PowerOf(variable);
            if (power > 0)
            {
                Monomial rest = _monomials[i].Without(variable);
                Monomial lower = Monomial.FromFactors([new(variable, power - 1)]);
                terms.Add(new(rest * lower, default(TRing).Scale(_coefficients[i], power)));
            }
        }

        return FromTerms(terms, new(Math.Max(terms.Count, 1)));
    }

    /// <summary>The polynomial as one in a single variable: for each exponent of it that occurs, ascending, what multiplies that power.</summary>
    public SortedDictionary<int, Polynomial<T, TRing>> Collect(int variable)
    {
        var lists = new SortedDictionary<int, List<Term<T>>>();
        for (int i = 0; i < Count; i++)
        {
            int power = _monomials[i].PowerOf(variable);
            if (!lists.TryGetValue(power, out List<Term<T>>? list))
            {
                lists.Add(power, list = []);
            }

            list.Add(new(_monomials[i].Without(variable), _coefficients[i]));
        }

        var collected = new SortedDictionary<int, Polynomial<T, TRing>>();
        foreach (KeyValuePair<int, List<Term<T>>> list in lists)
        {
            collected.Add(list.Key, FromTerms(list.Value, new(list.Value.Count)));
        }

        return collected;
    }

    /// <summary>The polynomial with another one in place of a variable, up to a total degree, by Horner's scheme in that variable.</summary>
    /// <param name="variable">The variable that is replaced.</param>
    /// <param name="replacement">What replaces it; it may contain the variable itself.</param>
    /// <param name="degree">Terms of a higher total degree are left out.</param>
    /// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
    /// <exception cref="TermLimitException">The result, or an intermediate one, has more terms than allowed.</exception>
    /// <exception cref="OperationCanceledException">The cancellation token of the limits was cancelled.</exception>
    public Polynomial<T, TRing> Substitute(
        int variable,
        Polynomial<T, TRing> replacement,
        int degree = int.MaxValue,
        AlgebraLimits? limits = null)
    {
        SortedDictionary<int, Polynomial<T, TRing>> collected = Collect(variable);
        var powers = new List<int>(collected.Keys);
        Polynomial<T, TRing> result = Zero;
        for (int i = powers.Count - 1; i >= 0; i--)
        {
            result = result.Add(collected[powers[i]].Truncate(degree), limits);
            int gap = powers[i] - (i == 0 ? 0 : powers[i - 1]);
            for (int n = 0; n < gap; n++)
            {
                result = result.Multiply(replacement, degree, limits);
            }
        }

        return result;
    }
}
