using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Analysis.Tests.Signatures;

/// <summary>Shuffle and quasi-shuffle, as words and as products of numbers.</summary>
public sealed class ShuffleTests
{
    private const double U = SamplePath.Unit;

    [Fact]
    public void A_shuffle_counts_interleavings()
    {
        Assert.Equal("S^12 + S^21", Shuffle.Of(Word.Of(0), Word.Of(1)).ToString());
        Assert.Equal("2 S^11", Shuffle.Of(Word.Of(0), Word.Of(0)).ToString());
        Assert.Equal("4 S^1122 + 2 S^1212", Shuffle.Of(Word.Of(0, 1), Word.Of(0, 1)).ToString());
        Assert.Equal("S^123 + S^132 + S^312", Shuffle.Of(Word.Of(0, 1), Word.Of(2)).ToString());
        Assert.Equal("S^12", Shuffle.Of(Word.Of(0, 1), Word.Empty).ToString());
        Assert.Equal(184756, Shuffle.Of(Repeated(10), Repeated(10)).Coefficient(Repeated(20)));
        Assert.Equal(126, Shuffle.Of(Word.Of(0, 1, 2, 3), Word.Of(4, 5, 6, 7, 8)).Terms.Count);
    }

    [Theory]
    [InlineData(PathKind.PiecewiseLinear)]
    [InlineData(PathKind.Axis)]
    public void A_product_of_two_words_of_a_path_is_their_shuffle(PathKind kind)
    {
        const int Level = 5;
        SamplePath path = SamplePath.Random(13, 3, 6);
        TensorSeries series = path.Signature(kind, Level).ToSeries(), magnitude = path.Magnitude(kind, Level);
        foreach ((Word u, Word v) in Pairs(series.Order, word => word.Length))
        {
            WordPolynomial shuffle = Shuffle.Of(u, v);

            // The path of absolute values obeys the same rule, so that both sides have one sum of absolute values. Three numbers of the signature are rounded, the product once, and the sum once
            // per term and once more.
            double bound = ((3 * path.Roundings(kind, Level)) + shuffle.Terms.Count + 2) * U * magnitude[u] * magnitude[v];
            Assert.InRange(shuffle.ValueOf(series) - (series[u] * series[v]), -bound, bound);
        }
    }

    [Fact]
    public void A_product_of_two_words_of_iterated_sums_is_their_quasi_shuffle()
    {
        var alphabet = new ProductAlphabet(2, 4);
        SamplePath path = SamplePath.Random(17, 2, 6);
        TensorSeries sums = Extended(path, alphabet, 4);
        int pairs = 0;
        foreach ((Word u, Word v) in Pairs(sums.Order, word => word.Letters.ToArray().Sum(letter => alphabet[letter].Degree)))
        {
            // Exact: 8^4 times each is an integer below (6 * 9)^4 * 4^4 < 2^32.
            Assert.Equal(sums[u] * sums[v], QuasiShuffle.Of(u, v, alphabet).ValueOf(sums));
            pairs++;
        }

        Assert.True(pairs > 100);
    }

    [Fact]
    public void Iterated_sums_do_not_obey_the_shuffle_and_what_is_missing_is_the_sum_of_products()
    {
        var alphabet = new ProductAlphabet(2, 2);
        Word one = Word.Of(0), two = Word.Of(1);
        WordPolynomial product = QuasiShuffle.Of(one, two, alphabet);
        Assert.Equal("[12] 12 21", string.Join(' ', product.Terms.Select(term => alphabet.Text(term.Key))));
        SamplePath path = SamplePath.Random(1, 2, 5);
        TensorSeries sums = Extended(path, alphabet, 2);
        double products = Enumerable.Range(0, path.Steps).Sum(t => path.Increment(t)[0] * path.Increment(t)[1]);
        Assert.NotEqual(0, products);
        Assert.Equal(products, (sums[one] * sums[two]) - Shuffle.Of(one, two).ValueOf(sums));
        Assert.Equal(products, sums[Word.Of(alphabet.Product(0, 1))]);
    }

    [Fact]
    public void A_quasi_shuffle_of_different_letters_counts_lattice_paths_with_diagonals()
    {
        // The numbers of Delannoy, D(2, 3) = 25 and D(3, 3) = 63.
        var alphabet = new ProductAlphabet(6, 2);
        Assert.Equal(25, QuasiShuffle.Of(Word.Of(0, 1), Word.Of(2, 3, 4), alphabet).Terms.Sum(term => term.Value));
        Assert.Equal(63, QuasiShuffle.Of(Word.Of(0, 1, 2), Word.Of(3, 4, 5), alphabet).Terms.Sum(term => term.Value));
        Assert.Equal("[11] 11 11", string.Join(' ', QuasiShuffle.Of(Word.Of(0), Word.Of(0), alphabet).Terms.SelectMany(term => Enumerable.Repeat(alphabet.Text(term.Key), (int)term.Value))));
    }

