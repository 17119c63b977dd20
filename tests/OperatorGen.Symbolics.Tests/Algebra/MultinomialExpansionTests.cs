using System;
using System.Linq;
using System.Numerics;
using Xunit;
using Expansion = OperatorGen.Symbolics.MultinomialExpansion<OperatorGen.Symbolics.BigRational, OperatorGen.Symbolics.RationalRing>;
using Rational = OperatorGen.Symbolics.Polynomial<OperatorGen.Symbolics.BigRational, OperatorGen.Symbolics.RationalRing>;

namespace OperatorGen.Symbolics.Tests.Algebra;

public class MultinomialExpansionTests
{
    [Fact]
    public void The_terms_are_those_of_the_powers_multiplied_out()
    {
        var random = new Random(12);
        for (int i = 0; i < 60; i++)
        {
            BigRational[] coefficients = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => new BigRational(random.Next(-6, 7), random.Next(1, 5)))];
            int variables = random.Next(0, 5);
            Rational form = Enumerable.Range(0, variables).Aggregate(Rational.Zero, (sum, n) => sum + Rational.Variable(n));
            Rational expected = Rational.Zero;
            Rational power = Rational.One;
            foreach (BigRational a in coefficients)
            {
                expected += power.Scale(a);
                power *= form;
            }

            var expansion = new Expansion(coefficients, variables);
            Assert.Equal(expected.Terms, expansion);
            Assert.Equal(expected.Count, (int)expansion.TermCount);
        }
    }

    [Fact]
    public void Multinomial_coefficients_are_exact_up_to_degree_20()
    {
        // (x + y + z)^20: the greatest coefficient is 20! / (7! 7! 6!), and at x = y = z = 1 all add up to 3^20.
        var power = new Expansion([.. Enumerable.Repeat(BigRational.Zero, 20), BigRational.One], 3);
        Monomial middle = Monomial.FromFactors([new(0, 7), new(1, 7), new(2, 6)]);
        Assert.Equal(133_024_320, power.Single(term => term.Monomial.Equals(middle)).Coefficient);
        Assert.Equal((BigRational)BigInteger.Pow(3, 20), power.Aggregate(BigRational.Zero, (sum, term) => sum + term.Coefficient));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Expansion([.. Enumerable.Repeat(BigRational.Zero, 21), BigRational.One], 2).Count());
    }

    [Fact]
    public void In_doubles_a_coefficient_is_the_coefficient_times_the_multinomial_rounded_once()
    {
        double[] a = [0, 0, 0, 0.1];
        foreach (Term<double> term in new MultinomialExpansion<double, DoubleRing>(a, 3))
        {
            int factors = 0;
            foreach (Factor factor in term.Monomial)
            {
                factors++;
            }

            int multinomial = factors == 1 ? 1 : factors == 2 ? 3 : 6;
            Assert.Equal((BigRational.FromDouble(0.1) * multinomial).ToDouble(), term.Coefficient);
        }
    }

    [Fact]
    public void A_million_million_terms_are_counted_and_the_first_enumerated_without_memory_for_the_rest()
    {
        var expansion = new Expansion([0, 1, new(1, 2), 0, new(1, 24), 0, 0, new(1, 5040)], 1000);
        BigInteger expected = 1000 + Binomial(1001, 2) + Binomial(1003, 4) + Binomial(1006, 7);
        Assert.Equal(expected, expansion.TermCount);

        // The boxed enumerator and its stacks of seven numbers; a million terms in one list would be 40 MB.
        long before = GC.GetAllocatedBytesForCurrentThread();
        Monomial last = expansion.Skip(1_000_000).First().Monomial;
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
        Assert.Equal(4, last.Degree);
    }

    [Fact]
    public void Degrees_without_coefficient_do_not_occur()
    {
        var expansion = new Expansion([0, 1, 0, 1], 2);
        Assert.Equal([1, 1, 3, 3, 3, 3], expansion.Select(t => t.Monomial.Degree));
        Assert.Equal(6, (int)expansion.TermCount);
        Assert.Equal([new Term<BigRational>(Monomial.One, 5)], new Expansion([5, 1, 1], 0));
        Assert.Empty(new Expansion([], 3));
    }

    [Fact]
    public void Degrees_too_great_for_a_word_of_indices_are_expanded_too()
    {
        // 60 / 16 is 3 bits for an index: the variable 8 does not fit.
        var expansion = new Expansion([.. Enumerable.Repeat(BigRational.Zero, 16), BigRational.One], 9);
        Assert.Equal(Monomial.FromFactors([new(0, 15), new(8, 1)]), expansion.Skip(8).First().Monomial);
    }

    private static BigInteger Binomial(int n, int k)
    {
        BigInteger value = 1;
        for (int i = 1; i <= k; i++)
        {
            value = value * (n - k + i) / i;
        }

        return value;
    }
}
