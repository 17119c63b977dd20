using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Design.Tests.Bounds;

/// <summary>Bounds of layers whose modes run in both directions: no input breaks them, and an input reaches those of the readouts.</summary>
public sealed class BothDirectionsBoundTests
{
    private const int Half = 80; // |lambda| is at most 0.9 here: 0.9^80 is 2e-4
    private const int Steps = (2 * Half) - 1;

    public static TheoryData<bool, int> Kinds => new() { { false, 0 }, { false, 1 }, { true, 0 }, { true, 1 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Readouts_stay_in_their_ranges_and_reach_them(bool shared, int delay)
    {
        for (int seed = 1; seed <= 12; seed++)
        {
            OperatorDescription operators = Operators(seed, shared, delay);
            var range = InputRange.Uniform(operators, -0.5, 1);
            OperatorEnclosure enclosure = OperatorEnclosure.Of(operators, range, Steps);
            ModeBank bank = operators.Layers[0].Bank!;
            for (int h = 0; h < bank.Readouts; h++)
            {
                Interval proven = enclosure.Layers[0].Readouts[h];
                double[][] kernels = [.. Enumerable.Range(0, bank.Inputs).Select(i => ChannelKernels.TwoSided(bank, h, ChannelKernels.Input(bank, i), Half))];
                double[] extreme = [.. Enumerable.Range(0, Steps * bank.Inputs).Select(k => kernels[k % bank.Inputs][Steps - 1 - (k / bank.Inputs)] >= 0 ? 1.0 : -0.5)];
                double reached = OperatorTrace.Of(operators, extreme).Layers[0].Readouts[((Half - 1) * bank.Readouts) + h];
                Assert.True(proven.Contains(reached), $"seed {seed}, readout {h}: {reached} is not in {proven}");

                // Where both directions take in the current sample, each has a bound of its own for it, and they need not be reached together.
                Assert.True(delay == 0 || proven.High - reached <= 0.01 * proven.Width, $"seed {seed}, readout {h}: {reached} is far from {proven}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_input_changes_an_output_by_more_than_the_bound_of_the_expansion(bool shared, int delay)
    {
        var random = new Random(3);
        for (int seed = 1; seed <= 12; seed++)
        {
            OperatorDescription operators = Operators(seed, shared, delay);
            var range = InputRange.Uniform(operators, -1, 1);
            OperatorEnclosure enclosure = OperatorEnclosure.Of(operators, range, Steps);
            OperatorExpansion expansion = OperatorExpansion.Taylor(operators, 3);
            var bounds = OperatorBounds.Of(enclosure, expansion);
            double greatest = bounds.Greatest.Value!.Value;
            var magnitudes = new WaveMagnitudes(enclosure.Layers[0]);
            ModeBank bank = operators.Layers[0].Bank!;
            for (int k = 0; k < 40; k++)
            {
                int steps = random.Next(1, Steps + 1);
                double[] input = [.. Enumerable.Range(0, steps * operators.InputWidth).Select(_ => k % 2 == 0 ? random.Next(2) == 0 ? -1.0 : 1 : random.Between(-1, 1))];
                OperatorTrace exact = OperatorTrace.Of(operators, input);
                double[] truncated = OperatorTrace.Of(operators, input, expansion).Outputs;
                Assert.All(exact.Outputs.Zip(truncated), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, greatest));
                Assert.All(exact.Outputs, (output, i) => Assert.True(enclosure.Outputs[i % operators.OutputWidth].Contains(output)));
                for (int n = 0; n < bank.WavesPerReadout && !shared; n++)
                {
                    double most = magnitudes.Wave(0, n);
                    Assert.All(ModeSeries.Wave(bank, 0, n, exact.Layers[0].CellInput, bank.Inputs, steps), w => Assert.InRange(Math.Abs(w), 0, most));
                }
            }
        }
    }

    [Fact]
    public void Pruning_and_composition_refuse_them_with_the_reason()
    {
        OperatorDescription operators = Operators(1, shared: false, delay: 0);
        Assert.Contains("both directions", Assert.Throws<InvalidOperationException>(() => Pruner.Prune(operators, InputRange.Uniform(operators, -1, 1), 0.1)).Message, StringComparison.Ordinal);
        Assert.Contains("backward", Assert.Throws<InvalidOperationException>(() => OperatorComposition.Compose(operators, OperatorExpansion.Taylor(operators, 2), 2)).Message, StringComparison.Ordinal);
    }

    private static OperatorDescription Operators(int seed, bool shared, int delay)
    {
        var random = new Random(seed);
        ModeBank Bank(bool skip)
        {
            ComplexNumber[] eigenvalues = [.. Enumerable.Range(0, shared ? 3 : 6).Select(_ => Numbers(0.6)[0])];
            ComplexNumber[] reads = [.. Enumerable.Range(0, 6).Select(_ => Numbers(0.5)[0])];
            double[]? d = skip ? Banks.Reals(random, 2) : null;
            return shared ? ModeBank.Shared(2, eigenvalues, [.. Enumerable.Range(0, 6).Select(_ => Numbers(0.5)[0])], reads, d) : ModeBank.PerChannel(2, eigenvalues, reads, d);
        }

        // |re| and |im| at most so much.
        ComplexNumber[] Numbers(double size)
        {
            double[] parts = Banks.Reals(random, 2);
            return [new ComplexNumber(size * parts[0], size * parts[1])];
        }

        return new OperatorDescription
        {
            Architecture = "test",
            Order = 3,
            InputWidth = 2,
            Layers = [new LayerDescription { Width = 2, Recurrence = ModeBank.BothDirections(Bank(skip: true), Bank(skip: false), delay), Decoder = DecoderFunctions.Tanh }],
        };
    }
}
