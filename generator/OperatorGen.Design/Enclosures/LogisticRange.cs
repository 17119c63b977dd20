using System;

namespace OperatorGen.Symbolics;

/// <summary>What the recurrence of the logistic function's Taylor coefficients starts with, over an interval of arguments: all by the interval's ends.</summary>
internal readonly struct LogisticRange
{
    /// <summary>Takes the function at the two ends.</summary>
    /// <param name="low">At the lower end.</param>
    /// <param name="high">At the upper end.</param>
    /// <param name="hasZero">True where 0 lies between them.</param>
    public LogisticRange(LogisticPair low, LogisticPair high, bool hasZero)
    {
        Value = new(low.Value.Low, high.Value.High);
        Tilt = new((high.Complement - high.Value).Low, (low.Complement - low.Value).High);

        // sigma' = sigma(v) sigma(-v) is even, falls with |v| and is 1/4 at 0.
        Interval atLow = low.Value * low.Complement;
        Interval atHigh = high.Value * high.Complement;
        Slope = new(Math.Min(atLow.Low, atHigh.Low), Math.Min(0.25, hasZero ? 0.25 : Math.Max(atLow.High, atHigh.High)));
    }

    /// <summary>sigma(v).</summary>
    public Interval Value { get; }

    /// <summary>sigma'(v) = sigma(v) sigma(-v).</summary>
    public Interval Slope { get; }

    /// <summary>sigma(-v) - sigma(v) = 1 - 2 sigma(v).</summary>
    public Interval Tilt { get; }

    /// <summary>Over an interval of v.</summary>
    public static LogisticRange Of(Interval v)
    {
        LogisticPair low = LogisticPair.At(v.Low, default);
        return new(low, v.IsPoint ? low : LogisticPair.At(v.High, default), v.Contains(0));
    }

    /// <summary>
    /// The Taylor coefficients of sigma: (k+1) s_(k+1) is the coefficient k of sigma (1 - sigma).
    /// </summary>
    /// <param name="s">Takes s_0, s_1, ...</param>
    public void Series(Span<Interval> s)
    {
        s[0] = Value;
        for (int k = 0; k + 1 < s.Length; k++)
        {
            s[k + 1] = Rate(s, k) / (k + 1);
        }
    }

    /// <summary>The coefficient k of s (1 - s): the slope for k = 0, else tilt s_k - sum of s_i s_(k-i) over 0 &lt; i &lt; k, equal products taken once.</summary>
    public Interval Rate(ReadOnlySpan<Interval> s, int k)
    {
        if (k == 0)
        {
            return Slope;
        }

        Interval products = default;
        for (int i = 1; 2 * i < k; i++)
        {
            products += s[i] * s[k - i];
        }

        products *= 2;
        return (Tilt * s[k]) - (k % 2 == 0 ? products + s[k / 2].Square() : products);
    }
}
