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
            BigRational[] coefficients = Some(random, random.Next(1, 7));
            BigRational[] weights = Some(random, random.Next(0, 5));
            BigRational constant = random.Next(2) == 0 ? BigRational.Zero : new BigRational(random.Next(-5, 6), 3);
            Rational form = Rational.Constant(constant);
            for (int n = 0; n < weights.Length; n++)
            {
                form += Rational.Variable(n).Scale(weights[n]);
            }

            Rational expected = Rational.Zero;
            Rational power = Rational.One;
            foreach (BigRational a in coefficients)
            {
                expected += power.Scale(a);
                power *= form;
            }

            var expansion = new Expansion(coefficients, weights, constant);
            Assert.Equal(expected.Terms, expansion);
            Assert.Equal(expected, expansion.ToPolynomial());
            Assert.Equal(expected.Count, (int)expansion.TermCount);
        }
    }

    [Fact]
    public void Multinomial_coefficients_beyond_machine_words_are_exact()
    {
        // (x + y + z)^30: the greatest coefficient is 30! / (10!)^3.
        Rational power = new Expansion([.. Enumerable.Repeat(BigRational.Zero, 30), BigRational.One], 3).ToPolynomial();
        Assert.Equal(BigInteger.Parse("5550996791340", null), power.Coefficient(Monomial.FromFactors([new(0, 10), new(1, 10), new(2, 10)])).Numerator);

        // At x = y = z = 1 all coefficients add up to 3^30, and those of a 70th power to 3^70, far beyond a machine word.
        Assert.Equal((BigRational)BigInteger.Pow(3, 30), power.Evaluate(_ => 1));
        Assert.Equal((BigRational)BigInteger.Pow(3, 70), Polynomials.Sum(3).Map<BigRational, RationalRing>(_ => 1).Power(70).Evaluate(_ => 1));
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
        Assert.Throws<TermLimitException>(() => expansion.ToPolynomial());
    }

    [Fact]
    public void Degrees_and_variables_without_coefficient_do_not_occur()
    {
        var expansion = new Expansion([0, 1, 0, 1], [1, 0, 2], BigRational.Zero);
        Assert.Equal([1, 1, 3, 3, 3, 3], expansion.Select(t => t.Monomial.Degree));
        Assert.DoesNotContain(expansion, t => t.Monomial.PowerOf(1) > 0);
        Assert.Equal(6, (int)expansion.TermCount);
        Assert.Equal([new Term<BigRational>(Monomial.One, 5)], new Expansion([5, 1, 1], 0));
        Assert.Empty(new Expansion([], 3));
    }

    [Fact]
    public void Indices_too_large_for_a_word_are_expanded_too()
    {
        Rational sum = Rational.Variable(3) + Rational.Variable(1 << 25) + Rational.Variable(int.MaxValue);
        Assert.Equal(sum * sum * sum, sum.Power(3));
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

    private static BigRational[] Some(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new BigRational(random.Next(-6, 7), random.Next(1, 5)))];
}
