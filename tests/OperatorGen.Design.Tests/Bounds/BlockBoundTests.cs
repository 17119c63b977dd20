using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Design.Tests.Bounds;

/// <summary>Bounds of modes whose states mix.</summary>
public sealed class BlockBoundTests
{
    [Theory]
    [InlineData(BankKind.Shared)]
    [InlineData(BankKind.TwoReads)]
    internal void A_block_that_is_a_complex_mode_has_its_range_and_its_sums(BankKind kind)
    {
        var random = new Random(41);
        for (int trial = 0; trial < 20; trial++)
        {
            ModeBank bank = BoundModels.Bank(random, 2, 3, 2, kind), blocks = bank.InBlocks();
            int? length = trial % 3 == 0 ? null : random.Next(1, 40);
            Interval[] v = [new(-1, 0.5), new(0.25, 1)];
            var modes = new BankEnclosure(bank, null, v, length);
            var mixed = new BankEnclosure(blocks, null, v, length);
            var loose = new BankEnclosure(blocks, null, v, length, 0);
            for (int h = 0; h < bank.Readouts; h++)
            {
                // Both are proven, and wider than the extremes by the rounding of some thousand taps and by 2^-50 of the sums, which the norms of a block enlarge a little.
                Interval expected = modes.Of(h), range = mixed.Of(h);
                double hair = 1e-10 * (1 + expected.Magnitude);
                Assert.Equal(expected.Low, range.Low, hair);
                Assert.Equal(expected.High, range.High, hair);
                Assert.True(loose.Of(h).Low <= range.Low + hair && range.High <= loose.Of(h).High + hair);
                for (int i = 0; i < bank.Inputs; i++)
                {
                    Assert.Equal(modes.AbsoluteSum(h, i).High, mixed.AbsoluteSum(h, i).High, hair);
                    Assert.True(mixed.SeparateSum(h, i).High >= mixed.AbsoluteSum(h, i).High - hair);
                }
            }
        }
    }

    [Fact]
    public void No_input_leaves_the_range_of_a_block_and_a_sequence_is_enclosed_tightly()
    {
        var random = new Random(43);
        for (int trial = 0; trial < 60; trial++)
        {
            ModeBank bank = Random(random, trial % 2 == 0, random.Next(1, 6), (trial % 6) switch { 0 => 1.02, 1 => 1, 2 => 0.999, _ => 0.9 });
            int steps = random.Next(1, 200);
            Interval[] ranges = [new(-1, 0.5), new(0.25, 1)];
            var images = new BankEnclosure(bank, null, ranges, steps);
            double[] v = [.. Enumerable.Range(0, 2 * steps).Select(i => random.Next(2) == 0 ? ranges[i % 2].Low : ranges[i % 2].High)];
            double[] o = ModeSeries.Readouts(bank, v, steps);
            double size = 1 + o.Max(Math.Abs);
            Interval[] enclosed = EnclosedRecurrence.Readouts(bank, [.. v.Chunk(2).Select(row => (Interval[])[row[0], row[1]])]);
            for (int i = 0; i < o.Length; i++)
            {
                // The evaluation in double is wrong by its own roundings, of which there are fewer than 20 a step.
                var own = new Interval(-1e-12 * size, 1e-12 * size);
                Assert.True((images.Of(i % bank.Readouts) + own).Contains(o[i]), $"{images.Of(i % bank.Readouts)} without {o[i]}");
                Assert.True((enclosed[i] + own).Contains(o[i]));

                // 200 steps, each wrong by 20 u of the states, which may be ten times o, carried on by powers of norm up to 1.02^255 = 156, at both ends.
                Assert.InRange(enclosed[i].Width, 0, 1e-9 * size);
            }
        }
    }

    [Fact]
    public void A_sequence_of_exact_numbers_is_enclosed_without_any_allowance()
    {
        // x(t) = t (t + 1) / 4 + (t + 1) / 4 of the Jordan block in ModeBlockTests: doubles that are exact.
        ModeBank bank = Jordan(0.5);
        Interval[] x = EnclosedRecurrence.Readouts(bank, [.. Enumerable.Range(0, 3000).Select(_ => (Interval[])[1])]);
        for (int t = 0; t < x.Length; t++)
        {
            double exact = (t + 1.0) * (t + 1) / 4;
            Assert.True(x[t].Contains(exact));

            // 3000 steps, each of which may be wrong by 5 u of 2 x, carried on by at most about t / 2.
            Assert.InRange(x[t].Width, 0, 1e-8 * exact);
        }
    }

    [Fact]
    public void What_does_not_decay_is_bounded_within_a_length_only()
    {
        ModeBank bank = Jordan(0.5);
        Assert.False(new BankEnclosure(bank, null, [new(-1, 1)], null).Of(0).IsFinite);

        // The sum of the taps is x of the constant input 1.
        Interval range = new BankEnclosure(bank, null, [new(-1, 1)], 1000).Of(0);
        Assert.InRange(range.High, 250_000, 250_000 * (1 + 1e-6));
        Assert.False(BlockPowers.Of(bank.Blocks[0], null).Decays);
    }

