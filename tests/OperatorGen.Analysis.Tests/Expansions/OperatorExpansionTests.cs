using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Analysis.Tests.Expansions;

/// <summary>Expansions of whole operators, of every kind.</summary>
public sealed class OperatorExpansionTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_kind_is_the_kind_of_each_of_its_polynomials(int seed)
    {
        OperatorDescription operators = Operator(seed);
        Calibration calibration = Calibrated(operators, seed);
        foreach (ExpansionKind kind in new[] { ExpansionKind.Taylor, ExpansionKind.Chebyshev, ExpansionKind.Measure })
        {
            var expansion = OperatorExpansion.Of(operators, new ExpansionRequest(kind, 4), calibration);
            Assert.Equal((kind, 4), (expansion.Kind, expansion.Order));
            foreach ((LayerExpansion layer, int l) in expansion.Layers.Select((layer, l) => (layer, l)))
            {
                for (int c = 0; c < layer.Readouts.Count; c++)
                {
                    Assert.Equal(Fit(kind, layer.Layer.Decoder, calibration.Layers[l].Readouts[c], 0).Coefficients, layer.Readouts[c].Coefficients);
                }

                for (int i = 0; i < layer.Gates.Count; i++)
                {
                    double centre = layer.Layer.Glu is not null ? layer.GateCentre(i) : 0;
                    Assert.Equal(Fit(kind, layer.Layer.GateFunction!, calibration.Layers[l].Gates[i], centre).Coefficients, layer.Gates[i].Coefficients);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_table_gives_the_expansion_back(int seed)
    {
        OperatorDescription operators = Operator(seed);
        Calibration calibration = Calibrated(operators, seed);
        var expansion = OperatorExpansion.Of(operators, new ExpansionRequest(ExpansionKind.Measure, 3), calibration);
        var again = OperatorExpansion.FromTable(operators, ExpansionKind.Measure, 3, expansion.ToTable());
        Assert.Equal(expansion, again);
        Assert.NotEqual(expansion, OperatorExpansion.Of(operators, new ExpansionRequest(ExpansionKind.Measure, 2), calibration));
        double[] table = expansion.ToTable();
        table[^1] += 1e-9;
        Assert.NotEqual(expansion, OperatorExpansion.FromTable(operators, ExpansionKind.Measure, 3, table));
        double[] input = Numbers(new Random(seed), 9 * operators.InputWidth);
        Assert.Equal(OperatorTrace.Of(operators, input, expansion).Outputs, OperatorTrace.Of(operators, input, again).Outputs);
        Assert.Throws<ArgumentException>(() => OperatorExpansion.FromTable(operators, ExpansionKind.Measure, 3, table.AsSpan(1)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Lower_orders_are_those_of_their_own_fits(int seed)
    {
        OperatorDescription operators = Operator(seed);
        Calibration calibration = Calibrated(operators, seed);
        foreach (ExpansionKind kind in new[] { ExpansionKind.Taylor, ExpansionKind.Chebyshev, ExpansionKind.Measure })
        {
            OperatorExpansion lower = OperatorExpansion.Of(operators, new ExpansionRequest(kind, 6), calibration).WithOrder(2);
            var own = OperatorExpansion.Of(operators, new ExpansionRequest(kind, 2), calibration);
            double[] input = Numbers(new Random(seed), 9 * operators.InputWidth);
            double[] expected = OperatorTrace.Of(operators, input, own).Outputs;
            double[] found = OperatorTrace.Of(operators, input, lower).Outputs;

            // Fits of two orders round differently; each coefficient is good to a few units of the last place of the greatest.
            double scale = 1 + expected.Max(Math.Abs);
            Assert.All(expected.Zip(found), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-9 * scale, $"{kind}: {pair}"));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_trace_with_polynomials_is_the_same_however_it_starts(int seed)
    {
        OperatorDescription operators = Operator(seed);
        var expansion = OperatorExpansion.Of(operators, new ExpansionRequest(ExpansionKind.Measure, 3), Calibrated(operators, seed));
        double[] input = Numbers(new Random(seed), 11 * operators.InputWidth);
        OperatorTrace exact = OperatorTrace.Of(operators, input);
        Assert.Equal(OperatorTrace.Of(operators, input, expansion).Outputs, exact.With(expansion).Outputs);
        IReadOnlyList<LayerTrace> arguments = OperatorTrace.Arguments(operators, input);
        for (int l = 0; l < arguments.Count; l++)
        {
            Assert.Equal(exact.Layers[l].Readouts, arguments[l].Readouts);
            Assert.Equal(exact.Layers[l].GateArguments, arguments[l].GateArguments);
        }
    }

    [Fact]
    public void An_exact_expansion_computes_the_model()
    {
        foreach (int seed in Enumerable.Range(0, 8))
        {
            OperatorDescription operators = Operator(seed, "polynomial(1/3, 3/4, -1/5, 1/8)", glu: false);
            OperatorExpansion exact = OperatorExpansion.Of(operators, new ExpansionRequest(ExpansionKind.Exact, 1));
            Assert.Equal(3, exact.Order);
            double[] input = Numbers(new Random(seed), 9 * operators.InputWidth);
            double[] expected = OperatorTrace.Of(operators, input).Outputs;

            // Two ways to evaluate a cubic, a few roundings each, through a few layers.
            double scale = 1 + expected.Max(Math.Abs);
            Assert.All(expected.Zip(OperatorTrace.Of(operators, input, exact).Outputs), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-12 * scale));
        }
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        OperatorDescription operators = Operator(0);
        OperatorDescription relu = Operator(0, "relu");
        Assert.Contains("no calibration", Refused(operators, ExpansionKind.Measure, null), StringComparison.Ordinal);
        Assert.Contains("ranges of the arguments", Refused(operators, ExpansionKind.Chebyshev, null), StringComparison.Ordinal);
        Assert.Contains("no polynomial", Refused(operators, ExpansionKind.Exact, null), StringComparison.Ordinal);
        Assert.Contains("'relu' has no Taylor series", Refused(relu, ExpansionKind.Taylor, null), StringComparison.Ordinal);
        Calibration other = Calibrated(operators, 0);
        Assert.Contains("other layers", Refused(operators, ExpansionKind.Measure, other with { Layers = EquatableArray<ArgumentMeasures>.Empty }), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => OperatorExpansion.Of(operators, new ExpansionRequest(ExpansionKind.Taylor, 17)));
        Assert.Throws<ArgumentOutOfRangeException>(() => OperatorExpansion.Of(operators, new ExpansionRequest(ExpansionKind.Taylor, 0)));
        Assert.Null(relu.Expansion);
        Assert.Equal(OperatorExpansion.Taylor(operators, operators.Order), operators.Expansion);
    }

    [Fact]
    public void Chebyshev_takes_the_proven_ranges_where_there_is_no_calibration()
    {
        OperatorDescription operators = Operator(2, glu: false);
        var enclosure = OperatorEnclosure.Of(operators, InputRange.Uniform(operators, -1, 1), 64);
        var expansion = OperatorExpansion.Of(operators, new ExpansionRequest(ExpansionKind.Chebyshev, 3), null, ArgumentRanges.Of(enclosure));
        Interval expected = enclosure.Layers[0].Readouts[0];
        DecoderPolynomial polynomial = DecoderPolynomial.Chebyshev(operators.Layers[0].Decoder, 3, expected.Low, expected.High);
        Assert.Equal(polynomial.Coefficients, expansion.Layers[0].Readouts[0].Coefficients);
    }

    private static string Refused(OperatorDescription operators, ExpansionKind kind, Calibration? calibration) =>
        Assert.Throws<InvalidOperationException>(() => OperatorExpansion.Of(operators, new ExpansionRequest(kind, 3), calibration)).Message;

    private static DecoderPolynomial Fit(ExpansionKind kind, DecoderFunction function, ArgumentMeasure argument, double centre) => kind switch
    {
        ExpansionKind.Taylor => DecoderPolynomial.Taylor(function, 4, centre),
        ExpansionKind.Chebyshev => DecoderPolynomial.Chebyshev(function, 4, argument.Low, argument.High),
        _ => DecoderPolynomial.Measure(function, 4, argument.Measure),
    };

    private static OperatorDescription Operator(int seed, string activation = "gelu-erf", bool? glu = null) => OperatorDescriptions.Of(
        RandomModels.Create(seed, new ModelShape
        {
            Activation = activation,
            Glu = glu ?? (seed % 2 == 0),
            Layers = 1 + (seed % 3),
            InputWidth = 1 + (seed % 2),
            PreNorm = seed % 3 == 1,
            Pooling = seed % 4 == 0 ? Pooling.Mean : Pooling.None,
        }).Model,
        3);

    private static Calibration Calibrated(OperatorDescription operators, int seed)
    {
        var random = new Random(seed);
        OperatorTrace[] traces = [.. Enumerable.Range(0, 6).Select(_ => OperatorTrace.Of(operators, Numbers(random, 40 * operators.InputWidth)))];
        return new Calibration("random", traces.Length, new string('0', 64), operators.Layers.Select((layer, l) => new ArgumentMeasures(
            Measures(layer.Decoder, layer.Channels, trace => trace.Layers[l].Readouts),
            layer.Gates == 0 ? EquatableArray<ArgumentMeasure>.Empty : Measures(layer.GateFunction!, layer.Gates, trace => trace.Layers[l].GateArguments))).ToEquatableArray());

        EquatableArray<ArgumentMeasure> Measures(DecoderFunction function, int width, Func<OperatorTrace, double[]> rows) => Enumerable.Range(0, width).Select(c =>
        {
            var builder = new MeasureBuilder(function);
            foreach (OperatorTrace trace in traces)
            {
                builder.Add(rows(trace).Where((_, i) => i % width == c).ToArray());
            }

            return new ArgumentMeasure(builder.Build(), builder.Low, builder.High);
        }).ToEquatableArray();
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
}
