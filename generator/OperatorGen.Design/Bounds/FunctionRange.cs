using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>What a decoder function makes of ranges of its argument.</summary>
internal static class FunctionRange
{
    /// <summary>Contains g(x); exactly x for the identity.</summary>
    public static Interval Value(DecoderFunction function, Interval x) => function.Equals(DecoderFunctions.Identity) ? x : function.Enclose(x);

    /// <summary>
    /// Contains g(x + e) - g(x) for every x and e: by the mean value theorem the slope somewhere between, times e; and the difference of the two ranges.
    /// </summary>
    /// <param name="function">g.</param>
    /// <param name="x">The argument.</param>
    /// <param name="e">Its change.</param>
    public static Interval Change(DecoderFunction function, Interval x, Interval e)
    {
        if (e is { Low: 0, High: 0 })
        {
            return 0;
        }

        if (function.Equals(DecoderFunctions.Identity))
        {
            return e;
        }

        Interval slope = function.EncloseTaylor(x.Hull(x + e), 1)[1];
        if (Proven(function) is { } all && slope.Intersection(all) is { } both)
        {
            slope = both;
        }

        Interval byRange = function.Enclose(x + e) - function.Enclose(x);
        return (slope * e).Intersection(byRange) ?? slope * e;
    }

    /// <summary>Contains g(x) for every number x; infinite where g is not bounded.</summary>
    public static Interval Anywhere(DecoderFunction function) => function.IsPolynomial ? Interval.Entire : function.Enclose(Interval.Entire);

    /// <summary>Contains the slope of g between any two numbers; infinite where g has no Lipschitz bound.</summary>
    public static Interval SlopeAnywhere(DecoderFunction function)
    {
        if (function.Equals(DecoderFunctions.Identity))
        {
            return 1;
        }

        Interval slope = function.IsPolynomial ? Interval.Entire : function.EncloseTaylor(Interval.Entire, 1)[1];
        return Proven(function) is { } all && slope.Intersection(all) is { } both ? both : slope;
    }

    private static Interval? Proven(DecoderFunction function) =>
        double.IsInfinity(function.LipschitzBound) ? null : new Interval(-function.LipschitzBound, function.LipschitzBound);
}
