using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// What a kernel can make of an input of a range. The sequence starts from the state 0, so that o(t) = sum over tau &lt;= t of K(tau) v(t - tau), and every v(s) may
/// take any value of [l, h] independently of the others. The extremes over all inputs are therefore exactly
/// <code>
/// max o(t) = K+(t) h - K-(t) l,   min o(t) = K+(t) l - K-(t) h
/// </code>
/// with K+(t) and K-(t) the sums of the positive and of the negative taps up to t, signs dropped. Over all t, their hull. Taps are enumerated until what is
/// left (sum over n of |weight_n| |lambda_n|^N / (1 - |lambda_n|); of a block |c| |T^N b| times a proven sum of its powers) is below 2^-50 of the sum, which is
/// then added on both sides.
/// </summary>
public static class KernelEnclosure
{
    private const double Negligible = 1.0 / (1L << 50);
    private const int TapsBetweenTails = 64;
    private const int GreatestTaps = 1 << 20;

    /// <summary>Whether it is proven that a mode decays: |lambda| is below 1, its rounding counted.</summary>
    /// <param name="eigenvalue">lambda.</param>
    public static bool Decays(ComplexNumber eigenvalue) => KernelRun.MagnitudeOf(eigenvalue).High < 1;

    /// <summary>Contains o(t) for all t and all inputs, whatever the channel's modes; a hair wider than the extremes.</summary>
    /// <param name="waves">The waves of the channel, in any number.</param>
    /// <param name="skip">D.</param>
    /// <param name="v">The range of the channel's input.</param>
    /// <param name="maxLength">The greatest length of a sequence; null: any.</param>
    /// <returns>The real line where a wave does not decay and the length is not limited.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1.</exception>
    public static Interval Image(IReadOnlyList<Wave> waves, double skip, Interval v, int? maxLength) => Image([new Kernel(waves, skip, v)], maxLength);

    /// <summary>Contains the sum of what several kernels make of independent inputs: the extremes of all of them at the same step.</summary>
    /// <param name="kernels">The kernels with the ranges of their inputs.</param>
    /// <param name="maxLength">The greatest length of a sequence; null: any.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1.</exception>
    internal static Interval Image(IReadOnlyList<Kernel> kernels, int? maxLength)
    {
        if (maxLength < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(maxLength), "A sequence has at least one step.");
        }

        Kernel[] heard = [.. kernels.Where(kernel => kernel.Range is not { Low: 0, High: 0 })];
        IEnumerator<Prefix>[] runs = [.. heard.Select(kernel => Prefixes(kernel.Waves, kernel.Blocks, kernel.Skip, maxLength).GetEnumerator())];
        var prefixes = new Prefix[heard.Length];

        // Where 0 is a value of every input the extremes grow with t, and the last step has them.
        bool grows = heard.All(kernel => kernel.Range.Contains(0.0));
        Interval? hull = null;
        for (bool running = heard.Length > 0; running;)
        {
            running = false;
            for (int k = 0; k < runs.Length; k++)
            {
                // A kernel that has ended has its tail in its last prefix, which then holds for all later steps.
                bool more = runs[k].MoveNext();
                prefixes[k] = more ? runs[k].Current : prefixes[k];
                running |= more;
            }

            if (!grows && running)
            {
                Interval extremes = Extremes(prefixes, heard);
                hull = hull?.Hull(extremes) ?? extremes;
            }
        }

        Interval slack = default;
        foreach (Kernel kernel in heard)
        {
            slack += LayerError.PlusMinus(kernel.Slack) * kernel.Range;
        }

        return (hull ?? Extremes(prefixes, heard)) + slack;
    }

    /// <summary>Contains the sum of |K(tau)| over all taps.</summary>
    /// <param name="waves">The waves of the channel, in any number.</param>
    /// <param name="skip">D.</param>
    /// <param name="maxLength">The greatest length of a sequence; null: any.</param>
    public static Interval AbsoluteSum(IReadOnlyList<Wave> waves, double skip, int? maxLength) => AbsoluteSum(new Kernel(waves, skip, 1), maxLength);

    /// <summary>Contains the sum of |K(tau)| over all taps of a kernel as it is, its slack not counted.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="maxLength">The greatest length of a sequence; null: any.</param>
    internal static Interval AbsoluteSum(in Kernel kernel, int? maxLength)
    {
        Prefix last = default;
        foreach (Prefix prefix in Prefixes(kernel.Waves, kernel.Blocks, kernel.Skip, maxLength))
        {
            last = prefix;
        }

        return last.Positive + last.Negative;
    }

    private static Interval Extremes(Prefix[] prefixes, Kernel[] kernels)
    {
        Interval sum = default;
        for (int k = 0; k < kernels.Length; k++)
        {
            sum += prefixes[k].Extremes(kernels[k].Range);
        }

        return sum;
    }

    private static IEnumerable<Prefix> Prefixes(IReadOnlyList<Wave> waves, IReadOnlyList<BlockKernel> blocks, Interval skip, int? maxLength)
    {
        var run = new KernelRun(waves, blocks);
        Prefix sums = default;
        if (run.IsEmpty)
        {
            yield return sums.With(skip);
            yield break;
        }

        if (maxLength is null && double.IsInfinity(run.Tail(null)))
        {
            yield return new Prefix(new Interval(0, double.PositiveInfinity), new Interval(0, double.PositiveInfinity));
            yield break;
        }

        int end = Math.Min(maxLength ?? int.MaxValue, GreatestTaps);
        while (run.Tap < end)
        {
            sums = sums.With(run.Tap == 0 ? run.Next() + skip : run.Next());
            yield return sums;
            if (run.Tap % TapsBetweenTails == 0 && run.Tail(null) <= Negligible * (sums.Positive.Low + sums.Negative.Low))
            {
                break;
            }
        }

        if (run.Tap != maxLength)
        {
            double tail = run.Tail(maxLength - run.Tap);
            yield return sums.WithTail(tail);
        }
    }

    /// <summary>K+ and K- up to some tap.</summary>
    private readonly record struct Prefix(Interval Positive, Interval Negative)
    {
        public Prefix With(Interval tap) => new(
            Positive + new Interval(Math.Max(tap.Low, 0), Math.Max(tap.High, 0)),
            Negative + new Interval(Math.Max(-tap.High, 0), Math.Max(-tap.Low, 0)));

        // The positive and the negative taps of the tail share its sum; either may have all of it.
        public Prefix WithTail(double tail) => new(Positive + new Interval(0, tail), Negative + new Interval(0, tail));

        public Interval Extremes(Interval v) => (Positive * v) - (Negative * v);
    }
}

/// <summary>A kernel and the range of its input.</summary>
/// <param name="Waves">The waves of the kernel, in any number.</param>
/// <param name="Skip">Contains what is added to the tap 0.</param>
/// <param name="Range">The input.</param>
/// <param name="Slack">At least what the sum of |taps| differs by from that of the waves as they are.</param>
internal readonly record struct Kernel(IReadOnlyList<Wave> Waves, Interval Skip, Interval Range, double Slack = 0)
{
    private readonly IReadOnlyList<BlockKernel>? _blocks;

    /// <summary>What comes from blocks of modes.</summary>
    public IReadOnlyList<BlockKernel> Blocks
    {
        get => _blocks ?? [];
        init => _blocks = value;
    }
}
