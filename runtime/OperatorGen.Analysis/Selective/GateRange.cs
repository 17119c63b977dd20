using System;

namespace OperatorGen.Analysis;

/// <summary>What is kept of the values of one gate on a calibration set: step sizes, or log-gates.</summary>
/// <param name="Min">The least value; +infinity of no values.</param>
/// <param name="Max">The greatest value; -infinity of no values.</param>
/// <param name="Mean">The mean; 0 of no values.</param>
/// <param name="Count">The number of values.</param>
public readonly record struct GateRange(double Min, double Max, double Mean, long Count)
{
    /// <summary>Of no values.</summary>
    public static GateRange Empty => new(double.PositiveInfinity, double.NegativeInfinity, 0, 0);

    /// <summary>(Min + Max) / 2: the centre with the smallest radius.</summary>
    public double Midrange => Min + ((Max - Min) / 2);

    /// <summary>
    /// (Max - Min) / |Max + Min|, the radius about the midrange as a part of it. Of step sizes (Max - Min) / (Max + Min); of log-gates, which are negative, the same
    /// of their magnitudes. 0 of a constant gate; at least 1, and infinite at most, where the gates have both signs.
    /// </summary>
    public double Rho => Max <= Min ? 0 : (Max - Min) / Math.Abs(Max + Min);

    /// <summary>The greatest distance of a value from a centre; 0 of no values.</summary>
    /// <param name="centre">The centre.</param>
    public double Radius(double centre) => Count == 0 ? 0 : Math.Max(Max - centre, centre - Min);

    /// <summary>Of the values of both.</summary>
    /// <param name="other">The range of further values.</param>
    public GateRange Merge(GateRange other)
    {
        long count = Count + other.Count;
        double mean = count == 0 ? 0 : Mean + ((other.Mean - Mean) * ((double)other.Count / count));
        return new(Math.Min(Min, other.Min), Math.Max(Max, other.Max), mean, count);
    }
}
