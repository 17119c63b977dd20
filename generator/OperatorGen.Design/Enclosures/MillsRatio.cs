using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>
/// Mills' ratio of the normal distribution, <c>R(x) = Phi(-x) / phi(x) = integral of e^(-x s - s^2/2) over s &gt; 0</c>, for x &gt;= 0. As a Laplace transform of a positive
/// function it is completely monotone: <c>m_k(x) = (-1)^k R^(k)(x) / k! = integral of s^k / k! e^(-x s - s^2/2)</c> is positive and decreases.
/// <para>
/// Below 12, Taylor about the grid point c = i/8 left of x, t = x - c exactly: <c>R(x) = sum of (-t)^k m_k(c) over k &lt; n, plus (-t)^n m_n(xi)</c>,
/// 0 &lt;= m_n(xi) &lt;= m_n(c). From 12 on, the asymptotic series <c>x R(x) = sum of (-1)^k (2k-1)!! / x^2k</c>, which integration by parts shows to envelop: what
/// is left out after n terms has the sign of the first omitted term and is smaller.
/// </para>
/// </summary>
internal static class MillsRatio
{
    private const int AsymptoticFrom = 12;
    private const int CentresPerUnit = 8;

    // t^14 m_14(0) < 2^-60 for t <= 1/8; 33!! / 12^34 < 2^-59.
    private const int Degree = 14;
    private const int AsymptoticDegree = 17;

    private const int Bits = 320;

    private static readonly Interval[]?[] s_centres = new Interval[AsymptoticFrom * CentresPerUnit][];
    private static readonly Interval[] s_doubleFactorials = MakeDoubleFactorials();

    // In units of 2^-Bits: see MakeCentre.
    private static readonly BigInteger s_slack = BigInteger.One << 150;

    /// <summary>R(x).</summary>
    /// <param name="x">A finite number, at least 0.</param>
    public static Interval At(double x)
    {
        if (x >= AsymptoticFrom)
        {
            return Asymptotic(x);
        }

        int centre = (int)(x * CentresPerUnit);
        Interval[] coefficients = s_centres[centre] ??= MakeCentre(centre);
        double t = x - ((double)centre / CentresPerUnit);
        var sum = new Interval(0, coefficients[Degree].High);
        for (int k = Degree - 1; k >= 0; k--)
        {
            sum = coefficients[k] - (t * sum);
        }

        return sum;
    }

    private static Interval Asymptotic(double x)
    {
        Interval w = 1.0 / ((Interval)x * x);
        var sum = new Interval(0, s_doubleFactorials[AsymptoticDegree].High);
        for (int k = AsymptoticDegree - 1; k >= 0; k--)
        {
            sum = s_doubleFactorials[k] - (w * sum);
        }

        return sum / x;
    }

    /// <summary>
    /// m_0(c) = sqrt(pi/2) e^(c^2/2) - sum of c^(2n+1) / (2n+1)!! (Kummer's series of Phi(c) - 1/2, divided by phi), both sums of positive rational
    /// numbers in units of 2^-320. A truncation in the n-th term reaches later ones multiplied by at most e^(c^2/2) &lt;= e^72 &lt; 2^104; with fewer than 2^9 terms
    /// the sums are wrong by less than 2^123 units, and the end of the series, where a term is below one unit and the next one below half of it, adds two more.
    /// Then R' = x R - 1 gives (k+1) m_(k+1) = m_(k-1) - c m_k with m_(-1) = 1, which multiplies this by less than e^(c + 1/2) &lt; 2^19 in all:
    /// 2^150 units hold every coefficient.
    /// </summary>
    private static Interval[] MakeCentre(int index)
    {
        BigInteger rootHalfPi = DoubleDoubleConstants.SquareRoot(DoubleDoubleConstants.Pi(Bits) >> 1, Bits);
        BigInteger before = BigInteger.One << Bits;
        BigInteger current = ((rootHalfPi * Exponential(index)) >> Bits) - Kummer(index);
        var coefficients = new Interval[Degree + 1];
        for (int k = 0; k <= Degree; k++)
        {
            coefficients[k] = new(Outward.FixedDown(current - s_slack, Bits), Outward.FixedUp(current + s_slack, Bits));
            BigInteger next = (before - (current * index / CentresPerUnit)) / (k + 1);
            before = current;
            current = next;
        }

        return coefficients;
    }

    // e^(c^2/2), c = index / 8.
    private static BigInteger Exponential(int index)
    {
        BigInteger term = BigInteger.One << Bits;
        BigInteger sum = term;
        for (int n = 1; !term.IsZero; n++)
        {
            term = term * (index * index) / (2 * CentresPerUnit * CentresPerUnit * n);
            sum += term;
        }

        return sum;
    }

    private static BigInteger Kummer(int index)
    {
        BigInteger term = (BigInteger.One << Bits) * index / CentresPerUnit;
        BigInteger sum = term;
        for (int n = 1; !term.IsZero; n++)
        {
            term = term * (index * index) / (CentresPerUnit * CentresPerUnit * ((2 * n) + 1));
            sum += term;
        }

        return sum;
    }

    // (2k - 1)!!
    private static Interval[] MakeDoubleFactorials()
    {
        var factorials = new Interval[AsymptoticDegree + 1];
        BigInteger product = BigInteger.One;
        for (int k = 0; k <= AsymptoticDegree; k++)
        {
            product = k == 0 ? product : product * ((2 * k) - 1);
            factorials[k] = Interval.Of(product);
        }

        return factorials;
    }
}
