using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace OperatorGen.Benchmarks.Report;

/// <summary>Times contenders in turn, so that what else the machine does hits all of them.</summary>
internal static class RoundRobin
{
    /// <summary>
    /// One turn of a fast contender lasts this long: far more than reading the clock takes, and less than the slice of time after which a scheduler lets another process run, so that the
    /// median is of turns that nothing interrupted.
    /// </summary>
    private const double TurnSeconds = 0.001;

    /// <summary>The median seconds of one run of each contender.</summary>
    /// <param name="contenders">Who takes turns, in this order.</param>
    /// <param name="seconds">About how long all of it lasts. A contender that has used its part sits out, but each has three turns; with 0 each has one run after one to warm up.</param>
    public static double[] Medians(IReadOnlyList<Contender> contenders, double seconds)
    {
        double part = seconds / contenders.Count;
        int[] counts = [.. contenders.Select(contender => WarmUp(contender, part / 4))];
        List<double>[] times = [.. contenders.Select(_ => new List<double>())];
        var spent = new double[contenders.Count];
        int least = seconds > 0 ? 3 : 1;
        bool Waits(int i) => times[i].Count < least || spent[i] < part;
        while (Enumerable.Range(0, contenders.Count).Any(Waits))
        {
            foreach (int i in Enumerable.Range(0, contenders.Count).Where(Waits))
            {
                times[i].Add(Turn(contenders[i], counts[i], out double taken));
                spent[i] += taken;
            }
        }

        return Array.ConvertAll(times, each => each.Order().ElementAt(each.Count / 2));
    }

    /// <summary>Runs a contender until the JIT is done with it, or the time is over.</summary>
    /// <returns>How many runs make one turn.</returns>
    private static int WarmUp(Contender contender, double seconds)
    {
        double fastest = double.PositiveInfinity;
        int Count(int most) => seconds > 0 ? (int)Math.Clamp(TurnSeconds / fastest, 1, most) : 1;
        long start = Stopwatch.GetTimestamp();
        do
        {
            int count = Count(100);
            Turn(contender, count, out double taken);
            fastest = Math.Min(fastest, taken / count);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
        return Count(1_000_000);
    }

    /// <summary>What a contender says of its time, which may be a part of what is taken.</summary>
    private static double Turn(Contender contender, int count, out double taken)
    {
        long start = Stopwatch.GetTimestamp();
        double said = contender.Seconds(count);
        taken = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return said;
    }
}
