using System;

namespace OperatorGen.Symbolics;

/// <summary>What is kept of the values of one gate on a calibration set: step sizes, or log-gates.</summary>
/// <param name="Min">The least value; +infinity of no values.</param>
/// <param name="Max">The greatest value; -infinity of no values.</param>
/// <param name="Mean">The mean; 0 of no values.</param>
/// <param name="Count">The number of values.</param>
public readonly record struct GateRange(double Min, double Max, double Mean, long Count)
{
    /// <summary>Of no values.</summary>
    public static GateRange Empty => new(double.PositiveInfinity, double.NegativeInfinity, 0, 0);

    /// <summary>
    /// How many further values were -infinity: log-gates of a gate that closed completely, e^g = 0. They enter neither <see cref="Min"/>, <see cref="Max"/>, <see cref="Mean"/> nor <see cref="Count"/>.
    /// </summary>
    public long Closed { get; init; }

    /// <summary>Whether the gate was closed at all times: a constant gate of 0.</summary>
    public bool AlwaysCloses => Count == 0 && Closed > 0;

    /// <summary>The mean as the centre of an expansion; -infinity of a gate that was closed at all times.</summary>
    public double MeanCentre => AlwaysCloses ? double.NegativeInfinity : Mean;

    /// <summary>(Min + Max) / 2: the centre with the smallest radius; 0 of no values, -infinity of a gate that was closed at all times.</summary>
    public double Midrange => AlwaysCloses ? double.NegativeInfinity : Count == 0 ? 0 : Min + ((Max - Min) / 2);

    /// <summary>
    /// (Max - Min) / |Max + Min|, the radius about the midrange as a part of it. Of step sizes (Max - Min) / (Max + Min); of log-gates, which are negative, the same
    /// of their magnitudes. 0 of a constant gate; at least 1, and infinite at most, where the gates have both signs; infinite where the gate closes completely at some times only.
    /// </summary>
    public double Rho => AlwaysCloses ? 0 : Closed > 0 ? double.PositiveInfinity : Max <= Min ? 0 : (Max - Min) / Math.Abs(Max + Min);

    /// <summary>The greatest distance of a value from a centre; 0 of no values, infinite where the gate closes completely, unless it always does and that is the centre.</summary>
    /// <param name="centre">The centre.</param>
    public double Radius(double centre) => AlwaysCloses && centre == MeanCentre ? 0 : Closed > 0 ? double.PositiveInfinity : Count == 0 ? 0 : Math.Max(Max - centre, centre - Min);

    /// <summary>Of the values of both.</summary>
    /// <param name="other">The range of further values.</param>
    public GateRange Merge(GateRange other)
    {
        long count = Count + other.Count;
        double min = Math.Min(Min, other.Min), max = Math.Max(Max, other.Max);

        // A rounding must not lead out of the range.
        double mean = count == 0 ? 0 : Math.Min(Math.Max(Mean + ((other.Mean - Mean) * ((double)other.Count / count)), min), max);
        return new(min, max, mean, count) { Closed = Closed + other.Closed };
    }
}
