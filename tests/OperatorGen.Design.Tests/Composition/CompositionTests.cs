using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Design.Tests.Bounds;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Design.Tests.Composition;

/// <summary>Several layers as one operator.</summary>
public sealed class CompositionTests
{
    /// <summary>From 12 on, the modes of every layer are shared.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void At_the_product_of_the_degrees_the_composition_is_exact(int seed)
    {
        OperatorDescription operators = Operators(seed);
        OperatorExpansion expansion = OperatorExpansion.Taylor(operators, 2);
        ComposedOperator composed = OperatorComposition.Compose(operators, expansion, 1 << operators.Layers.Count);
        Assert.True(composed.IsExact);
        Assert.Equal(0, composed.Dropped.Value);
        var random = new Random(seed);
        double[] input = [.. Enumerable.Range(0, 9 * operators.InputWidth).Select(_ => random.Between(-2, 2))];
        double[] expected = OperatorTrace.Of(operators, input, expansion).Layers[^1].Output;
        double scale = expected.Max(Math.Abs);

        // Some thousand terms, each with a few roundings.
        Assert.All(expected.Zip(composed.Evaluate(input)), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-10 * scale, $"{pair}"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_dropped_stays_below_its_bound(int seed)
    {
        OperatorDescription operators = Operators(seed);
        OperatorExpansion expansion = OperatorExpansion.Taylor(operators, 2);
        const double Magnitude = 0.5;
        ComposedOperator composed = OperatorComposition.Compose(operators, expansion, 3, Magnitude);
        Assert.Equal(1 << operators.Layers.Count, composed.FullOrder);
        Assert.Equal(operators.Layers.Count == 1, composed.IsExact);
        double bound = Assert.NotNull(composed.Dropped.Value);
        double worst = 0;
        double largest = 0;
        for (int trial = 0; trial < 20; trial++)
        {
            var random = new Random(trial);
            double[] input = [.. Enumerable.Range(0, 12 * operators.InputWidth).Select(_ => trial % 2 == 0 ? Magnitude * ((2 * random.NextDouble()) - 1) : Magnitude * (random.Next(2) == 0 ? -1 : 1))];
            double[] whole = OperatorTrace.Of(operators, input, expansion).Layers[^1].Output;
            largest = Math.Max(largest, whole.Max(Math.Abs));
            worst = Math.Max(worst, whole.Zip(composed.Evaluate(input), (a, b) => Math.Abs(a - b)).Max());
        }

        // The two evaluations round some thousand times. What is dropped shows, unless its bound says that it is as small as that.
        double rounding = 1e-12 * largest;
        Assert.True(worst <= bound + rounding, $"{worst} and {bound}");
        Assert.True(composed.IsExact || worst > rounding || bound < 1e-6, $"{worst} and {bound}");
        Assert.Null(OperatorComposition.Compose(operators, expansion, 1).Dropped.Value);
    }

    [Theory]
    [InlineData(0.5, 0.25)]
    [InlineData(0.5, 0.2500000001)]
    [InlineData(0.7, 0.49)]
    public void At_resonance_the_kernel_is_the_one_of_the_formula(double inner, double outer)
    {
        // Two layers of one mode: o2 is driven by o1^2, whose eigenvalue is inner^2. With lags (tau, tau) the kernel is
        // sum_sigma outer^sigma inner^(2 (tau - sigma)): (tau + 1) outer^tau at resonance.
        var layers = new[] { inner, outer }.Select(lambda => new LayerDescription
        {
            Width = 1,
            Recurrence = ModeBank.PerChannel(1, [new(lambda, 1.0)], null),
            Decoder = DecoderFunctions.Find("polynomial(0, 0, 1)")!,
        }).ToArray();
        var operators = new OperatorDescription { Architecture = "test", Order = 2, InputWidth = 1, Layers = layers };
        ComposedOperator composed = OperatorComposition.Compose(operators, OperatorExpansion.Taylor(operators, 2), 4);
        CompositionAtom atom = Assert.Single(composed.Atoms, a => a.Layer == 1);
        for (int tau = 0; tau < 30; tau++)
        {
            double expected = 0;
            for (int sigma = 0; sigma <= tau; sigma++)
            {
                expected += Math.Pow(outer, sigma) * Math.Pow(inner, 2 * (tau - sigma));
            }

            double actual = composed.Kernel(atom, [tau, tau]);
            Assert.True(Math.Abs(expected - actual) <= 1e-13 * expected, $"{tau}: {expected} and {actual}");
            if (outer == inner * inner)
            {
                Assert.Equal((tau + 1) * Math.Pow(outer, tau), actual, 1e-13 * expected);
            }
        }
    }

    [Fact]
    public void Where_modes_are_shared_a_product_drives_one_atom_per_readout_and_its_kernel_needs_the_inputs()
    {
        // Layer 1 squares its two readouts; both squares drive each readout of layer 2 by b = (1, 3), read with 1 and 2.
        DecoderFunction square = DecoderFunctions.Find("polynomial(0, 0, 1)")!;
        ModeBank first = ModeBank.Shared(2, [0.5], [1, 2], [1, -1], null);
        ModeBank second = ModeBank.Shared(2, [0.25], [1, 3], [1, 2], null);
        LayerDescription[] layers = [.. new[] { first, second }.Select(bank => new LayerDescription { Width = 2, Recurrence = bank, Decoder = square })];
        var operators = new OperatorDescription { Architecture = "test", Order = 2, InputWidth = 2, Layers = layers };
        ComposedOperator composed = OperatorComposition.Compose(operators, OperatorExpansion.Taylor(operators, 2), 4);
        CompositionAtom[] atoms = [.. composed.Atoms.Where(atom => atom.Layer == 1)];
        Assert.Equal([(0, 1.0, 0.0), (0, 0.0, 1.0), (1, 1.0, 0.0), (1, 0.0, 1.0)], atoms.Select(atom => (atom.Channel, atom.Drive[0], atom.Drive[1])));

        // The second readout's square, at lags 0 of the inputs 0 and 1: (-1) (-2) times 3, read with 2.
        Assert.Equal(12, composed.Kernel(atoms[3], [0, 0], [0, 1]), 1e-14);
        Assert.Contains("shared", Assert.Throws<ArgumentException>(() => composed.Kernel(atoms[3], [0, 0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Beyond_the_budget_the_terms_are_not_made()
    {
        OperatorDescription operators = OperatorDescriptions.Of(RandomModels.Create(5, new ModelShape { Layers = 2, Width = 6, Glu = false }).Model);
        Assert.Throws<TermLimitException>(() => OperatorComposition.Compose(operators, OperatorExpansion.Taylor(operators, 3), 9, budget: 200));
    }

    [Fact]
    public void Norms_stay_named_functions()
    {
        OperatorDescription operators = OperatorDescriptions.Of(RandomModels.Create(5, new ModelShape { Layers = 2, PreNorm = true }).Model);
        Assert.Contains("named functions", Assert.Throws<InvalidOperationException>(() => OperatorComposition.Compose(operators, OperatorExpansion.Taylor(operators, 2), 2)).Message, StringComparison.Ordinal);
    }

    private static OperatorDescription Operators(int seed) => seed < 12 ? OperatorDescriptions.Of(Model(seed)) : Shared(seed);

    // Two layers between an encoder and the output.
    private static OperatorDescription Shared(int seed)
    {
        var random = new Random(seed);
        const int Width = 2;
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Between(-1, 1))];
        LayerDescription Layer()
        {
            ComplexNumber[] Complex(int count) => [.. Numbers(2 * count).Chunk(2).Select(z => new ComplexNumber(z[0] / 2, z[1] / 2))];
            ModeBank bank = ModeBank.Shared(Width, Complex(3), Complex(3 * Width), Complex(3 * Width), seed % 2 == 0 ? Numbers(Width) : null);
            bool glu = seed % 4 == 1;
            var mixing = new LinearDescription(Width, glu ? 2 * Width : Width, Numbers(Width * (glu ? 2 * Width : Width)), Numbers(glu ? 2 * Width : Width));
            return new LayerDescription
            {
                Width = Width,
                Recurrence = bank,
                Decoder = DecoderFunctions.Find(seed % 3 == 0 ? "gelu-erf" : "polynomial(1/4, 1, 1/3)")!,
                Mixing = mixing,
                Glu = glu ? new GluDescription(DecoderFunctions.Sigmoid) : null,
                Residual = seed % 3 == 1,
            };
        }

        return new OperatorDescription
        {
            Architecture = "test",
            Order = 2,
            InputWidth = 1,
            Encoder = new LinearDescription(1, Width, Numbers(Width), Numbers(Width)),
            Layers = [Layer(), Layer()],
        };
    }

    private static SequenceModel Model(int seed) => RandomModels.Create(seed, new ModelShape
    {
        Layers = 1 + (seed % 3),
        Width = seed % 3 == 2 ? 1 : 2,
        Modes = 2,
        Activation = seed % 2 == 0 ? "gelu-erf" : "polynomial(1/4, 1, 1/3)",
        Glu = seed % 4 == 1,
        Residual = seed % 3 == 1,
        Bias = seed % 2 == 0,
    }).Model;
}
