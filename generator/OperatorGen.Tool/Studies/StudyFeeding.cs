using System;
using System.Diagnostics;
using OperatorGen.Models;

namespace OperatorGen.Tool.Studies;

/// <summary>Goes through the sequences of a study on all cores.</summary>
internal static class StudyFeeding
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    /// <summary>Feeds every sequence; after the first one a remark says how long it will take, where that is long.</summary>
    /// <param name="terminal">Where progress and remark go.</param>
    /// <param name="sequences">The number of sequences.</param>
    /// <param name="through">What they go through.</param>
    /// <param name="instead">What can be done instead where it takes long.</param>
    /// <param name="feed">Feeds one.</param>
    public static void Run(Terminal terminal, int sequences, string through, string instead, Action<int> feed) => terminal.Track("study", sequences, advance =>
    {
        var clock = Stopwatch.StartNew();
        feed(0);
        advance();
        TimeSpan time = clock.Elapsed * (sequences - 1) / Environment.ProcessorCount;

        // So that nobody waits who did not want to.
        if (time > s_long)
        {
            terminal.Error.WriteLine($"{CountText.Of(sequences, "sequence")} through {through}: about {CountText.Of((long)Math.Ceiling(time.TotalMinutes), "minute")}; {instead}.");
        }

        Fold.InParallel(sequences - 1, i =>
        {
            feed(i + 1);
            advance();
        });
    });
}
