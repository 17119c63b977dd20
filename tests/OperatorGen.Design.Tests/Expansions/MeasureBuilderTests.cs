using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using OperatorGen.TestKit.Numbers;
using Xunit;

namespace OperatorGen.Design.Tests.Expansions;

public class MeasureBuilderTests
{
    private const int Orders = 8;

    // docs/expansions.md: averages are kept to this part of a function's root mean square, for each reduction of 16384 samples.
    private static readonly double s_unit = Math.ScaleB(1, -46);

    [Theory]
    [InlineData("spike and tail", 1_000_000, "gelu-erf,relu")]
    [InlineData("spike and tail", 70_000, "")]
    [InlineData("normal", 70_000, "")]
    [InlineData("one outlier", 70_000, "")]
    [InlineData("two clusters", 70_000, "")]
    [InlineData("positive", 70_000, "")]
    [InlineData("lattice", 70_000, "")]
    [InlineData("drifting", 70_000, "")]
    public void Fits_of_orders_1_to_8_from_the_reduced_measure_are_those_of_all_samples_within_the_stated_bound(string distribution, int count, string names)
    {
        double[] samples = Samples(distribution, count);
        var dense = new DenseFit(samples, [.. Enumerable.Repeat(1.0 / count, count)], Orders);
        double greatest = dense.Columns.Max(column => column.Max(Math.Abs));
        double kept = s_unit * (2 + (count / 16384));
        foreach (DecoderFunction function in DecoderFunctions.All.Where(f => names.Length == 0 || names.Split(',').Contains(f.Name)))
        {
            ReducedMeasure measure = Reduced(function, samples);
            double[] values = Array.ConvertAll(samples, function.Value);
            Assert.InRange(measure.Nodes.Count, 1, (3 * DecoderPolynomial.GreatestOrder) + 2);
            DecoderPolynomial whole = DecoderPolynomial.Measure(function, Orders, measure);
            for (int order = 1; order <= Orders; order++)
            {
                DecoderPolynomial polynomial = whole.WithOrder(order);
                double[] expected = dense.Fit(values, order);
                double[] difference = [.. samples.Select((x, i) => polynomial.Value(x) - expected[i])];
                double bound = 2 * (order + 1) * greatest * kept;
                Assert.True(bound < 1e-6, "the bound says nothing");
                Assert.True(dense.Norm(difference) <= bound * dense.Norm(values), $"{function.Name}, order {order}: {dense.Norm(difference) / dense.Norm(values)}, stated {bound}");
            }
        }
    }

    [Theory]
    [InlineData("spike and tail")]
    [InlineData("normal")]
    [InlineData("drifting")]
    public void Averages_of_powers_and_of_powers_times_the_function_are_kept(string distribution)
    {
        const int Count = 70_000;
        double[] samples = Samples(distribution, Count);
        var dense = new DenseFit(samples, [.. Enumerable.Repeat(1.0 / Count, Count)], 2 * Orders);
        Dictionary<double, int> places = samples.Select((x, i) => (x, i)).DistinctBy(p => p.x).ToDictionary(p => p.x, p => p.i);
        foreach (DecoderFunction function in new[] { DecoderFunctions.Relu, DecoderFunctions.Tanh })
        {
            ReducedMeasure measure = Reduced(function, samples);
            double[] values = Array.ConvertAll(samples, function.Value);
            double bound = s_unit * (2 + (Count / 16384));
            for (int k = 0; k < dense.Columns.Count; k++)
            {
                double[] p = dense.Columns[k];
                double[] product = [.. p.Select((x, i) => x * values[i])];

                // Nodes are samples, so that the columns of the full data have their values too.
                double reduced = measure.Nodes.Select((x, i) => measure.Weights[i] * p[places[x]]).Sum();
                Assert.True(Math.Abs(reduced - dense.Product(p, dense.Columns[0])) <= bound, $"p_{k}: {reduced}");
                if (k <= Orders)
                {
                    double reducedProduct = measure.Nodes.Select((x, i) => measure.Weights[i] * product[places[x]]).Sum();
                    Assert.True(Math.Abs(reducedProduct - dense.Product(product, dense.Columns[0])) <= bound * dense.Norm(product), $"g p_{k}");
                }
            }
        }
    }

    [Fact]
    public void Moments_of_the_argument_alone_would_not_determine_the_fit_of_relu()
    {
        // Two distributions with the same averages of 1, x, x^2, x^3 and different fits: the averages of g p_k are needed.
        var a = new ReducedMeasure([-1, 1], [0.5, 0.5]);
        var b = new ReducedMeasure([-Math.Sqrt(2), 0, Math.Sqrt(2)], [0.25, 0.5, 0.25]);
        Assert.All(new[] { 0, 1, 2, 3 }, k => Assert.Equal(Average(a, x => Math.Pow(x, k)), Average(b, x => Math.Pow(x, k)), 14));
        Assert.Equal(0.5, DecoderPolynomial.Measure(DecoderFunctions.Relu, 1, a).Value(0), 14);
        Assert.Equal(Math.Sqrt(2) / 4, DecoderPolynomial.Measure(DecoderFunctions.Relu, 1, b).Value(0), 14);
    }

