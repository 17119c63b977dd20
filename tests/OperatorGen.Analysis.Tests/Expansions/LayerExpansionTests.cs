using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Analysis.Tests.Expansions;

/// <summary>Layers whose decoders are polynomials, and the same polynomials about other points.</summary>
public sealed class LayerExpansionTests
{
    private static readonly string[] s_smooth = ["gelu-erf", "gelu-tanh", "silu", "sigmoid", "tanh", "softplus", "identity", "polynomial(1/3, 3/4, -1/5, 1/8)"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_Taylor_expansion_of_a_layer_is_the_Taylor_polynomial_of_the_whole_map(int seed)
    {
        var random = new Random(seed);
        LayerDescription layer = Layer(seed, glu: seed % 3 != 0);
        int order = 1 + (seed % 5);
        double[] point = Numbers(random, layer.Channels, 0.8);
        double[] direction = Numbers(random, layer.Channels, 0.5);
        LayerExpansion expansion = OperatorExpansion.Taylor(layer, order, point);
        double[][] expected = DirectionalTaylor.Of(layer, point, direction, order);
        var outputs = new double[layer.OutputWidth];
        expansion.Evaluate(Sum(point, direction), new double[layer.Gates], outputs);
        for (int i = 0; i < layer.OutputWidth; i++)
        {
            var eta = new double[layer.OutputWidth];
            eta[i] = 1;
            ReadoutPolynomial polynomial = LocalPolynomial.Of(expansion, point).For(eta);
            var parts = new double[order + 1];
            polynomial.Parts(direction, parts);

            // A few thousand roundings of terms that are a few units large.
            double scale = 1e-12 * (1 + expected[i].Sum(Math.Abs));
            Assert.All(expected[i].Zip(parts), p => Assert.True(Math.Abs(p.First - p.Second) <= scale, $"{p}"));
            Assert.True(Math.Abs(expected[i].Sum() - outputs[i]) <= scale);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void About_every_point_the_polynomial_is_the_same(int seed)
    {
        var random = new Random(seed);
        LayerDescription layer = Layer(seed, glu: seed % 2 == 0);
        int order = 1 + (seed % 4);
        LayerExpansion expansion = OperatorExpansion.Taylor(layer, order, Numbers(random, layer.Channels, 1));
        double[] eta = Numbers(random, layer.OutputWidth, 1);
        double[] readouts = Numbers(random, layer.Channels, 2);
        var outputs = new double[layer.OutputWidth];
        expansion.Evaluate(readouts, new double[layer.Gates], outputs);
        double value = outputs.Zip(eta, (r, e) => r * e).Sum();
        foreach (double[] point in new[] { new double[layer.Channels], Numbers(random, layer.Channels, 1), readouts })
        {
            ReadoutPolynomial polynomial = LocalPolynomial.Of(expansion, point).For(eta);
            double[] x = [.. readouts.Zip(point, (o, p) => o - p)];
            var parts = new double[order + 1];
            polynomial.Parts(x, parts);
            double scale = 1e-11 * (1 + parts.Sum(Math.Abs));
            Assert.True(Math.Abs(value - parts.Sum()) <= scale, $"{value} and {parts.Sum()}");

            // Every coefficient by its own formula: all monomials together give the parts.
            var enumerated = new double[order + 1];
            foreach (Factor[] monomial in Monomials(layer.Channels, order))
            {
                enumerated[monomial.Sum(f => f.Power)] += polynomial.Coefficient(monomial) * monomial.Aggregate(1.0, (product, f) => product * Math.Pow(x[f.Variable], f.Power));
            }

            Assert.All(enumerated.Zip(parts), p => Assert.True(Math.Abs(p.First - p.Second) <= scale, $"{p}"));
            LowDegreesAgree(polynomial);
        }
    }

    [Fact]
    public void A_gate_stream_interacts_with_its_own_readout()
    {
        ModeBank waves = ModeRows.PerChannel(2, 1, false, [0.5, 0.25], null, [1, 2], null);
        var mixing = new LinearDescription(2, 3, [1, 2, 3, 4, 5, 6], [0.1, 0.2, 0.3]);
        var layer = new LayerDescription { Width = 2, Recurrence = waves, Decoder = DecoderFunctions.Tanh, Gate = DecoderFunctions.Silu, Mixing = mixing };
        LayerExpansion expansion = OperatorExpansion.Taylor(layer, 3, [0.3, -0.4]);
        double[] readouts = [0.2, -0.1];
        double[] gates = [0.7, -0.6];
        double[] expected = new double[3];
        for (int c = 0; c < 2; c++)
        {
            double h = 0;
            for (int j = 0; j <= 3; j++)
            {
                for (int k = 0; j + k <= 3; k++)
                {
                    double centre = c == 0 ? 0.3 : -0.4;
                    h += DecoderFunctions.Tanh.Taylor(centre, 3)[j] * Math.Pow(readouts[c] - centre, j) * DecoderFunctions.Silu.Taylor(0, 3)[k] * Math.Pow(gates[c], k);
                }
            }

            for (int i = 0; i < 3; i++)
            {
                expected[i] += mixing.Weight(i, c) * h;
            }
        }

        var outputs = new double[3];
        expansion.Evaluate(readouts, (double[])gates.Clone(), outputs);
        ReadoutPolynomial second = LocalPolynomial.About0(expansion).For([0, 1, 0]);
        var parts = new double[4];
        second.Parts([.. readouts, .. gates], parts);
        for (int i = 0; i < 3; i++)
        {
            // Some twenty roundings of numbers below 10.
            Assert.Equal(expected[i] + mixing.Bias(i), outputs[i], 1e-13);
        }

        Assert.Equal(outputs[1], parts.Sum(), 1e-13);
        Assert.Equal(2 * second.Quadratic()[0, 2], second.Coefficient([new Factor(0, 1), new Factor(2, 1)]), 1e-13);
        Assert.Equal(0, second.Coefficient([new Factor(0, 1), new Factor(3, 1)]));
        LowDegreesAgree(second);
    }

    [Fact]
    public void A_polynomial_that_does_not_fit_the_layer_is_refused()
    {
        LayerDescription layer = Layer(0, glu: true);
        DecoderPolynomial[] readouts = [.. Enumerable.Repeat(DecoderPolynomial.Taylor(layer.Decoder, 3), layer.Channels)];
        DecoderPolynomial[] gates = [.. Enumerable.Repeat(DecoderPolynomial.Taylor(DecoderFunctions.Sigmoid, 3), layer.Gates)];
        Assert.Throws<ArgumentException>(() => new LayerExpansion(layer, 3, readouts, []));
        Assert.Throws<ArgumentException>(() => new LayerExpansion(layer, 2, readouts, gates));
        LayerExpansion expansion = new(layer, 3, readouts, gates);
        Assert.Throws<ArgumentException>(() => LocalPolynomial.Of(expansion, new double[layer.Channels + 1]));
        Assert.Throws<ArgumentException>(() => LocalPolynomial.About0(expansion).For(new double[layer.OutputWidth + 1]));
    }

    private static void LowDegreesAgree(ReadoutPolynomial polynomial)
    {
        double[] linear = polynomial.Linear();
        QuadraticForm form = polynomial.Quadratic();
        Assert.Equal(polynomial.Coefficient([]), polynomial.Constant);
        for (int a = 0; a < polynomial.Variables; a++)
        {
            Same(polynomial.Coefficient([new Factor(a, 1)]), linear[a]);
            Same(polynomial.Coefficient([new Factor(a, 2)]), form[a, a]);
            for (int b = 0; b < a; b++)
            {
                Same(polynomial.Coefficient([new Factor(b, 1), new Factor(a, 1)]), 2 * form[a, b]);
                Assert.Equal(form[a, b], form[b, a], 1e-13);
            }
        }

        // Sums of a few hundred products, in another order.
        static void Same(double expected, double actual) => Assert.True(Math.Abs(expected - actual) <= 1e-12 * (1 + Math.Abs(expected)), $"{expected} and {actual}");
    }

    private static LayerDescription Layer(int seed, bool glu)
    {
        ModelShape shape = new()
        {
            Width = 1 + (seed % 3),
            Modes = 2,
            Activation = s_smooth[seed % s_smooth.Length],
            Mixing = glu || seed % 2 == 0,
            Glu = glu,
        };
        SequenceModel model = RandomModels.Create(seed, shape).Model;
        return OperatorDescriptions.Of(model).Layers[0];
    }

    private static IEnumerable<Factor[]> Monomials(int variables, int order)
    {
        IEnumerable<int[]> powers = [[]];
        for (int v = 0; v < variables; v++)
        {
            powers = powers.SelectMany(p => Enumerable.Range(0, order + 1 - p.Sum()).Select(k => (int[])[.. p, k]));
        }

        return powers.Select(p => p.Select((k, v) => new Factor(v, k)).Where(f => f.Power > 0).ToArray());
    }

    private static double[] Numbers(Random random, int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * ((2 * random.NextDouble()) - 1))];

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
