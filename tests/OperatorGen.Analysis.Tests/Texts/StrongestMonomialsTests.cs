using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace OperatorGen.Analysis.Tests.Texts;

/// <summary>The search for the strongest monomials, beside a list of all of them.</summary>
public sealed class StrongestMonomialsTests
{
    // Coefficients, factorials and powers up to the fifth: fewer than 64 roundings of 2^-53 on either side.
    private const double Rounding = 64 * 2.0 / (1L << 53);

    [Fact]
    public void They_are_the_first_ones_of_all_monomials()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            double[] coefficients = [.. Enumerable.Range(0, 2 + random.Next(4)).Select(_ => random.Next(4) == 0 ? 0 : (2 * random.NextDouble()) - 1)];
            double[] sizes = [.. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Math.Pow(10, (4 * random.NextDouble()) - 2))];
            int top = 1 + random.Next(30);
            (int[] Powers, double Coefficient, double Strength)[] all = [.. All(coefficients, sizes).OrderByDescending(monomial => monomial.Strength)];
            List<RankedMonomial> found = StrongestMonomials.Of(coefficients, sizes, top);
            Assert.Equal(Math.Min(top, all.Length), found.Count);
            Assert.Equal(found.Count, found.Select(monomial => string.Join(' ', monomial.Factors)).Distinct().Count());
            for (int i = 0; i < found.Count; i++)
            {
                Assert.Equal(all[i].Strength, found[i].Strength, Rounding * all[i].Strength);
                double[] powers = new double[sizes.Length];
                foreach ((int variable, int power) in found[i].Factors)
                {
                    powers[variable] = power;
                }

                double coefficient = all.Single(monomial => monomial.Powers.Select(power => (double)power).SequenceEqual(powers)).Coefficient;
                Assert.Equal(coefficient, found[i].Coefficient, Rounding * Math.Abs(coefficient));
            }
        }
    }

    [Fact]
    public void A_wave_without_bound_comes_first()
    {
        List<RankedMonomial> found = StrongestMonomials.Of([0, 1, 1], [1, double.PositiveInfinity, 2], 4);
        Assert.Equal((1, 2), Assert.Single(found[0].Factors));
        Assert.All(found, monomial => Assert.Contains(monomial.Factors, factor => factor.Variable == 1));
    }

    [Fact]
    public void Nothing_is_listed_of_a_constant_and_of_silent_waves() =>
        Assert.Empty(StrongestMonomials.Of([1], [1, 2], 5).Concat(StrongestMonomials.Of([1, 1, 1], [0, 0], 5)).Concat(StrongestMonomials.Of([0, 1], [1], 0)));

    private static IEnumerable<(int[] Powers, double Coefficient, double Strength)> All(double[] coefficients, double[] sizes)
    {
        for (int degree = 1; degree < coefficients.Length; degree++)
        {
            foreach (int[] powers in Powers(sizes.Length, degree).Where(_ => coefficients[degree] != 0))
            {
                double coefficient = powers.Aggregate(coefficients[degree] * Factorial(degree), (product, power) => product / Factorial(power));
                yield return (powers, coefficient, powers.Select((power, i) => Math.Pow(sizes[i], power)).Aggregate(Math.Abs(coefficient), (a, b) => a * b));
            }
        }
    }

    private static IEnumerable<int[]> Powers(int variables, int degree) => variables == 1
        ? [[degree]]
        : Enumerable.Range(0, degree + 1).SelectMany(power => Powers(variables - 1, degree - power).Select(rest => (int[])[power, .. rest]));

    private static double Factorial(int n) => Enumerable.Range(1, n).Aggregate(1.0, (product, k) => product * k);
}
