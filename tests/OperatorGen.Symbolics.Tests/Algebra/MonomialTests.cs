using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Algebra;

public class MonomialTests
{
    [Fact]
    public void The_canonical_order_is_by_degree_then_by_indices()
    {
        Monomial[] expected =
        [
            Monomial.One,
            Monomial.Of(0), Monomial.Of(1), Monomial.Of(2),
            Monomial.Of(0, 0), Monomial.Of(0, 1), Monomial.Of(0, 2), Monomial.Of(1, 1), Monomial.Of(1, 2), Monomial.Of(2, 2),
            Monomial.Of(0, 0, 0), Monomial.Of(0, 0, 1), Monomial.Of(0, 1, 2), Monomial.Of(1, 1, 1),
        ];
        Monomial[] shuffled = [.. expected];
        new Random(1).Shuffle(shuffled);
        Array.Sort(shuffled);
        Assert.Equal(expected, shuffled);
    }

    [Fact]
    public void Both_representations_have_one_order_one_product_and_one_equality()
    {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            int[] a = Indices(random);
            int[] b = Indices(random);
            Monomial x = Monomial.Of(a);
            Monomial y = Monomial.Of(b);
            Assert.Equal(Math.Sign(Compare(a, b)), Math.Sign(x.CompareTo(y)));
            Assert.Equal(Compare(a, b) == 0, x == y);
            Monomial product = x * y;
            Assert.Equal(Monomial.Of([.. a, .. b]), product);
            Assert.Equal(Monomial.Of([.. b, .. a]).GetHashCode(), product.GetHashCode());
            Assert.Equal(a.Length + b.Length, product.Degree);
        }
    }

    [Fact]
    public void The_order_is_kept_by_multiplication()
    {
        var random = new Random(6);
        for (int i = 0; i < 5_000; i++)
        {
            Monomial x = Monomial.Of(Indices(random));
            Monomial y = Monomial.Of(Indices(random));
            Monomial z = Monomial.Of(Indices(random));
            Assert.Equal(Math.Sign(x.CompareTo(y)), Math.Sign((x * z).CompareTo(y * z)));
        }
    }

    [Fact]
    public void Factors_are_enumerated_by_ascending_variable()
    {
        foreach (int[] indices in new[] { [], [3], [5, 2, 5, 0], Enumerable.Repeat(4, 40).ToArray(), [1 << 20, 7, int.MaxValue, 7] })
        {
            var found = new List<Factor>();
            foreach (Factor factor in Monomial.Of(indices))
            {
                found.Add(factor);
            }

            Assert.Equal(indices.GroupBy(i => i).OrderBy(g => g.Key).Select(g => new Factor(g.Key, g.Count())), found);
        }
    }

    [Fact]
    public void Negative_indices_and_powers_are_refused_and_powers_of_zero_dropped()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Monomial.Of(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Monomial.Variable(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Monomial.FromFactors([new(0, -1)]));
        Assert.Equal(Monomial.Of(2), Monomial.FromFactors([new(1, 0), new(2, 1)]));
    }

    [Fact]
    public void A_degree_beyond_an_integer_overflows_instead_of_wrapping()
    {
        Monomial half = Monomial.FromFactors([new(0, int.MaxValue)]);
        Assert.Throws<OverflowException>(() => half * Monomial.Of(1));
    }

    // Lengths up to 18 and indices of up to 31 bits cross the border between the representations.
    private static int[] Indices(Random random)
    {
        int bound = random.Next(4) switch { 0 => 3, 1 => 20, 2 => 1 << 10, _ => int.MaxValue };
        var indices = new int[random.Next(2) == 0 ? random.Next(4) : random.Next(19)];
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = random.Next(bound);
        }

        return indices;
    }

    private static int Compare(int[] a, int[] b)
    {
        if (a.Length != b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        int[] x = [.. a.Order()];
        int[] y = [.. b.Order()];
        return x.AsSpan().SequenceCompareTo(y);
    }
}