    [Fact]
    public void No_more_different_samples_than_nodes_are_their_own_measure()
    {
        var builder = new MeasureBuilder(DecoderFunctions.GeluErf, 8);
        builder.Add([3, 1, 2, 1]);
        Assert.Equal([1.0, 2, 3], builder.Build().Nodes);
        Assert.Equal([0.5, 0.25, 0.25], builder.Build().Weights);
        Assert.Equal((4L, 1.0, 3.0), (builder.Count, builder.Low, builder.High));
    }

    [Fact]
    public void Constants_and_two_points_keep_their_frequencies()
    {
        var constant = new MeasureBuilder(DecoderFunctions.Silu);
        constant.Add(Enumerable.Repeat(-0.3, 100_000).ToArray());
        Assert.Equal([-0.3], constant.Build().Nodes);
        Assert.Equal([1.0], constant.Build().Weights);

        var two = new MeasureBuilder(DecoderFunctions.Relu);
        two.Add(Enumerable.Range(0, 100_000).Select(i => i % 4 == 0 ? 1e6 : -1e-6).ToArray());
        ReducedMeasure measure = two.Build();
        Assert.Equal([-1e-6, 1e6], measure.Nodes);

        // Seven reductions.
        Assert.True(Math.Abs(measure.Weights[0] - 0.75) <= 8 * s_unit);
    }

    [Fact]
    public void The_same_samples_in_the_same_order_give_the_same_bits_however_they_are_cut()
    {
        double[] samples = Samples("spike and tail", 60_000);
        var whole = new MeasureBuilder(DecoderFunctions.GeluErf);
        var parts = new MeasureBuilder(DecoderFunctions.GeluErf);
        whole.Add(samples);
        for (int i = 0; i < samples.Length;)
        {
            int taken = Math.Min(samples.Length - i, 1 + (i % 7919));
            parts.Add(samples.AsSpan(i, taken));
            i += taken;
        }

        Assert.Equal(whole.Build().Nodes, parts.Build().Nodes);
        Assert.Equal(whole.Build().Weights, parts.Build().Weights);
    }

    [Fact]
    public void Merged_builders_fit_as_one()
    {
        double[] samples = Samples("spike and tail", 100_000);
        var merged = new MeasureBuilder(DecoderFunctions.GeluErf);
        for (int part = 0; part < 4; part++)
        {
            var builder = new MeasureBuilder(DecoderFunctions.GeluErf);
            builder.Add(samples.AsSpan(part * 25_000, 25_000));
            merged.Merge(builder);
        }

        Assert.Equal((100_000L, samples.Min(), samples.Max()), (merged.Count, merged.Low, merged.High));
        var dense = new DenseFit(samples, [.. Enumerable.Repeat(1e-5, 100_000)], Orders);
        double[] values = Array.ConvertAll(samples, DecoderFunctions.GeluErf.Value);
        DecoderPolynomial polynomial = DecoderPolynomial.Measure(DecoderFunctions.GeluErf, Orders, merged.Build());
        double[] expected = dense.Fit(values, Orders);
        double[] difference = [.. samples.Select((x, i) => polynomial.Value(x) - expected[i])];
        double bound = 2 * (Orders + 1) * dense.Columns.Max(c => c.Max(Math.Abs)) * 12 * s_unit;
        Assert.True(dense.Norm(difference) <= bound * dense.Norm(values), $"{dense.Norm(difference)}");
        Assert.Throws<ArgumentException>(() => merged.Merge(new MeasureBuilder(DecoderFunctions.Relu)));
        Assert.Throws<ArgumentException>(() => merged.Merge(new MeasureBuilder(DecoderFunctions.GeluErf, 32)));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(5, 1)]
    [InlineData(26, 8)]
    [InlineData(50, 16)]
    [InlineData(64, 16)]
    public void So_many_nodes_determine_so_high_an_order(int nodes, int order)
    {
        var builder = new MeasureBuilder(DecoderFunctions.Softplus, nodes);
        Assert.Equal(order, builder.Order);
        double[] samples = Samples("normal", 20_000);
        builder.Add(samples);
        ReducedMeasure measure = builder.Build();
        Assert.InRange(measure.Nodes.Count, 1, nodes);
        Assert.All(measure.Nodes, x => Assert.Contains(x, samples));
        var dense = new DenseFit(samples, [.. Enumerable.Repeat(1 / 20_000.0, 20_000)], order);
        double[] values = Array.ConvertAll(samples, DecoderFunctions.Softplus.Value);
        double[] expected = dense.Fit(values, order);
        DecoderPolynomial polynomial = DecoderPolynomial.Measure(DecoderFunctions.Softplus, order, measure);
        double[] difference = [.. samples.Select((x, i) => polynomial.Value(x) - expected[i])];
        Assert.True(dense.Norm(difference) <= 2 * (order + 1) * dense.Columns.Max(c => c.Max(Math.Abs)) * 3 * s_unit * dense.Norm(values));
    }

