using System;

namespace OperatorGen.Symbolics;

/// <content>The arithmetic, each end rounded outward.</content>
public readonly partial record struct Interval
{
    /// <summary>The negatives, exactly.</summary>
    public static Interval operator -(Interval a) => new(-a.High, -a.Low);

    /// <summary>Contains every x + y.</summary>
    public static Interval operator +(Interval a, Interval b) => new(Outward.SumDown(a.Low, b.Low), Outward.SumUp(a.High, b.High));

    /// <summary>Contains every x - y.</summary>
    public static Interval operator -(Interval a, Interval b) => new(Outward.SumDown(a.Low, -b.High), Outward.SumUp(a.High, -b.Low));

    /// <summary>Contains every x y.</summary>
    public static Interval operator *(Interval a, Interval b)
    {
        if (a.Low >= 0)
        {
            return new(
                Outward.ProductDown(b.Low >= 0 ? a.Low : a.High, b.Low),
                Outward.ProductUp(b.High >= 0 ? a.High : a.Low, b.High));
        }

        if (a.High <= 0)
        {
            return new(
                Outward.ProductDown(b.High >= 0 ? a.Low : a.High, b.High),
                Outward.ProductUp(b.Low >= 0 ? a.High : a.Low, b.Low));
        }

        if (b.Low >= 0 || b.High <= 0)
        {
            return b * a;
        }

        return new(
            Math.Min(Outward.ProductDown(a.Low, b.High), Outward.ProductDown(a.High, b.Low)),
            Math.Max(Outward.ProductUp(a.Low, b.Low), Outward.ProductUp(a.High, b.High)));
    }

    /// <summary>Contains every x / y; <see cref="Entire"/> where 0 is in b.</summary>
    public static Interval operator /(Interval a, Interval b)
    {
        if (b.Low > 0)
        {
            return new(
                Outward.QuotientDown(a.Low, a.Low >= 0 ? b.High : b.Low),
                Outward.QuotientUp(a.High, a.High >= 0 ? b.Low : b.High));
        }

        return b.High < 0 ? -a / -b : Entire;
    }

    /// <summary>Contains every x^2.</summary>
    public Interval Square() => Power(2);

    /// <summary>Contains every x^n; 1 for n = 0.</summary>
    /// <param name="n">The exponent; a negative one means 1 / x^-n.</param>
    public Interval Power(int n)
    {
        if (n < 0)
        {
            return 1.0 / Power(-n);
        }

        double great = Outward.PowerUp(Magnitude, n);
        double small = Outward.PowerDown(Mignitude, n);
        if (n % 2 == 0)
        {
            return new(small, great);
        }

        return Low >= 0 ? new(small, great)
            : High <= 0 ? new(-great, -small)
            : new(-Outward.PowerUp(-Low, n), Outward.PowerUp(High, n));
    }

    /// <summary>Contains the sum of all terms.</summary>
    public static Interval Sum(ReadOnlySpan<Interval> terms)
    {
        Interval sum = default;
        foreach (Interval term in terms)
        {
            sum += term;
        }

        return sum;
    }
}