    [Fact]
    public void A_damped_oscillator_of_the_least_stiffness_decays_by_proof()
    {
        // The implicit oscillator M = S [[1, -dA], [d, 1]], S = 1 / (1 + d^2 A): eigenvalues of magnitude sqrt(S), whose vectors are nearly parallel.
        foreach (double a in new[] { 1.0, 1e-4, 1e-8, 1e-12 })
        {
            const double Delta = 0.5;
            double s = 1 / (1 + (Delta * Delta * a));
            var powers = BlockPowers.Of(new ModeBlock(0, 2, EquatableArray.Of(s, -Delta * a * s, Delta * s, s)), null);
            Assert.True(powers.Decays, $"{a}");

            // At the least 1 - sqrt(S) is 1.2e-13, against which some 20 roundings of 1.1e-16 count by 2 %.
            Assert.InRange(powers.Sum(null), 0.98 / (1 - Math.Sqrt(s)), 1.1 / (1 - Math.Sqrt(s)));
        }
    }

    [Fact]
    public void Powers_are_below_their_bounds()
    {
        var random = new Random(44);
        for (int trial = 0; trial < 40; trial++)
        {
            int size = random.Next(1, 7);
            ModeBlock block = Random(random, true, size, random.Between(0.5, 1.05)).Blocks[0];
            int steps = random.Next(1, 300);
            var powers = BlockPowers.Of(block, steps);
            double[] x = [.. Enumerable.Range(0, size).Select(_ => random.Between(-1, 1))], c = [.. Enumerable.Range(0, size).Select(_ => random.Between(-1, 1))];
            double bound = powers.Dual([.. c.Select(Math.Abs)]) * powers.Size([.. x.Select(Math.Abs)]);
            double sum = 0;
            for (int k = 0; k < steps; k++)
            {
                double read = Math.Abs(c.Zip(x, (a, b) => a * b).Sum());
                sum += read;

                // 300 steps round by less than 1e-12 of the size.
                Assert.InRange(read, 0, bound * powers.Growth * (1 + 1e-12));
                var next = new double[size];
                block.AddProduct(x, next);
                x = next;
            }

            Assert.InRange(sum, 0, bound * powers.Sum(steps) * (1 + 1e-12));
        }
    }

    [Fact]
    public void A_steady_response_is_what_a_constant_input_ends_at()
    {
        var random = new Random(45);
        for (int trial = 0; trial < 20; trial++)
        {
            ModeBank bank = Random(random, trial % 2 == 0, random.Next(1, 7), 0.9);
            double[] v = [.. Enumerable.Repeat((double[])[0.5, -0.25], 800).SelectMany(row => row)];
            double[] o = ModeSeries.Readouts(bank, v, 800);
            for (int h = 0; h < bank.Readouts; h++)
            {
                // 0.9^800 is below 1e-36; systems of up to 6 equations of condition below 1000 are left.
                Assert.Equal(o[(799 * bank.Readouts) + h], ChannelKernels.SteadyResponse(bank, h, [0.5, -0.25]), 1e-11 * (1 + Math.Abs(o[(799 * bank.Readouts) + h])));
            }
        }

        Assert.Contains("not proven to decay", Assert.Throws<InvalidOperationException>(() => ChannelKernels.SteadyResponse(Jordan(0.5), 0, [1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pruning_is_refused_with_the_reason()
    {
        var layer = new LayerDescription { Width = 1, Recurrence = Jordan(0.5), Decoder = DecoderFunctions.Identity };
        var operators = new OperatorDescription { Architecture = "one", Order = 1, InputWidth = 1, Layers = [layer] };
        Assert.Contains("form a block without eigenbasis", Assert.Throws<InvalidOperationException>(() => Pruner.Prune(operators, InputRange.Uniform(operators, -1, 1), 0.5, 9)).Message, StringComparison.Ordinal);
    }

    private static ModeBank Jordan(double delta) =>
        ModeBank.Shared(1, [1, 1], [1, 0.25], [0, 1], null, null, [new ModeBlock(0, 2, EquatableArray.Of(1.0, 0.0, delta, 1.0))]);

    // Two inputs; a block at the start of each group, an orthogonal matrix times the radius, and one more mode.
    private static ModeBank Random(Random random, bool shared, int size, double radius)
    {
        int groups = shared ? 1 : 2;
        ComplexNumber Number() => new(random.Between(-1, 1), random.Between(-1, 1));
        ComplexNumber[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => Number())];
        ModeBlock[] blocks = [.. Enumerable.Range(0, groups).Select(g => new ModeBlock(g * (size + 1), size, Orthogonal(random, size).Select(x => x * radius).ToEquatableArray()))];
        ComplexNumber[] eigenvalues = [.. Enumerable.Repeat(new ComplexNumber(radius * 0.75, 0), groups * (size + 1))];
        double[] skip = [0.5, -1];
        return shared ? ModeBank.Shared(2, eigenvalues, Numbers(2 * (size + 1)), Numbers(2 * (size + 1)), skip, null, blocks)
            : ModeBank.PerChannel(2, eigenvalues, Numbers(2 * (size + 1)), skip, null, blocks, Numbers(2 * (size + 1)));
    }

    // Rows that are made orthogonal one by one.
    private static double[] Orthogonal(Random random, int size)
    {
        var rows = new double[size][];
        for (int i = 0; i < size; i++)
        {
            rows[i] = [.. Enumerable.Range(0, size).Select(_ => random.Between(-1, 1))];
            for (int j = 0; j < i; j++)
            {
                double along = rows[i].Zip(rows[j], (a, b) => a * b).Sum();
                rows[i] = [.. rows[i].Zip(rows[j], (a, b) => a - (along * b))];
            }

            double length = Math.Sqrt(rows[i].Sum(x => x * x));
            rows[i] = [.. rows[i].Select(x => x / length)];
        }

        return [.. rows.SelectMany(row => row)];
    }
}
