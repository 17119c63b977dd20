using System;
using System.Collections.Generic;

namespace OperatorGen;

/// <summary>
/// Looks for stop strings in a text that comes in pieces, as if it came character by character: the first that is complete ends the text, of two that end at the
/// same character the longer one. What may still become a stop string is held back.
/// </summary>
internal sealed class StopText(IReadOnlyList<string> stops)
{
    private string _held = "";

    /// <summary>Whether a stop string was found.</summary>
    public bool Found { get; private set; }

    /// <summary>Takes a piece; gives what can be given out, which ends before a stop string.</summary>
    public string Append(string piece)
    {
        string all = _held + piece;
        (int start, int end) = (all.Length, int.MaxValue);
        int kept = 0;
        foreach (string stop in stops)
        {
            int at = all.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && (at + stop.Length < end || (at + stop.Length == end && at < start)))
            {
                (start, end) = (at, at + stop.Length);
            }

            kept = Math.Max(kept, Begun(all, stop));
        }

        Found = end != int.MaxValue;
        start = Found ? start : all.Length - kept;
        _held = Found ? "" : all[start..];
        return all[..start];
    }

    /// <summary>What was held back, at the end of the text.</summary>
    public string Flush()
    {
        string held = _held;
        _held = "";
        return held;
    }

    /// <summary>The length of the longest end of the text that a stop string begins with and goes on from.</summary>
    private static int Begun(string text, string stop)
    {
        for (int length = Math.Min(text.Length, stop.Length - 1); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
            {
                return length;
            }
        }

        return 0;
    }
}
