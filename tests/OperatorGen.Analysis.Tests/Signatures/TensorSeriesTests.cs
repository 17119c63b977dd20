using System;
using System.Linq;
using Xunit;

namespace OperatorGen.Analysis.Tests.Signatures;

/// <summary>The algebra of truncated series in words.</summary>
public sealed class TensorSeriesTests
{
    private const double U = SamplePath.Unit;

    [Theory]
    [InlineData(PathKind.PiecewiseLinear, 2, 7)]
    [InlineData(PathKind.Axis, 3, 5)]
    [InlineData(PathKind.IteratedSums, 3, 5)]
    public void The_exponential_of_the_logarithm_is_the_signature(PathKind kind, int letters, int level)
    {
        TensorSeries signature = SamplePath.Random(5, letters, 6).Signature(kind, level).ToSeries();
        TensorSeries again = signature.Log().Exp(), majorant = Majorant(signature);

        // With n = S - 1 and absolute values throughout, exp(-log(1 - n)) = 1 + n + n^2 + ... bounds all products. Each of the p stages of the two Horner schemes rounds p + 4 times:
        // p + 1 summands of a product, their multiplication, the scale and the sum.
        double bound = ((2 * level * (level + 4)) + 1) * U;
        for (int i = 0; i < signature.Order.Count; i++)
        {
            Assert.InRange(again.Values[i] - signature.Values[i], -bound * majorant.Values[i], bound * majorant.Values[i]);
        }

        Assert.Equal((1, 0), (again.Constant, signature.Log().Constant));
    }

    [Fact]
    public void The_exponential_of_an_increment_is_the_signature_of_a_segment()
    {
        double[] h = [0.7, -1.3, 0.2];
        var segment = new Signature(PathKind.PiecewiseLinear, 3, 5);
        segment.Append(h);
        TensorSeries exponential = TensorSeries.OfIncrement(segment.Order, h).Exp(), signature = segment.ToSeries();
        for (int i = 0; i < signature.Order.Count; i++)
        {
            // One product per word on both sides: 3 roundings a letter there, here a multiplication, a factor 1 / k that is itself rounded, and a sum with 0.
            Assert.Equal(signature.Values[i], exponential.Values[i], 6 * 5 * U * Math.Abs(signature.Values[i]));
        }
    }

    [Fact]
    public void The_inverse_times_the_series_is_1()
    {
        TensorSeries signature = SamplePath.Random(9, 3, 6).Signature(PathKind.IteratedSums, 5).ToSeries();
        TensorSeries left = signature.Inverse() * signature, right = signature * signature.Inverse();
        TensorSeries magnitude = Majorant(signature) * Absolute(signature), other = Absolute(signature) * Majorant(signature);

        // p stages of p + 3 roundings and a product of p + 2.
        double bound = ((5 * 8) + 7) * U;
        for (int i = 0; i < signature.Order.Count; i++)
        {
            Assert.InRange(left.Values[i], -bound * magnitude.Values[i], bound * magnitude.Values[i]);
            Assert.InRange(right.Values[i], -bound * other.Values[i], bound * other.Values[i]);
        }
    }

    [Fact]
    public void Sums_and_products_are_those_of_words()
    {
        var order = new WordOrder(2, 2);
        var x = new TensorSeries(order, 2, [3, 5, 7, 11, 13, 17]);
        var y = new TensorSeries(order, -1, [1, 10, 100, 1000, 10000, 100000]);
        Assert.Equal([4, 15, 107, 1011, 10013, 100017], (x + y).Values.ToArray());
        Assert.Equal([2, -5, -93, -989, -9987, -99983], (x - y).Values.ToArray());
        Assert.Equal((1, 3, 4), ((x + y).Constant, (x - y).Constant, (2 * x).Constant));
        Assert.Equal([6, 10, 14, 22, 26, 34], (2 * x).Values.ToArray());

        // (x y)^12 = x y^12 + x^1 y^2 + x^12 y = 2000 + 30 - 11.
        TensorSeries product = x * y;
        Assert.Equal(-2, product.Constant);
        Assert.Equal([-1, 15, 196, 2019, 19992, 200033], product.Values.ToArray());
        Assert.Equal(2019, product[Word.Of(0, 1)]);
        Assert.Equal(-2, product[Word.Empty]);
        Assert.Equal([196, 2019, 19992, 200033], product.ValuesOf(2).ToArray());
        Assert.Equal(x.Values.ToArray(), (TensorSeries.One(order) * x).Values.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var order = new WordOrder(2, 2);
        TensorSeries one = TensorSeries.One(order);
        Assert.Throws<ArgumentException>("values", () => new TensorSeries(order, 1, new double[5]));
        Assert.Throws<ArgumentException>("increment", () => TensorSeries.OfIncrement(order, [1]));
        Assert.Throws<ArgumentException>(() => one * TensorSeries.One(new WordOrder(2, 3)));
        Assert.Throws<ArgumentException>(() => one + TensorSeries.One(new WordOrder(3, 2)));
        Assert.Equal("Exp needs the constant 0; it is 1.", Assert.Throws<InvalidOperationException>(() => one.Exp()).Message);
        Assert.Equal("Log needs the constant 1; it is 2.", Assert.Throws<InvalidOperationException>(() => (2 * one).Log()).Message);
        Assert.Throws<InvalidOperationException>(() => (2 * one).Inverse());
    }

    /// <summary>1 + n + n^2 + ... of n = |S| - 1: the sum of the absolute values of all that log, exp and inverse of S multiply.</summary>
    internal static TensorSeries Majorant(TensorSeries signature) => (2 * TensorSeries.One(signature.Order) - Absolute(signature)).Inverse();

    private static TensorSeries Absolute(TensorSeries series) => new(series.Order, Math.Abs(series.Constant), [.. series.Values.ToArray().Select(Math.Abs)]);
}
