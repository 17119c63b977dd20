using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Analysis.Tests.Recurrences;

/// <summary>What a weighted sum of readouts listens to.</summary>
public sealed class TransposedSeriesTests
{
    private const int Steps = 13;

    [Fact]
    public void An_impulse_of_every_sample_gives_its_weight()
    {
        foreach (ModeBank bank in All())
        {
            var random = new Random(3);
            double[] weights = [.. Enumerable.Range(0, Steps * bank.Readouts).Select(_ => random.NextDouble() - 0.5)];
            double[] a = TransposedSeries.Of(bank, weights, Steps);
            Assert.Equal(Steps * bank.Inputs, a.Length);
            for (int i = 0; i < a.Length; i++)
            {
                var impulse = new double[a.Length];
                impulse[i] = 1;
                double[] o = ModeSeries.Readouts(bank, impulse, Steps);

                // Both are sums of some hundred products of numbers of order 1.
                Assert.Equal(o.Zip(weights, (x, p) => x * p).Sum(), a[i], 1e-13);
            }
        }
    }

    private static IEnumerable<ModeBank> All()
    {
        foreach (ModeTiming timing in new[] { ModeTiming.Causal, new(false, 1), new(true, 0), new(true, 1) })
        {
            ModeBank[] plain = [Banks.PerChannel(1, [.. Enumerable.Repeat(timing, 6)]), Banks.Shared(2, [.. Enumerable.Repeat(timing, 4)])];
            foreach (ModeBank bank in plain)
            {
                yield return bank;
                yield return bank.InBlocks();
            }
        }

        yield return Banks.PerChannelWithoutSkip(4);
        yield return Banks.SharedWithoutSkip(5);
    }
}
