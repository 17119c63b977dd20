using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace OperatorGen.Analysis.Tests.Signatures;

/// <summary>Lyndon words, their brackets, and logarithms of signatures in them.</summary>
public sealed class LyndonTests
{
    private const double U = SamplePath.Unit;

    [Theory]
    [InlineData(1, 4, "1")]
    [InlineData(2, 5, "1 2 12 112 122 1112 1122 1222 11112 11122 11212 11222 12122 12222")]
    [InlineData(3, 3, "1 2 3 12 13 23 112 113 122 123 132 133 223 233")]
    public void Lyndon_words_come_by_level_then_lexicographically(int letters, int level, string words) =>
        Assert.Equal(words, string.Join(' ', LyndonWords.Of(new WordOrder(letters, level))));

    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 11)]
    [InlineData(3, 7)]
    [InlineData(4, 5)]
    [InlineData(7, 4)]
    public void Lyndon_words_are_those_before_all_their_rotations_and_Witts_formula_counts_them(int letters, int level)
    {
        var order = new WordOrder(letters, level);
        Word[] expected = [.. Enumerable.Range(0, order.Count).Select(index => order[index]).Where(BeforeItsRotations)];
        Assert.Equal(expected, LyndonWords.Of(order));
        for (int k = 1; k <= level; k++)
        {
            Assert.Equal(expected.Count(word => word.Length == k), LyndonWords.Count(letters, k));
        }
    }

    [Fact]
    public void Dimensions_are_the_known_ones()
    {
        Assert.Equal([2, 1, 2, 3, 6, 9, 18, 30, 56, 99], Enumerable.Range(1, 10).Select(k => LyndonWords.Count(2, k)));
        Assert.Equal([3, 3, 8, 18, 48, 116], Enumerable.Range(1, 6).Select(k => LyndonWords.Count(3, k)));
        Assert.Throws<ArgumentOutOfRangeException>("letters", () => LyndonWords.Count(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("level", () => LyndonWords.Count(1, 0));
        Assert.Throws<OverflowException>(() => LyndonWords.Count(2, 64));
    }

    [Theory]
    [InlineData("[1,[1,2]]", 0, 0, 1)]
    [InlineData("[[1,2],2]", 0, 1, 1)]
    [InlineData("[1,[[1,2],2]]", 0, 0, 1, 1)]
    [InlineData("[1,[2,3]]", 0, 1, 2)]
    [InlineData("[[1,3],2]", 0, 2, 1)]
    [InlineData("[[1,[1,2]],[1,2]]", 0, 0, 1, 0, 1)]
    [InlineData("[1,2]", 0, 1)]
    [InlineData("2", 1)]
    public void Brackets_are_those_of_the_standard_factorisation(string bracketing, params int[] letters) =>
        Assert.Equal(bracketing, LyndonWords.Bracketing(Word.Of(letters)));

    [Fact]
    public void Factors_of_a_Lyndon_word_are_Lyndon_words_and_the_left_one_comes_first()
    {
        foreach (Word word in LyndonWords.Of(new WordOrder(3, 6)).Where(word => word.Length > 1))
        {
            (Word left, Word right) = LyndonWords.StandardFactorisation(word);
            Assert.Equal(word, left.Concat(right));
            Assert.True(LyndonWords.IsLyndon(left) && LyndonWords.IsLyndon(right));
            Assert.True(left.Letters.SequenceCompareTo(right.Letters) < 0);
        }

        Assert.Throws<ArgumentException>("word", () => LyndonWords.StandardFactorisation(Word.Of(1)));
        Assert.Throws<ArgumentException>("word", () => LyndonWords.StandardFactorisation(Word.Of(1, 0)));
        Assert.Throws<ArgumentException>("word", () => LyndonWords.Bracketing(Word.Empty));
        Assert.False(LyndonWords.IsLyndon(Word.Empty));
        Assert.False(LyndonWords.IsLyndon(Word.Of(0, 0)));
    }

    [Fact]
    public void A_bracket_expands_to_its_words()
    {
        var basis = new LyndonBasis(new WordOrder(2, 4));
        Assert.Equal("S^112 - 2 S^121 + S^211", Bracket(basis, Word.Of(0, 0, 1)));

        // [1,[[1,2],2]] = 1 (122 - 2 212 + 221) - (122 - 2 212 + 221) 1, where 1221 meets itself.
        Assert.Equal("S^1122 - 2 S^1212 + 2 S^2121 - S^2211", Bracket(basis, Word.Of(0, 0, 1, 1)));
    }

    [Theory]
    [InlineData(2, 8)]
    [InlineData(3, 5)]
    public void A_bracket_is_its_word_plus_later_ones_and_coordinates_are_found_again(int letters, int level)
    {
        var basis = new LyndonBasis(new WordOrder(letters, level));
        for (int i = 0; i < basis.Words.Count; i++)
        {
            TensorSeries bracket = Expanded(basis, i);
            Assert.Equal(1, bracket[basis.Words[i]]);
            Assert.All(Enumerable.Range(0, basis.Order.IndexOf(basis.Words[i])), index => Assert.Equal(0, bracket.Values[index]));
        }

        // Integers, which round nothing.
        double[] coordinates = [.. basis.Words.Select((_, i) => (double)((i * 7 % 11) - 5))];
        Assert.Equal(coordinates, basis.Coordinates(basis.Expand(coordinates)));
    }

    [Fact]
    public void An_L_has_the_coefficients_of_Baker_Campbell_and_Hausdorff()
    {
        var corner = new Signature(PathKind.Axis, 2, 4);
        corner.Append([1, 1]);
        var basis = new LyndonBasis(corner.Order);

        // log(e^1 e^2) = 1 + 2 + [1,2] / 2 + [1,[1,2]] / 12 + [[1,2],2] / 12 + [1,[[1,2],2]] / 24. Numbers of order 1, and the 4 stages of 8 roundings of a logarithm.
        double[] stated = [1, 1, 1 / 2.0, 1 / 12.0, 1 / 12.0, 0, 1 / 24.0, 0];
        Assert.Equal("1 2 12 112 122 1112 1122 1222", string.Join(' ', basis.Words));
        Assert.All(stated.Zip(LogSignature.Of(corner, basis).Coordinates.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 32 * U));
    }

    [Theory]
    [InlineData(PathKind.PiecewiseLinear, 2, 6)]
    [InlineData(PathKind.PiecewiseLinear, 3, 4)]
    [InlineData(PathKind.Axis, 3, 4)]
    public void A_log_signature_is_all_that_the_signature_is(PathKind kind, int letters, int level)
    {
        SamplePath path = SamplePath.Random(21, letters, 5);
        Signature signature = path.Signature(kind, level);
        TensorSeries series = signature.ToSeries(), logarithm = series.Log();
        var basis = new LyndonBasis(signature.Order);
        LogSignature compressed = LogSignature.Of(signature, basis);

        // The logarithm is wrong by the roundings of the signature and of p stages, times a majorant M. Coordinates and brackets are linear in it: with absolute values of all coefficients
        // they turn M into a majorant R, and round up to three times per Lyndon word.
        TensorSeries majorant = TensorSeries.One(basis.Order) * TensorSeriesTests.Majorant(path.Magnitude(kind, level));
        TensorSeries both = Projected(basis, majorant) + (majorant - TensorSeries.One(basis.Order));
        double bound = (path.Roundings(kind, level) + (level * (level + 4)) + (3 * basis.Words.Count)) * U;
        TensorSeries expanded = compressed.ToSeries();
        for (int i = 0; i < basis.Order.Count; i++)
        {
            Assert.InRange(expanded.Values[i] - logarithm.Values[i], -bound * both.Values[i], bound * both.Values[i]);
        }

        // An exponential turns what is relative to x into k x^k / k!, which is below (2 x)^k / k!, and rounds in p stages.
        TensorSeries exponential = (2 * both).Exp(), again = new LogSignature(basis, compressed.Coordinates).ToSignature();
        bound += level * (level + 4) * U;
        for (int i = 0; i < basis.Order.Count; i++)
        {
            Assert.InRange(again.Values[i] - series.Values[i], -bound * exponential.Values[i], bound * exponential.Values[i]);
        }
    }

    [Fact]
    public void Iterated_sums_have_no_log_signature()
    {
        SamplePath path = SamplePath.Random(2, 2, 5);
        Signature sums = path.Signature(PathKind.IteratedSums, 3);
        var basis = new LyndonBasis(sums.Order);
        Assert.Throws<ArgumentException>("signature", () => LogSignature.Of(sums, basis));

        // Why: the logarithm has -1/2 sum (h^1)^2 at the word 11, and no bracket has that word.
        double squares = Enumerable.Range(0, path.Steps).Sum(t => path.Increment(t)[0] * path.Increment(t)[0]);
        Assert.True(squares > 0);
        Assert.Equal(-squares / 2, sums.ToSeries().Log()[Word.Of(0, 0)]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var basis = new LyndonBasis(new WordOrder(2, 3));
        Assert.Throws<ArgumentException>("coordinates", () => basis.Expand(new double[4]));
        Assert.Throws<ArgumentException>("coordinates", () => new LogSignature(basis, new double[6]));
        Assert.Throws<ArgumentException>("element", () => basis.Coordinates(TensorSeries.One(new WordOrder(3, 3))));
        ArgumentException many = Assert.Throws<ArgumentException>("order", () => new LyndonBasis(new WordOrder(2, 20)));
        Assert.StartsWith("The brackets of Lyndon words of 2 letters could have ", many.Message, StringComparison.Ordinal);
    }

    private static bool BeforeItsRotations(Word word) =>
        Enumerable.Range(1, word.Length - 1).All(i => word < word.Slice(i, word.Length - i).Concat(word.Slice(0, i)));

    private static TensorSeries Expanded(LyndonBasis basis, int index) => basis.Expand([.. basis.Words.Select((_, i) => i == index ? 1.0 : 0)]);

    private static string Bracket(LyndonBasis basis, Word word)
    {
        TensorSeries bracket = Expanded(basis, basis.Words.ToList().IndexOf(word));
        return WordPolynomial.FromTerms(Enumerable.Range(0, basis.Order.Count).Select(i => new KeyValuePair<Word, double>(basis.Order[i], bracket.Values[i]))).ToString();
    }

    /// <summary>Coordinates and their expansion with absolute values of all coefficients and sums instead of differences.</summary>
    private static TensorSeries Projected(LyndonBasis basis, TensorSeries series)
    {
        double[] rest = series.Values.ToArray(), sum = new double[rest.Length];
        for (int i = 0; i < basis.Words.Count; i++)
        {
            double coordinate = rest[basis.Order.IndexOf(basis.Words[i])];
            ReadOnlySpan<double> bracket = Expanded(basis, i).Values;
            for (int word = 0; word < rest.Length; word++)
            {
                rest[word] += coordinate * Math.Abs(bracket[word]);
                sum[word] += coordinate * Math.Abs(bracket[word]);
            }
        }

        return new(basis.Order, 0, sum);
    }
}
