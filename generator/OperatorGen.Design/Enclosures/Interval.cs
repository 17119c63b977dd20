using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// A closed interval of real numbers, Low &lt;= x &lt;= High. An infinite end means that there is no bound on that side: infinity itself is no member, so Low is
/// never positive infinity and High never negative infinity.
/// <para>
/// Every operation returns an interval that contains the result for all real numbers of its operands, whatever the rounding: each end is rounded outward by one
/// step through the bit pattern (<see cref="Outward"/>). An end that overflows becomes infinite, or the greatest finite double where it is the inner one. A
/// factor that is exactly 0 makes 0, also against an infinite end. Division by an interval that contains 0 gives <see cref="Entire"/>. Operands that are
/// the same variable count as independent, except in <see cref="Square"/> and <see cref="Power"/>.
/// </para>
/// </summary>
public readonly partial record struct Interval
{
    /// <summary>Takes the ends.</summary>
    /// <param name="low">The lower end; negative infinity where there is none.</param>
    /// <param name="high">The upper end; positive infinity where there is none.</param>
    /// <exception cref="ArgumentException">An end is not a number, the lower one is above the upper one, or the interval has no finite member.</exception>
    public Interval(double low, double high)
    {
        if (!(low <= high) || low == double.PositiveInfinity || high == double.NegativeInfinity)
        {
            throw new ArgumentException($"There is no interval from {NumberText.Format(low)} to {NumberText.Format(high)}: the ends are numbers in ascending order, and no infinity is a member.");
        }

        // Adding 0 turns -0 into 0 and changes nothing else.
        Low = low + 0.0;
        High = high + 0.0;
    }

    /// <summary>The real line.</summary>
    public static Interval Entire => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The lower end.</summary>
    public double Low { get; }

    /// <summary>The upper end.</summary>
    public double High { get; }

    /// <summary>True where both ends are finite.</summary>
    public bool IsFinite => Low > double.NegativeInfinity && High < double.PositiveInfinity;

    /// <summary>True for a single number.</summary>
    public bool IsPoint => Low == High;

    /// <summary>The greatest |x|, exactly.</summary>
    public double Magnitude => Math.Max(-Low, High);

    /// <summary>The least |x|, exactly; 0 where 0 is a member.</summary>
    public double Mignitude => Math.Max(0, Math.Max(Low, -High));

    /// <summary>At least High - Low.</summary>
    public double Width => IsPoint ? 0 : Outward.SumUp(High, -Low);

    /// <summary>A finite member near the middle; 0 for the real line, the end or a great number where one side is infinite.</summary>
    public double Midpoint
    {
        get
        {
            if (!IsFinite)
            {
                return Low > double.NegativeInfinity ? Math.Max(Low, double.MaxValue)
                    : High < double.PositiveInfinity ? Math.Min(High, -double.MaxValue)
                    : 0;
            }

            double middle = (Low / 2) + (High / 2);
            return Math.Min(Math.Max(middle, Low), High);
        }
    }

    /// <summary>The interval that holds one number.</summary>
    /// <param name="value">A finite number.</param>
    /// <exception cref="ArgumentException">The value is infinite or not a number.</exception>
    public static implicit operator Interval(double value) => new(value, value);

    /// <summary>The narrowest interval of doubles that contains a rational number.</summary>
    public static Interval Of(BigRational value)
    {
        double nearest = value.ToDouble();
        if (double.IsInfinity(nearest))
        {
            return nearest > 0 ? new(double.MaxValue, nearest) : new(nearest, -double.MaxValue);
        }

        int side = BigRational.FromDouble(nearest).CompareTo(value);
        return new(side > 0 ? Outward.Down(nearest) : nearest, side < 0 ? Outward.Up(nearest) : nearest);
    }

    /// <summary>True where x is a member.</summary>
    public bool Contains(double x) => Low <= x && x <= High;

    /// <summary>True where all members of the other interval are members.</summary>
    public bool Contains(Interval other) => Low <= other.Low && other.High <= High;

    /// <summary>True where the intervals have a number in common.</summary>
    public bool Intersects(Interval other) => Low <= other.High && other.Low <= High;

    /// <summary>The numbers in common; null where there are none.</summary>
    public Interval? Intersection(Interval other) =>
        Intersects(other) ? new Interval(Math.Max(Low, other.Low), Math.Min(High, other.High)) : null;

    /// <summary>The narrowest interval that contains both.</summary>
    public Interval Hull(Interval other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary><c>[low, high]</c> with the shortest decimals that read back as the ends.</summary>
    public override string ToString() => "[" + NumberText.Format(Low) + ", " + NumberText.Format(High) + "]";
}
