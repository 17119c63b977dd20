using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <content>The angle of a point.</content>
public static partial class RealMath
{
    private const int ArcTangentSteps = 16;

    /// <summary>atan(t) / t in powers of t^2, |t| up to 1/32.</summary>
    private static readonly DoubleDoublePolynomial ArcTangentSeries = MakeArcTangentSeries();

    /// <summary>atan(j / 16), j = 0..16.</summary>
    private static readonly DoubleDouble[] ArcTangentTable = MakeArcTangentTable();

    /// <summary>The angle of the point (x, y) in [-pi, pi]; signed zeros and infinities as in IEEE 754 atan2.</summary>
    public static double Atan2(double y, double x)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        bool left = BitConverter.DoubleToInt64Bits(x) < 0;
        bool below = BitConverter.DoubleToInt64Bits(y) < 0;
        double adjacent = Math.Abs(x);
        double opposite = Math.Abs(y);
        double angle = AngleInFirstQuadrant(opposite, adjacent, left);
        return below ? -angle : angle;
    }

    /// <summary>The angle of (adjacent, opposite), both not negative, or its supplement.</summary>
    private static double AngleInFirstQuadrant(double opposite, double adjacent, bool supplement)
    {
        double large = Math.Max(opposite, adjacent);
        double small = Math.Min(opposite, adjacent);
        bool steep = opposite > adjacent;
        DoubleDouble angle;
        if (small == large)
        {
            // Two zeros count as direction 0, two infinities as the diagonal.
            angle = large == 0 ? 0.0 : QuarterTurn.HalfPi.Scale(-1);
        }
        else if (small == 0 || double.IsInfinity(large))
        {
            angle = 0.0;
        }
        else
        {
            if (!steep && !supplement && small / large < 1e-12)
            {
                // atan q = q (1 - q^2/3): the quotient, rounded once, also where it is subnormal.
                return small / large;
            }

            angle = ArcTangentOfRatio(small, large);
        }

        if (steep)
        {
            angle = QuarterTurn.HalfPi - angle;
        }

        return (supplement ? QuarterTurn.HalfPi.Scale(1) - angle : angle).High;
    }

    /// <summary>atan(small / large), 0 &lt; small &lt; large, by atan q = atan c + atan((q - c) / (1 + q c)) with c = j / 16 next to q.</summary>
    private static DoubleDouble ArcTangentOfRatio(double small, double large)
    {
        if (large > 1e200)
        {
            small *= DoubleDouble.PowerOfTwo(-600);
            large *= DoubleDouble.PowerOfTwo(-600);
        }
        else if (large < 1e-100)
        {
            small *= DoubleDouble.PowerOfTwo(700);
            large *= DoubleDouble.PowerOfTwo(700);
        }

        DoubleDouble ratio = (DoubleDouble)small / large;
        double step = Math.Floor((ratio.High * ArcTangentSteps) + 0.5);
        double center = step / ArcTangentSteps;
        DoubleDouble rest = (ratio + -center) / ((ratio * center) + 1.0);
        return (rest * ArcTangentSeries.At(rest * rest)) + ArcTangentTable[(int)step];
    }

    private static DoubleDoublePolynomial MakeArcTangentSeries()
    {
        var coefficients = new DoubleDouble[12];
        for (int n = 0; n < coefficients.Length; n++)
        {
            coefficients[n] = (n % 2 == 0 ? 1.0 : (DoubleDouble)(-1.0)) / ((2.0 * n) + 1);
        }

        return new(coefficients, firstInDouble: 6);
    }

    /// <summary>Entry by entry: atan(j/16) - atan((j-1)/16) = atan(16 / (256 + j (j-1))).</summary>
    private static DoubleDouble[] MakeArcTangentTable()
    {
        var table = new DoubleDouble[ArcTangentSteps + 1];
        BigInteger angle = BigInteger.Zero;
        for (int j = 1; j <= ArcTangentSteps; j++)
        {
            angle += DoubleDoubleConstants.ArcTangent(ArcTangentSteps, (ArcTangentSteps * ArcTangentSteps) + (j * (j - 1)), DoubleDoubleConstants.Bits);
            table[j] = DoubleDoubleConstants.ToDoubleDouble(angle, DoubleDoubleConstants.Bits);
        }

        return table;
    }
}
