using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Analysis;

/// <summary>
/// The monomials of <c>sum_k a_k (x_0 + ... + x_(n-1))^k</c>, k from 1 on, that can weigh most where every x has a size: by |a_k| times the multinomial coefficient times the
/// product of the sizes. A degree is searched best first, by the exact greatest size of what a prefix of the powers can become: the power that adds most is
/// always that of the greatest size / (power + 1), since size^p / p! is log-concave in p.
/// </summary>
internal static class StrongestMonomials
{
    // What does not decay has no size; so large that it comes first, so small that its 16th power is a double.
    private const double Greatest = 1e15;

    /// <summary>The strongest monomials of all degrees, strongest first; of equals the lower degree, then the first variables.</summary>
    /// <param name="coefficients">a_k, [k].</param>
    /// <param name="sizes">[variable].</param>
    /// <param name="top">How many are listed at most.</param>
    public static List<RankedMonomial> Of(IReadOnlyList<double> coefficients, IReadOnlyList<double> sizes, int top)
    {
        double[] finite = [.. sizes.Select(size => size <= Greatest ? size : Greatest)];
        int[] order = [.. Enumerable.Range(0, finite.Length).OrderByDescending(i => finite[i]).ThenBy(i => i)];
        List<RankedMonomial> found = [];
        for (int degree = 1; degree < coefficients.Count && top > 0; degree++)
        {
            // A monomial with another variable has a stronger one for each of the variables before it that it does not have: top of them, and more.
            int variables = Math.Min(order.Length, top + degree - 1);
            double factor = coefficients[degree];
            for (int k = 2; k <= degree; k++)
            {
                factor *= k;
            }

            if (factor != 0)
            {
                found.AddRange(OfDegree(degree, factor, [.. order.Take(variables)], finite, top));
            }
        }

        return [.. found.OrderByDescending(monomial => monomial.Strength).ThenBy(monomial => monomial.Degree).ThenBy(monomial => monomial.Factors[0].Variable).Take(top)];
    }

    private static IEnumerable<RankedMonomial> OfDegree(int degree, double factor, int[] order, double[] sizes, int top)
    {
        var open = new SortedSet<Prefix>(Prefix.BestFirst) { new(new int[order.Length], 0, degree, 1, Best(order, sizes, 0, degree), 0) };
        int serial = 0;
        while (top > 0 && open.Count > 0)
        {
            Prefix best = open.Min!;
            open.Remove(best);
            if (best.Left == 0)
            {
                top--;
                yield return new RankedMonomial(
                    degree,
                    [.. order.Select((variable, i) => (Variable: variable, Power: best.Powers[i])).Where(power => power.Power > 0).OrderBy(power => power.Variable)],
                    factor * best.Inverse,
                    Math.Abs(factor) * best.Bound);
                continue;
            }

            double value = best.Value, inverse = best.Inverse;
            for (int power = 0; power <= best.Left && best.Next < order.Length; power++)
            {
                if (power > 0)
                {
                    value *= sizes[order[best.Next]] / power;
                    inverse /= power;
                }

                int[] powers = [.. best.Powers];
                powers[best.Next] = power;
                double bound = value * Best(order, sizes, best.Next + 1, best.Left - power);
                if (bound > 0)
                {
                    open.Add(new Prefix(powers, best.Next + 1, best.Left - power, value, bound, ++serial) { Inverse = inverse });
                }
            }
        }
    }

    /// <summary>The greatest product of size^p / p! that variables from one on can have with powers of a sum; 0 where none are left.</summary>
    private static double Best(int[] order, double[] sizes, int first, int left)
    {
        double best = 1;
        var powers = new int[order.Length];
        for (; left > 0; left--)
        {
            int greatest = -1;
            double gain = 0;
            for (int i = first; i < order.Length; i++)
            {
                double one = sizes[order[i]] / (powers[i] + 1);
                if (one > gain)
                {
                    (greatest, gain) = (i, one);
                }

                if (powers[i] == 0)
                {
                    break; // The others are not greater.
                }
            }

            if (greatest < 0)
            {
                return 0;
            }

            powers[greatest]++;
            best *= gain;
        }

        return best;
    }

    /// <summary>Powers of the first variables. Value is their product of size^p / p!, Inverse that of 1 / p!.</summary>
    private sealed record Prefix(int[] Powers, int Next, int Left, double Value, double Bound, int Serial)
    {
        public static IComparer<Prefix> BestFirst { get; } = Comparer<Prefix>.Create((a, b) => a.Bound != b.Bound ? b.Bound.CompareTo(a.Bound) : a.Serial.CompareTo(b.Serial));

        public double Inverse { get; init; } = 1;
    }
}

/// <summary>A monomial with its coefficient.</summary>
/// <param name="Degree">The degree.</param>
/// <param name="Factors">Variables, ascending, with their powers.</param>
/// <param name="Coefficient">The coefficient, with the multinomial one.</param>
/// <param name="Strength">|coefficient| times the product of the sizes.</param>
internal sealed record RankedMonomial(int Degree, IReadOnlyList<(int Variable, int Power)> Factors, double Coefficient, double Strength);
