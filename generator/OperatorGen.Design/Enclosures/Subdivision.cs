using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>
/// The range of a function by halving pieces of its domain, level by level. The samples prove how far the range extends at least; a piece whose enclosure goes
/// beyond that by more than the tolerance is halved. Pieces that cannot become much better, because they go beyond by no more than twice what rounding leaves
/// open at a single point, and those that are left when the work is at its limit count as they are: the result contains the range in any case.
/// </summary>
internal static class Subdivision
{
    /// <summary>How much of the greatest magnitude may be added to it.</summary>
    public const double MagnitudeTolerance = 0.02;

    /// <summary>How much of its width may be added to a range at either end.</summary>
    public const double RangeTolerance = 0.01;

    /// <summary>The number of pieces at which subdivision ends unless told.</summary>
    public const int PieceLimit = 4096;

    /// <summary>An interval that contains all values.</summary>
    /// <param name="onPiece">The enclosure on a piece.</param>
    /// <param name="start">The first pieces, which cover the domain.</param>
    /// <param name="limit">How many pieces are enclosed at most, beyond the first ones.</param>
    /// <param name="magnitude">True where only the greatest magnitude of the result counts.</param>
    public static Interval Range(Func<Interval, PieceRange> onPiece, IReadOnlyList<Interval> start, int limit, bool magnitude)
    {
        var pieces = new List<Interval>(start);
        var ranges = new List<PieceRange>();
        Interval? finished = null;
        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        while (pieces.Count > 0)
        {
            ranges.Clear();
            foreach (Interval piece in pieces)
            {
                PieceRange range = onPiece(piece);
                ranges.Add(range);
                least = Math.Min(least, range.Sample.High);
                greatest = Math.Max(greatest, range.Sample.Low);
            }

            limit -= pieces.Count;
            Interval target = Target(least, greatest, magnitude);
            var next = new List<Interval>();
            for (int i = 0; i < pieces.Count; i++)
            {
                (Interval values, Interval sample) = ranges[i];
                double middle = pieces[i].Midpoint;
                bool isPoint = middle <= pieces[i].Low || middle >= pieces[i].High;
                double excess = Math.Max(values.High - target.High, target.Low - values.Low);
                if (isPoint || excess <= 2 * sample.Width || limit < next.Count)
                {
                    finished = finished?.Hull(values) ?? values;
                }
                else
                {
                    next.Add(new(pieces[i].Low, middle));
                    next.Add(new(middle, pieces[i].High));
                }
            }

            pieces = next;
        }

        return finished!.Value;
    }

    /// <summary>The pieces of a finite domain between landmarks, and its two ends as pieces of their own: extrema are often there.</summary>
    public static List<Interval> Start(Interval domain, ReadOnlySpan<double> landmarks)
    {
        var pieces = new List<Interval> { domain.Low };
        double low = domain.Low;
        foreach (double landmark in landmarks)
        {
            if (landmark > low && landmark < domain.High)
            {
                pieces.Add(new(low, landmark));
                low = landmark;
            }
        }

        if (low < domain.High)
        {
            pieces.Add(new(low, domain.High));
            pieces.Add(domain.High);
        }

        return pieces;
    }

    private static Interval Target(double least, double greatest, bool magnitude)
    {
        if (magnitude)
        {
            double reach = (1 + MagnitudeTolerance) * Math.Max(0, Math.Max(greatest, -least));
            return new(-reach, reach);
        }

        // The samples overlap where the function is constant up to rounding.
        double margin = RangeTolerance * Math.Max(0, greatest - least);
        return new(Math.Min(least, greatest) - margin, Math.Max(least, greatest) + margin);
    }
}
