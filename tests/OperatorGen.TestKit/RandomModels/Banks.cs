using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>Small banks of modes with random numbers of order 1 and |lambda| below 0.95.</summary>
public static class Banks
{
    /// <summary>Three channels of two modes each, two readouts per channel.</summary>
    public static ModeBank PerChannel(int seed, ModeTiming[]? timings = null)
    {
        var random = new Random(seed);
        return ModeBank.PerChannel(3, Eigenvalues(random, 6), Numbers(random, 12), Reals(random, 6), timings);
    }

    /// <summary>Four modes, driven by three inputs and read by three readouts.</summary>
    public static ModeBank Shared(int seed, ModeTiming[]? timings = null)
    {
        var random = new Random(seed);
        return ModeBank.Shared(3, Eigenvalues(random, 4), Numbers(random, 12), Numbers(random, 12), Reals(random, 3), timings);
    }

    /// <summary>As <see cref="PerChannel"/>, without a skip.</summary>
    public static ModeBank PerChannelWithoutSkip(int seed)
    {
        var random = new Random(seed);
        return ModeBank.PerChannel(3, Eigenvalues(random, 6), Numbers(random, 12), null);
    }

    /// <summary>As <see cref="Shared"/>, without a skip.</summary>
    public static ModeBank SharedWithoutSkip(int seed)
    {
        var random = new Random(seed);
        return ModeBank.Shared(3, Eigenvalues(random, 4), Numbers(random, 12), Numbers(random, 12), null);
    }

    /// <summary>Both, with the same seed.</summary>
    public static ModeBank[] Both(int seed) => [PerChannel(seed), Shared(seed)];

    /// <summary>
    /// The same readouts from real blocks: a mode lambda, b, c is one of two components, <c>T = [[Re lambda, -Im lambda], [Im lambda, Re lambda]]</c>, driven by Re b
    /// and Im b and read by Re c and -Im c. Every other mode stays as it is, with a component beside it that nobody reads.
    /// </summary>
    public static ModeBank InBlocks(this ModeBank bank)
    {
        int modes = bank.ModeCount;
        var eigenvalues = new ComplexNumber[2 * modes];
        var timings = new ModeTiming[2 * modes];
        var drive = new ComplexNumber[2 * modes * (bank.IsShared ? bank.Inputs : 1)];
        var reads = new ComplexNumber[2 * bank.Readouts * bank.WavesPerReadout];
        ModeBlock[] blocks = [.. Enumerable.Range(0, modes).Where(m => m % 2 == 0).Select(m => (m, bank.Eigenvalue(m))).Select(mode => new ModeBlock(
            2 * mode.m, 2, EquatableArray.Of(mode.Item2.Re, -mode.Item2.Im, mode.Item2.Im, mode.Item2.Re)))];
        for (int m = 0; m < modes; m++)
        {
            ComplexNumber lambda = bank.Eigenvalue(m);
            (eigenvalues[2 * m], eigenvalues[(2 * m) + 1]) = (lambda, m % 2 == 0 ? lambda.Conjugate() : 0.5);
            (timings[2 * m], timings[(2 * m) + 1]) = (bank.Timing(m), bank.Timing(m));
            for (int i = 0; i < (bank.IsShared ? bank.Inputs : 1); i++)
            {
                ComplexNumber b = bank.Drive(m, bank.IsShared ? i : bank.GroupOf(m));
                int width = bank.IsShared ? bank.Inputs : 1;
                (drive[(2 * m * width) + i], drive[(((2 * m) + 1) * width) + i]) = m % 2 == 0 ? ((ComplexNumber)b.Re, (ComplexNumber)b.Im) : (b, ComplexNumber.Zero);
            }

            foreach (int h in bank.ReadoutsOf(bank.GroupOf(m)))
            {
                int n = m % bank.WavesPerReadout;
                ComplexNumber c = bank[h, n].Weight;
                int place = 2 * ((h * bank.WavesPerReadout) + n);
                (reads[place], reads[place + 1]) = m % 2 == 0 ? ((ComplexNumber)c.Re, (ComplexNumber)(-c.Im)) : (c, ComplexNumber.Zero);
            }
        }

        double[]? skip = bank.HasSkip ? [.. Enumerable.Range(0, bank.Readouts).Select(bank.Skip)] : null;
        return bank.IsShared ? ModeBank.Shared(bank.Inputs, eigenvalues, drive, reads, skip, timings, blocks) : ModeBank.PerChannel(bank.Inputs, eigenvalues, reads, skip, timings, blocks, drive);
    }

    /// <summary>The same bank with other read weights, [readout, wave].</summary>
    public static ModeBank WithReads(this ModeBank bank, ComplexNumber[] reads)
    {
        ComplexNumber[] eigenvalues = [.. Enumerable.Range(0, bank.ModeCount).Select(bank.Eigenvalue)];
        ModeTiming[] timings = [.. Enumerable.Range(0, bank.ModeCount).Select(bank.Timing)];
        double[]? skip = bank.HasSkip ? [.. Enumerable.Range(0, bank.Readouts).Select(bank.Skip)] : null;
        return bank.IsShared
            ? ModeBank.Shared(bank.Inputs, eigenvalues, [.. Enumerable.Range(0, bank.ModeCount * bank.Inputs).Select(k => bank.Drive(k / bank.Inputs, k % bank.Inputs))], reads, skip, timings)
            : ModeBank.PerChannel(bank.Inputs, eigenvalues, reads, skip, timings);
    }

    /// <summary>All directions and delays in turn.</summary>
    public static ModeTiming[] Timings(int count) => [.. Enumerable.Range(0, count).Select(m => new ModeTiming(m % 2 == 1, m / 2 % 2))];

    /// <summary>Numbers between -1 and 1.</summary>
    public static double[] Reals(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];

    private static ComplexNumber[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => new ComplexNumber((2 * random.NextDouble()) - 1, (2 * random.NextDouble()) - 1))];

    private static ComplexNumber[] Eigenvalues(Random random, int count) => [.. Numbers(random, count).Select(z => 0.95 * z / Math.Max(1, z.Magnitude))];
}
