using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace OperatorGen.Analysis.Tests.Signatures;

/// <summary>Signatures against their definition and their closed forms.</summary>
public sealed class SignatureTests
{
    private const double U = SamplePath.Unit;

    public static TheoryData<PathKind> Kinds => [PathKind.PiecewiseLinear, PathKind.Axis, PathKind.IteratedSums];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_signature_is_the_plain_nested_sums_of_20_random_paths(PathKind kind)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            int letters = 1 + (seed % 4), level = letters < 4 ? 5 : 4;
            SamplePath path = SamplePath.Random(seed, letters, 3 + (seed % 5));
            Signature signature = path.Signature(kind, level);
            TensorSeries magnitude = path.Magnitude(kind, level);
            foreach (Word word in Words(signature.Order))
            {
                // Iterated sums of multiples of 1/8 are exact: 8^5 times them is an integer below (7 * 9)^5 < 2^30. Else the roundings of the sum, and one of the definition.
                double bound = kind == PathKind.IteratedSums ? 0 : (path.Roundings(kind, level) + 1) * U * magnitude[word];
                Near(path.NestedSum(kind, word), signature[word], bound);
            }
        }
    }

    [Fact]
    public void A_segment_has_products_over_factorials()
    {
        double[] h = [0.7, -1.3, 0.2];
        var signature = new Signature(PathKind.PiecewiseLinear, 3, 6);
        signature.Append(h);
        foreach (Word word in Words(signature.Order))
        {
            double closed = Product(word, h) / Factorial(word.Length);

            // Of each letter three roundings, and one each of the product and the factorial here.
            Near(closed, signature[word], 5 * word.Length * U * Math.Abs(closed));
        }
    }

    [Fact]
    public void One_step_along_axes_has_ascending_words_only()
    {
        double[] h = [0.7, -1.3, 0.2];
        var signature = new Signature(PathKind.Axis, 3, 6);
        signature.Append(h);
        foreach (Word word in Words(signature.Order))
        {
            int[] letters = word.Letters.ToArray();
            double runs = letters.GroupBy(letter => letter).Aggregate(1.0, (product, run) => product * Factorial(run.Count()));
            double closed = letters.SequenceEqual(letters.Order()) ? Product(word, h) / runs : 0;
            Near(closed, signature[word], 5 * word.Length * U * Math.Abs(closed));
        }
    }

    [Fact]
    public void One_step_of_sums_has_letters_only_and_sums_end_at_the_number_of_steps()
    {
        var sums = new Signature(PathKind.IteratedSums, 2, 5);
        for (int t = 1; t <= 3; t++)
        {
            sums.Append([0.5 + t, -2]);
            Assert.All(Words(sums.Order), word => Assert.Equal(word.Length > t, sums[word] == 0));
        }
    }

    [Fact]
    public void An_L_has_the_word_12_and_not_21()
    {
        var linear = new Signature(PathKind.PiecewiseLinear, 2, 3);
        linear.Append([1, 0]);
        linear.Append([0, 1]);
        var axis = new Signature(PathKind.Axis, 2, 3);
        axis.Append([1, 1]);
        foreach (Signature signature in new[] { linear, axis })
        {
            Assert.Equal((1, 0), (signature[Word.Of(0, 1)], signature[Word.Of(1, 0)]));
            Assert.Equal((0.5, 0.5), (signature[Word.Of(0, 0)], signature[Word.Of(1, 1)]));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_path_that_is_walked_on_has_the_product_of_both_signatures(PathKind kind)
    {
        const int Level = 5;
        SamplePath path = SamplePath.Random(7, 3, 9);
        TensorSeries whole = path.Signature(kind, Level).ToSeries(), magnitude = path.Magnitude(kind, Level);
        TensorSeries product = path.Part(0, 4).Signature(kind, Level).ToSeries() * path.Part(4, 5).Signature(kind, Level).ToSeries();

        // The roundings of both sides, and of the product one multiplication and the additions of p + 1 summands.
        double bound = ((2 * path.Roundings(kind, Level)) + Level + 2) * U;
        Assert.All(Words(whole.Order), word => Near(whole[word], product[word], bound * magnitude[word]));
    }

    [Fact]
    public void A_path_walked_backwards_has_reversed_words_with_alternating_signs_and_the_inverse()
    {
        const int Level = 5;
        SamplePath path = SamplePath.Random(11, 3, 8);
        PathKind kind = PathKind.PiecewiseLinear;
        TensorSeries forth = path.Signature(kind, Level).ToSeries(), back = path.Reversed().Signature(kind, Level).ToSeries(), magnitude = path.Magnitude(kind, Level);
        TensorSeries walked = forth * back, both = magnitude * path.Reversed().Magnitude(kind, Level);
        double bound = 2 * path.Roundings(kind, Level) * U;
        foreach (Word word in Words(forth.Order))
        {
            double sign = word.Length % 2 == 0 ? 1 : -1;
            Near(sign * forth[word.Reversed()], back[word], bound * magnitude[word.Reversed()]);

            // The product of both is 1; its own roundings are those of p + 1 summands.
            Near(0, walked[word], (bound + ((Level + 2) * U)) * both[word]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_letter_is_an_increment_with_zeros(PathKind kind)
    {
        SamplePath path = SamplePath.Random(3, 3, 6);
        Signature all = path.Signature(kind, 5), single = path.Signature(kind, 5);
        for (int letter = 0; letter < 3; letter++)
        {
            var increment = new double[3];
            increment[letter] = 0.3;
            all.Append(increment);
            single.Append(letter, 0.3);
        }

        // What a zero adds is zero: the same roundings.
        Assert.Equal(all.ToSeries().Values.ToArray(), single.ToSeries().Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_takes_no_memory_and_a_cleared_signature_begins_again(PathKind kind)
    {
        double[] h = [0.25, -0.5, 0.125];
        var signature = new Signature(kind, 3, 4);
        signature.Append(h);
        double[] once = signature.ToSeries().Values.ToArray();
        signature.Append(2, 1);
        signature.Clear();
        Assert.All(Words(signature.Order), word => Assert.Equal(0, signature[word]));
        Assert.Equal(1, signature[Word.Empty]);
        signature.Append(h);
        var again = new double[signature.Order.Count];
        signature.CopyTo(again);
        Assert.Equal(once, again);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int t = 0; t < 100; t++)
        {
            signature.Append(h);
            signature.Append(1, 0.5);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void What_is_not_finite_stays_in_the_words_that_have_its_letter()
    {
        var signature = new Signature(PathKind.PiecewiseLinear, 2, 4);
        signature.Append([0.5, double.NaN]);
        signature.Append([0.25, 1]);
        Assert.All(Words(signature.Order), word => Assert.Equal(word.Letters.Contains(1), double.IsNaN(signature[word])));
        signature.Clear();
        signature.Append([double.PositiveInfinity, 0]);
        Assert.Equal(double.PositiveInfinity, signature[Word.Of(0, 0)]);
        Assert.Equal(double.NaN, signature[Word.Of(0, 1)]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("kind", () => new Signature((PathKind)3, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>("letters", () => new Signature(PathKind.Axis, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>("level", () => new Signature(PathKind.Axis, 2, 0));
        var signature = new Signature(PathKind.Axis, 2, 2);
        ArgumentException wrong = Assert.Throws<ArgumentException>("increment", () => signature.Append([1, 2, 3]));
        Assert.StartsWith("An increment of 3 numbers; the path has 2 letters, and each needs one.", wrong.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("letter", () => signature.Append(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>("letter", () => signature.Append(-1, 1));
        Assert.Throws<ArgumentException>("values", () => signature.CopyTo(new double[5]));
        Assert.Throws<ArgumentException>("word", () => signature[Word.Of(0, 0, 0)]);
        Assert.Throws<ArgumentException>("word", () => signature[Word.Of(2)]);
    }

    private static IEnumerable<Word> Words(WordOrder order) => Enumerable.Range(0, order.Count).Select(index => order[index]);

    private static double Product(Word word, double[] h) => word.Letters.ToArray().Aggregate(1.0, (product, letter) => product * h[letter]);

    private static double Factorial(int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * i);

    private static void Near(double expected, double actual, double bound) => Assert.InRange(actual, expected - bound, expected + bound);
}
