using System;

namespace OperatorGen.Symbolics;

/// <summary>sigma(v) and sigma(-v), which share one exponential: each has a small relative error, also where it is tiny.</summary>
/// <param name="Value">sigma(v) = 1 / (1 + e^-v).</param>
/// <param name="Complement">sigma(-v) = 1 - sigma(v).</param>
internal readonly record struct LogisticPair(Interval Value, Interval Complement)
{
    /// <summary>With e = e^-|v|: 1 / (1 + e) and e / (1 + e), the latter increasing in e.</summary>
    /// <param name="v">A number, also infinite.</param>
    /// <param name="rest">What is to be added to it, small.</param>
    public static LogisticPair At(double v, Interval rest)
    {
        Interval e = RealEnclosure.Exp(-Math.Abs(v), v > 0 ? -rest : rest);
        Interval great = 1.0 / (1.0 + e);
        great = new(great.Low, Math.Min(great.High, 1));
        var small = new Interval(
            Outward.QuotientDown(e.Low, Outward.SumUp(1, e.Low)),
            Outward.QuotientUp(e.High, Outward.SumDown(1, e.High)));
        return v > 0 ? new(great, small) : new(small, great);
    }
}
