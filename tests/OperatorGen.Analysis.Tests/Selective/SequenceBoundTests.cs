using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Analysis.Tests.Selective;

/// <summary>The bound for a given sequence: between the error and the bound for every input.</summary>
public sealed class SequenceBoundTests
{
    [Fact]
    public void Of_mild_gates_it_is_within_a_factor_of_2_of_the_error()
    {
        GateSequence mild = GateSequence.Mild();
        double[] errors = mild.LargestErrors(0.1, 4), bounds = mild.LargestBounds(0.1, 4);
        for (int k = 0; k < errors.Length; k++)
        {
            // The error is that of doubles: 1e-15.
            Assert.InRange(bounds[k], errors[k] - 1e-15, 2 * errors[k]);
        }
    }

    [Fact]
    public void Of_wild_gates_it_says_that_the_expansion_fails()
    {
        GateSequence wild = GateSequence.Wild();
        foreach (double centre in new[] { wild.Range.Mean, wild.Range.Midrange })
        {
            double[] errors = wild.LargestErrors(centre, 8), bounds = wild.LargestBounds(centre, 8);
            for (int k = 0; k < errors.Length; k++)
            {
                Assert.InRange(bounds[k], errors[k] * (1 - 1e-9), 2 * errors[k]);
            }
        }

        Assert.InRange(wild.Range.Rho, 0.99, 1);
        Assert.All(MeanGateBounds.OfRange(new MeanGate(-16, wild.Range.Mean), wild.Range, 1, 2, null), bound => Assert.Equal(double.PositiveInfinity, bound));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_is_above_the_error_and_below_the_bound_for_every_input(int kind)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            GateSequence sequence = GateSequence.Random(seed, kind);
            foreach (double centre in new[] { sequence.Range.Mean, sequence.Range.Midrange, 0.9 * sequence.Range.Max })
            {
                var gate = new MeanGate(sequence.Rate, centre);
                double[][] errors = sequence.Errors(centre, 6);
                double[] every = MeanGateBounds.OfRange(gate, sequence.Range, sequence.Largest, 6, sequence.Steps);
                SequenceBound bound = sequence.Bound(centre);
                double[] largest = sequence.LargestBounds(centre, 6), bounds = new double[7];
                for (int t = 0; t < sequence.Steps; t++)
                {
                    bound.At(t, bounds);
                    for (int k = 0; k <= 6; k++)
                    {
                        // States below 50 that forget within some 50 steps, of roundings of 7 terms each: 50 * 50 * 7 * 2^-53 = 2e-12.
                        Assert.InRange(errors[t][k], 0, bounds[k] + 2e-12);
                        Assert.InRange(bounds[k], 0, largest[k]);
                    }
                }

                // Both sums are rounded up, by 2^-29 at most.
                Assert.All(largest.Zip(every), pair => Assert.InRange(pair.First, 0, pair.Second * (1 + 4e-9)));
            }
        }
    }

    [Fact]
    public void It_is_the_sum_that_is_written_out()
    {
        GateSequence sequence = GateSequence.Random(7, 0, 900);
        double centre = sequence.Range.Mean, decay = -sequence.Rate.Re * centre;
        var gate = new MeanGate(sequence.Rate, centre);
        var bound = new SequenceBound(gate, sequence.Gates, sequence.Magnitudes, 3);
        var actual = new double[3];
        foreach (int time in new[] { 0, 1, 20, 899 })
        {
            bound.At(time, actual);
            var expected = new double[3];
            double w = 0;
            for (int source = time; source >= 0; source--)
            {
                w += sequence.Rate.Re * (sequence.Gates[source] - centre);
                double size = source == 0 ? 3 : sequence.Magnitudes[source - 1];
                double scale = size * Math.Exp(-decay * (time + 1 - source));
                expected[0] += scale * Math.Abs(Math.Exp(w) - 1);
                expected[1] += scale * Math.Abs(Math.Exp(w) - 1 - w);
                expected[2] += scale * Math.Abs(Math.Exp(w) - 1 - w - (w * w / 2));
            }

            // What is closed, and the roundings, are 2^-29; the differences written out lose 900 times 2^-52 of states of order 1 and more.
            Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - 1e-12, (pair.First * (1 + 4e-9)) + 1e-12));
        }
    }

    [Fact]
    public void An_order_has_a_place_and_a_gate_an_input()
    {
        Assert.Throws<ArgumentException>(() => new SequenceBound(MeanGate.OfLogGate(-1), [-1, -1], [1], 0));
        var bound = new SequenceBound(MeanGate.OfLogGate(-1), [-1], [1], 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => bound.At(0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => bound.Largest(new double[66]));
    }
}