    [Fact]
    public void Whatever_the_samples_are_the_measure_is_of_samples_with_positive_weights_and_their_mean()
    {
        var random = new Random(7);
        DecoderFunction[] functions = [.. DecoderFunctions.All.Where(function => function is not Exp)]; // e^x of such samples overflows, which is refused
        for (int trial = 0; trial < 300; trial++)
        {
            double size = Math.Pow(10, random.Next(-12, 6));
            double offset = random.Next(3) == 0 ? Math.Pow(10, random.Next(-3, 5)) : 0;
            int kind = trial % 5;
            double[] samples = [.. Enumerable.Range(0, random.Next(1, 600)).Select(_ => random.NextDouble()).Select(u => offset + (size * (random.Next(2) - 0.5) * kind switch
            {
                0 => u,
                1 => Math.Pow(10, -12 * u),
                2 => Math.Round(20 * u),
                3 => u < 0.5 ? 0 : u,
                _ => Math.Tan(3.14 * (u - 0.5)),
            }))];
            ReducedMeasure measure = Reduced(functions[trial % functions.Length], samples);
            Assert.InRange(measure.Nodes.Count, 1, ReducedMeasure.DefaultNodes);
            Assert.All(measure.Nodes, x => Assert.Contains(x, samples));
            Assert.All(measure.Weights, w => Assert.True(w > 0));
            Assert.Equal(1, measure.Weights.Sum(), 1e-13);

            // One reduction, and the rounding of the two means themselves, of at most 600 summands.
            double spread = Math.Sqrt(samples.Average(x => x * x));
            Assert.True(Math.Abs(Average(measure, x => x) - samples.Average()) <= ((2 * s_unit) + (600 * Math.ScaleB(1, -53))) * spread, $"trial {trial}");
        }
    }

    [Fact]
    public void Bad_input_is_refused_and_leaves_the_builder_as_it_was()
    {
        var builder = new MeasureBuilder(DecoderFunctions.Tanh);
        Assert.Contains("no sample", Assert.Throws<InvalidOperationException>(() => builder.Build()).Message, StringComparison.Ordinal);
        builder.Add([1, 2]);
        Assert.Contains("sample 3 is Infinity", Assert.Throws<ArgumentException>(() => builder.Add([3, double.PositiveInfinity])).Message, StringComparison.Ordinal);
        Assert.Equal((2L, 2.0), (builder.Count, builder.High));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeasureBuilder(DecoderFunctions.Tanh, 1));
        var steep = new MeasureBuilder(DecoderFunctions.Find("polynomial(" + string.Concat(Enumerable.Repeat("0, ", 40)) + "1)")!);
        steep.Add(Enumerable.Range(0, 100).Select(i => i * 1e10).ToArray());
        var growing = new MeasureBuilder(DecoderFunctions.Exp);
        growing.Add(Enumerable.Range(0, 100).Select(i => i * 10.0).ToArray());
        Assert.Contains("overflows at the sample", Assert.Throws<InvalidOperationException>(() => growing.Build()).Message, StringComparison.Ordinal);
        Assert.Contains("overflows at the sample", Assert.Throws<InvalidOperationException>(() => steep.Build()).Message, StringComparison.Ordinal);
    }

    private static ReducedMeasure Reduced(DecoderFunction function, double[] samples)
    {
        var builder = new MeasureBuilder(function);
        builder.Add(samples);
        return builder.Build();
    }

    private static double[] Samples(string distribution, int count)
    {
        var random = new Random(8);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double Tail()
        {
            double ratio = 3 * Normal() / Math.Max(1e-3, Math.Abs(Normal()));
            return ratio is > -357 and < 83 ? ratio : Tail();
        }

        Func<int, double> sample = distribution switch
        {
            "normal" => _ => Normal(),
            "spike and tail" => _ => random.NextDouble() < 0.9 ? 0.01 * Normal() : Tail(),
            "one outlier" => i => i == count / 2 ? 40 : Normal(),
            "two clusters" => _ => random.NextDouble() < 0.3 ? 5 + (0.1 * Normal()) : -2 + (0.1 * Normal()),
            "positive" => _ => 5 + Math.Abs(Normal()),
            "lattice" => _ => Math.Round(4 * Normal()) / 4,
            "drifting" => i => (10.0 * i / count) + Normal() - 5,
            _ => throw new ArgumentException(distribution),
        };
        return [.. Enumerable.Range(0, count).Select(sample)];
    }

    private static double Average(ReducedMeasure measure, Func<double, double> g) => measure.Nodes.Zip(measure.Weights, (x, weight) => weight * g(x)).Sum();
}
