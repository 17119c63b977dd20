using System;
using System.Collections.Generic;
using System.Linq;
using TokenSelections.Construction;

namespace TokenSelections;

/// <summary>A string to copy: start, the string, stop, and blanks under which it is to be written again.</summary>
/// <param name="Tokens">All tokens.</param>
/// <param name="First">The step of the first token that is asked for.</param>
/// <param name="Expected">The string.</param>
internal sealed record CopyTask(int[] Tokens, int First, int[] Expected)
{
    /// <summary>Random strings of every length from 1 to a greatest one, so many of each.</summary>
    public static IEnumerable<CopyTask> OfAllLengths(int seed, int longest, int strings) =>
        Random(seed, [.. Enumerable.Range(1, longest).SelectMany(length => Enumerable.Repeat(length, strings))]);

    /// <summary>Random strings of one length.</summary>
    public static IEnumerable<CopyTask> OfLength(int seed, int length, int strings) => Random(seed, [.. Enumerable.Repeat(length, strings)]);

    private static IEnumerable<CopyTask> Random(int seed, int[] lengths)
    {
        var random = new Random(seed);
        foreach (int length in lengths)
        {
            int[] codes = [.. Enumerable.Range(0, length).Select(_ => random.Next(CopyModels.Codes))];
            yield return new CopyTask([CopyModels.Start, .. codes, CopyModels.Stop, .. Enumerable.Repeat(CopyModels.Blank, length)], length + 2, codes);
        }
    }
}

/// <summary>How many tokens were right, and how far the copied code was off at most.</summary>
/// <param name="Right">Right ones.</param>
/// <param name="All">All.</param>
/// <param name="Error">The largest distance; not-a-number where there is no code but scores alone.</param>
internal readonly record struct CopyResult(int Right, int All, double Error)
{
    /// <summary>The share that is right, in percent.</summary>
    public double Percent => 100.0 * Right / All;
}
