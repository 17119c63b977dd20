using System;
using System.Linq;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>Reads the ranges of a selective layer's gates, as <see cref="GateRangeText"/> writes them.</summary>
internal sealed class GateRangeReader(JsonSource source, CalibrationNumbers numbers)
{
    /// <summary>The key of a layer.</summary>
    public const string Key = "gateRanges";

    private const double MostCounted = 1L << 53; // the integers of a double

    /// <summary>The ranges; null where there is a fault.</summary>
    /// <param name="member">The key and its object.</param>
    /// <param name="owner">Both in the words of a message.</param>
    public EquatableArray<GateRange>? Read(JsonMember member, string owner)
    {
        if (member.Value.Kind != JsonKind.Object)
        {
            source.Wrong(owner, member.Value, "an object with 'min', 'max', 'mean', 'count' and, where a gate closes completely, 'closed'");
            return null;
        }

        source.RejectUnknown(member.Value, owner, "min", "max", "mean", "count", "closed");
        double[]? min = numbers.Read(member, owner, "min");
        double[]? max = numbers.Read(member, owner, "max");
        double[]? mean = numbers.Read(member, owner, "mean");
        double[]? count = numbers.Read(member, owner, "count");
        double[]? closed = member.Value.Find("closed") is null ? new double[min?.Length ?? 0] : numbers.Read(member, owner, "closed");
        if (min is null || max is null || mean is null || count is null || closed is null)
        {
            return null;
        }

        if (new[] { max, mean, count, closed }.Any(column => column.Length != min.Length))
        {
            source.Faults.Add(FileFaults.WrongValue(
                owner,
                Invariant($"given as {CountText.Of(min.Length, "least value")}, {max.Length} greatest ones, {CountText.Of(mean.Length, "mean")}, {CountText.Of(count.Length, "count")} and {closed.Length} of closed gates"),
                "one number per gate in each",
                source.Places.Of(member)));
            return null;
        }

        var ranges = new GateRange[min.Length];
        for (int i = 0; i < ranges.Length; i++)
        {
            if (Range(min[i], max[i], mean[i], count[i], closed[i]) is not { } range)
            {
                source.Faults.Add(FileFaults.WrongValue(
                    Invariant($"Gate {i} in {owner}"),
                    Invariant($"[{NumberText.Format(min[i])}, {NumberText.Format(max[i])}] with the mean {NumberText.Format(mean[i])} of {NumberText.Format(count[i])} values and {NumberText.Format(closed[i])} where it is closed"),
                    "whole counts, at least one value, and min <= mean <= max; all three 0 where the gate is always closed",
                    source.Places.Of(member)));
                return null;
            }

            ranges[i] = range;
        }

        return new EquatableArray<GateRange>(ranges);
    }

    private static GateRange? Range(double min, double max, double mean, double count, double closed)
    {
        if (!IsCount(count) || !IsCount(closed) || count + closed < 1 || !(min <= mean && mean <= max))
        {
            return null;
        }

        GateRange range = count > 0 ? new(min, max, mean, (long)count) : GateRange.Empty;
        return count == 0 && (min != 0 || max != 0) ? null : range with { Closed = (long)closed };
    }

    private static bool IsCount(double count) => count >= 0 && count <= MostCounted && count == Math.Floor(count);
}