    [Fact]
    public void Products_of_combinations_are_bilinear_commutative_and_associative()
    {
        var alphabet = new ProductAlphabet(2, 3);
        WordPolynomial p = Combination((Word.Of(0, 1), 2), (Word.Empty, -3)), q = Combination((Word.Of(1), 5), (Word.Of(0), 0.5)), r = WordPolynomial.Of(Word.Of(0), 4);
        Assert.Equal("-1.5 S^1 - 15 S^2 + 2 S^112 + S^121 + 20 S^122 + 10 S^212", Shuffle.Of(p, q).ToString());
        Assert.Equal(Shuffle.Of(p, q).Terms, Shuffle.Of(q, p).Terms);
        Assert.Equal(Shuffle.Of(Shuffle.Of(p, q), r).Terms, Shuffle.Of(p, Shuffle.Of(q, r)).Terms);
        Assert.Equal(QuasiShuffle.Of(p, q, alphabet).Terms, QuasiShuffle.Of(q, p, alphabet).Terms);
        Assert.Equal(QuasiShuffle.Of(QuasiShuffle.Of(p, q, alphabet), r, alphabet).Terms, QuasiShuffle.Of(p, QuasiShuffle.Of(q, r, alphabet), alphabet).Terms);
    }

    [Fact]
    public void A_combination_has_sorted_terms_without_zeros()
    {
        WordPolynomial sum = Combination((Word.Of(1, 0), 1), (Word.Of(0), 2), (Word.Of(1, 0), -1), (Word.Empty, 0.25), (Word.Of(1), -1));
        Assert.Equal("0.25 S^() + 2 S^1 - S^2", sum.ToString());
        Assert.Equal((0.25, 2, 0, -1), (sum.Coefficient(Word.Empty), sum.Coefficient(Word.Of(0)), sum.Coefficient(Word.Of(1, 0)), sum.Coefficient(Word.Of(1))));
        Assert.Equal("0", Combination().ToString());
        Assert.Equal(0.25 + 6 - 5, sum.ValueOf(new TensorSeries(new WordOrder(2, 1), 1, [3, 5])));
        Assert.Throws<ArgumentException>("word", () => WordPolynomial.Of(Word.Of(0, 0)).ValueOf(TensorSeries.One(new WordOrder(2, 1))));
    }

    [Fact]
    public void An_enlarged_alphabet_has_its_products_in_order()
    {
        var alphabet = new ProductAlphabet(2, 3);
        Assert.Equal("1 2 [11] [12] [22] [111] [112] [122] [222]", string.Join(' ', Enumerable.Range(0, alphabet.Count).Select(letter => alphabet.Text(Word.Of(letter)))));
        var extended = new double[9];
        alphabet.Extend([3, 5], extended);
        Assert.Equal([3, 5, 9, 15, 25, 27, 45, 75, 125], extended);
        Assert.Equal(7, alphabet.Product(1, 3));
        Assert.Equal(7, alphabet.IndexOf(Monomial.Of(1, 0, 1)));
        Assert.Equal("1[122]", alphabet.Text(Word.Of(0, 7)));
        Assert.Equal("()", alphabet.Text(Word.Empty));
        Assert.Equal("[1(10)]", new ProductAlphabet(10, 2).Text(Word.Of(19)));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("baseLetters", () => new ProductAlphabet(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>("degree", () => new ProductAlphabet(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>("degree", () => new ProductAlphabet(int.MaxValue, int.MaxValue));
        var alphabet = new ProductAlphabet(2, 3);
        ArgumentException high = Assert.Throws<ArgumentException>("product", () => alphabet.Product(2, 3));
        Assert.StartsWith("The product x_0^3 x_1, of degree 4, is no letter: those are products of 1 to 3 of 2 base letters.", high.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("product", () => alphabet.IndexOf(Monomial.One));
        Assert.Throws<ArgumentOutOfRangeException>("letter", () => alphabet[9]);
        Assert.Throws<ArgumentOutOfRangeException>("letter", () => QuasiShuffle.Of(Word.Of(9), Word.Of(0), alphabet));
        Assert.Throws<ArgumentException>(() => alphabet.Extend([1, 2], new double[8]));
        Assert.Throws<ArgumentException>(() => alphabet.Extend([1], new double[9]));
        Assert.Throws<TermLimitException>(() => Shuffle.Of(Word.Of(0, 1, 2), Word.Of(3, 4, 5), new AlgebraLimits(19)));
        Assert.Equal(20, Shuffle.Of(Word.Of(0, 1, 2), Word.Of(3, 4, 5), new AlgebraLimits(20)).Terms.Count);
        Assert.Throws<OperationCanceledException>(() => Shuffle.Of(Word.Of(0), Word.Of(1), new AlgebraLimits(9, new CancellationToken(canceled: true))));
    }

    private static Word Repeated(int length) => Word.Of(new int[length]);

    private static WordPolynomial Combination(params (Word Word, double Coefficient)[] terms) =>
        WordPolynomial.FromTerms(terms.Select(term => new KeyValuePair<Word, double>(term.Word, term.Coefficient)));

    // All pairs whose degrees, which are not below the lengths, sum to the level at most.
    private static IEnumerable<(Word First, Word Second)> Pairs(WordOrder order, Func<Word, int> degree)
    {
        Word[] words = [.. Enumerable.Range(0, order.Count).Select(index => order[index]).Where(word => degree(word) < order.Level)];
        return words.SelectMany(u => words.Where(v => degree(u) + degree(v) <= order.Level).Select(v => (u, v)));
    }

    private static TensorSeries Extended(SamplePath path, ProductAlphabet alphabet, int level)
    {
        var sums = new Signature(PathKind.IteratedSums, alphabet.Count, level);
        var extended = new double[alphabet.Count];
        for (int t = 0; t < path.Steps; t++)
        {
            alphabet.Extend(path.Increment(t), extended);
            sums.Append(extended);
        }

        return sums.ToSeries();
    }
}
