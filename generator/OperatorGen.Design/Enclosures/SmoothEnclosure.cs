using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// A function that is analytic on a strip around the real line wider than 1 and approaches a line at both ends exponentially.
/// <para>
/// For |x| &gt;= <see cref="TailFrom"/> = T, every Taylor coefficient about x differs from that of the line by less than the least positive double: by Cauchy's
/// estimate on the circle of radius 1 about x it is at most the maximum of |g(z) - line(z)| there. For the functions made of sigma(v),
/// |sigma(v)| &lt;= e^(Re v) / (1 - e^(Re v)) with Re v &lt; 0, times |z| + 1 at most: with v = z and T = 800 this is below e^-792; for the tanh form of GELU and T = 48,
/// Re v &lt; -7000. For the normal distribution, |Phi(z)| &lt;= e^(-(47^2 - 1)/2) for Re z &lt;= -47, |Im z| &lt;= 1. The least positive double is e^-744.4.
/// </para>
/// </summary>
internal abstract class SmoothEnclosure : FunctionEnclosure
{
    private static readonly double[] s_landmarks = [-16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16];
    private static readonly Interval s_leastAround = new(-double.Epsilon, double.Epsilon);

    private readonly Lazy<double> _minimum;

    /// <summary>Makes the enclosures.</summary>
    protected SmoothEnclosure() => _minimum = new(LeastValue);

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Landmarks => s_landmarks;

    /// <inheritdoc/>
    public sealed override double? TailFrom => Tail;

    /// <inheritdoc/>
    public sealed override double? RightSlope => Slope;

    /// <summary>The slope of the line on the right.</summary>
    protected virtual double Slope => 1;

    /// <summary>T.</summary>
    protected abstract double Tail { get; }

    /// <summary>Where the function falls before and rises after a minimum: a narrow interval around that place; null where it only rises.</summary>
    protected virtual Interval? Valley => null;

    /// <inheritdoc/>
    public override Interval Values(Interval x)
    {
        Interval low = At(x.Low);
        Interval high = x.IsPoint ? low : At(x.High);
        if (Valley is not { } valley || x.Low >= valley.High)
        {
            return new(low.Low, high.High);
        }

        return x.High <= valley.Low ? new(high.Low, low.High)
            : new(x.IsPoint ? Math.Max(low.Low, _minimum.Value) : _minimum.Value, Math.Max(low.High, high.High));
    }

    /// <inheritdoc/>
    public override void Jet(Interval x, Span<Interval> coefficients)
    {
        if (x.High <= -Tail || x.Low >= Tail)
        {
            TailJet(x, coefficients);
            return;
        }

        var inner = new Interval(Math.Max(x.Low, -Tail), Math.Min(x.High, Tail));
        InnerJet(inner, coefficients);
        if (inner != x)
        {
            Span<Interval> tail = new Interval[coefficients.Length];
            TailJet(x.Low < -Tail ? -Tail : Tail, tail);
            Widen(coefficients, tail);
            TailJet(x.High > Tail ? Tail : -Tail, tail);
            Widen(coefficients, tail);
        }

        coefficients[0] = Values(x);
    }

    /// <summary>g(x) at one number; at infinity the limit.</summary>
    protected abstract Interval At(double x);

    /// <summary>The coefficients from 1 on over an interval within -T to T; entry 0 is not asked for.</summary>
    protected abstract void InnerJet(Interval x, Span<Interval> coefficients);

    /// <summary>x f(x) for |x| &lt; T, and beyond what is within the least positive double of 0 or of x.</summary>
    protected Interval TimesArgument(double x, Func<double, Interval> f) =>
        Math.Abs(x) < Tail ? x * f(x)
        : double.IsInfinity(x) ? (x < 0 ? 0.0 : new Interval(double.MaxValue, x))
        : x < 0 ? new Interval(-double.Epsilon, 0) : new Interval(Outward.Down(x), x);

    /// <summary>From the coefficients of f those of x f(x), from 1 on: x f_k + f_(k-1).</summary>
    protected static void TimesArgument(Interval x, Span<Interval> coefficients)
    {
        for (int k = coefficients.Length - 1; k > 0; k--)
        {
            coefficients[k] = (x * coefficients[k]) + coefficients[k - 1];
        }
    }

    // At most the value at the minimum: g(c) - |g'| r over the valley c - r to c + r.
    private double LeastValue()
    {
        Interval valley = Valley!.Value;
        Span<Interval> jet = new Interval[2];
        InnerJet(valley, jet);
        return (At(valley.Midpoint) + (jet[1] * (valley - valley.Midpoint))).Low;
    }

    private void TailJet(Interval x, Span<Interval> coefficients)
    {
        coefficients.Fill(s_leastAround);
        coefficients[0] = Values(x);
        if (coefficients.Length > 1 && x.High > 0)
        {
            coefficients[1] += Slope;
        }
    }

    private static void Widen(Span<Interval> coefficients, ReadOnlySpan<Interval> others)
    {
        for (int k = 0; k < coefficients.Length; k++)
        {
            coefficients[k] = coefficients[k].Hull(others[k]);
        }
    }
}
