using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Analysis.Tests.Selective;

/// <summary>The bound for every input against sums that are written out, and against its closed form.</summary>
public sealed class MeanGateBoundsTests
{
    private static readonly (double Decay, double Deviation)[] Gates =
        [(0.1, 0.09), (0.1, 0.0999), (1, 0.5), (1, 0.001), (16, 15.5), (30, 1), (0.003, 0.0029), (0.002, 0.0001)];

    [Fact]
    public void Mild_gates_have_the_bounds_of_the_documents()
    {
        GateSequence mild = GateSequence.Mild();
        double[] stated = [16.64, 14.94, 13.41, 12.04, 10.80];

        // The stated values are cut after two digits, not rounded.
        double[] bounds = MeanGateBounds.OfRange(new MeanGate(-1, 0.1), new GateRange(0.01, 0.19, 0.1, 400), mild.Largest, 4, 400);
        Assert.All(stated.Zip(bounds), pair => Assert.Equal(pair.First, pair.Second - 0.005, 0.0055));
    }

    [Fact]
    public void It_is_the_sum_of_the_Poisson_tails()
    {
        foreach ((double decay, double deviation) in Gates)
        {
            foreach (int lags in new[] { 1, 2, 40, 256, 257, 5000 })
            {
                double[] expected = Direct(decay, deviation, lags), actual = Bounds(decay, deviation, lags);
                for (int k = 0; k < expected.Length; k++)
                {
                    // From above, but for what the sum that is written out loses. The excess of blocks is as documented; of a closed sum 2^-29.
                    double excess = lags <= 256 ? 0 : Math.Pow(1 + (1 / 256.0), k + 1) - 1;
                    Assert.InRange(actual[k], expected[k] * (1 - 4e-11), (expected[k] * (1 + excess + 4e-9)) + 1e-300);
                }
            }
        }
    }

    [Fact]
    public void At_any_length_it_falls_as_the_powers_of_the_ratio()
    {
        foreach ((double decay, double deviation) in Gates)
        {
            double ratio = deviation / decay;
            double[] endless = Bounds(decay, deviation, null), finite = Bounds(decay, deviation, 5000);
            for (int k = 0; k < endless.Length; k++)
            {
                // docs/selective.md proves it for the sum without blocks.
                double closed = Math.Pow(ratio, k + 1) / (1 - ratio) / Math.Tanh(decay / 2) / 2;
                Assert.InRange(endless[k], finite[k] * (1 - 4e-9), closed * Math.Pow(1 + (1 / 256.0), k + 1) * (1 + 4e-9));
                if (decay <= 1)
                {
                    // For slow waves the closed form is sharp: with C = M/2 coth(M/2), at most 1.082, the sum is at least (2 - C) / C of it.
                    Assert.InRange(endless[k], closed * 0.84, double.MaxValue);
                }
            }
        }
    }

    [Fact]
    public void Where_the_deviation_reaches_the_decay_it_is_infinite_at_any_length_and_true_at_a_finite_one()
    {
        foreach (double deviation in new[] { 0.5, 0.7 })
        {
            Assert.All(Bounds(0.5, deviation, null), bound => Assert.Equal(double.PositiveInfinity, bound));
            double[] expected = Direct(0.5, deviation, 200), actual = Bounds(0.5, deviation, 200);
            Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First * (1 - 4e-11), pair.First * (1 + 4e-9)));
        }

        // Beyond the greatest double.
        Assert.All(Bounds(0.5, 2, 1000), bound => Assert.Equal(double.PositiveInfinity, bound));
    }

    [Fact]
    public void The_largest_log_gate_is_at_the_end_of_the_range_where_states_decay_least()
    {
        var range = new GateRange(-0.25, 0.75, 0.5, 4);
        Assert.Equal(0.75, MeanGate.OfLogGate(0.5).LargestLogGate(range));
        Assert.Equal(0.5, new MeanGate(new ComplexNumber(-2, 3), 0.5).LargestLogGate(range));
        Assert.Equal(double.NegativeInfinity, MeanGate.OfLogGate(0).LargestLogGate(GateRange.Empty));
    }

    [Fact]
    public void Gates_that_are_constant_leave_nothing_out()
    {
        var range = new GateRange(0.3, 0.3, 0.3, 4);
        Assert.All(MeanGateBounds.OfRange(new MeanGate(-1, 0.3), range, 5, 3, null), bound => Assert.Equal(0, bound));
        Assert.All(MeanGateBounds.OfRange(new MeanGate(-1, 0.3), new GateRange(0.2, 0.4, 0.3, 4), 5, 3, 1), bound => Assert.Equal(0, bound));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanGateBounds.OfRange(new MeanGate(-1, 0.3), range, 5, -1, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanGateBounds.OfRange(new MeanGate(-1, 0.3), range, 5, 65, null));
    }

    private static double[] Bounds(double decay, double deviation, long? lags) =>
        MeanGateBounds.OfRange(MeanGate.OfLogGate(-decay), new GateRange(-decay - deviation, -decay + deviation, -decay, 1), 1, 8, lags);

    // sum_tau e^(-M tau) sum_(j > k) (d tau)^j / j!: every term is positive and the exponential of its logarithm, which is below 10^4 and so wrong by 1e-12.
    private static double[] Direct(double decay, double deviation, int lags)
    {
        var sums = new double[9];
        for (int lag = 1; lag < lags && (decay - deviation) * lag < 100; lag++)
        {
            double x = deviation * lag, factorial = 0, tail = 0;
            double[] terms = new double[(int)(x + (12 * Math.Sqrt(x)) + 40)];
            for (int j = 0; j < terms.Length; j++)
            {
                factorial += j == 0 ? 0 : Math.Log(j);
                terms[j] = Math.Exp((j * Math.Log(x)) - factorial - (decay * lag));
            }

            for (int j = terms.Length - 1; j > 0; j--)
            {
                tail += terms[j];
                if (j <= sums.Length)
                {
                    sums[j - 1] += tail;
                }
            }
        }

        return sums;
    }
}
