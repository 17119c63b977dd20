using System;
using System.Diagnostics;

namespace OperatorGen.Benchmarks.Report;

/// <summary>What is timed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">Does the work a number of times, and gives the seconds that it took each time.</param>
internal sealed record Contender(string Name, Func<int, double> Seconds)
{
    /// <summary>Work of this process.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="work">The work.</param>
    /// <param name="share">The part of the time of <paramref name="work"/> that is asked for.</param>
    public static Contender Of(string name, Action work, double share = 1) => new(name, count =>
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / count * share;
    });
}
