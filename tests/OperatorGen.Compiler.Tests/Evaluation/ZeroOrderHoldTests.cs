using System;
using System.Numerics;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>The input weight of zero-order hold, Delta (1 + z/2 + z^2/6 + ...) with z = Delta A, beside the same series in 300 bits, down to the smallest double.</summary>
public sealed class ZeroOrderHoldTests
{
    private const int Bits = 300; // 90 decimal digits

    // A few roundings of 2^-53 each: the product z, one exponential and one sine, a complex product (4) and a quotient by Smith's method (at most 7 of its larger part).
    private const double Relative = 16.0 / (1L << 53);

    public static TheoryData<double, double, double> Parameters => new()
    {
        { -5e-324, 0, 0.1 },
        { 0, 0, 0.1 },
        { 0, 5e-324, 3 },
        { -5e-324, 5e-324, 1e300 },
        { -1.5e-323, 1e-323, 1e300 },
        { -1.5e-323, 1e-323, 1.7e308 },
        { -1e-310, 3e-316, 1.7e308 },
        { -1e300, 2e299, 5e-324 },
        { -1e300, 2e299, 1e-318 },
        { -1e-200, 1e-160, 1e-150 },
        { -0.5, 3, 1e-310 },
        { -0.5, 1e-320, 1e-3 },
        { -1, 1, 9.3e-10 },
        { -1, 1, 9.4e-10 },
        { 1e-9, -1e-9, 1 },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void The_factor_is_that_of_the_series(double re, double im, double delta) => Check(re, im, delta);

    [Fact]
    public void The_factor_is_that_of_the_series_at_every_size()
    {
        var random = new Random(41);
        for (int trial = 0; trial < 2000; trial++)
        {
            double size = Math.ScaleB(1 + random.NextDouble(), random.Next(-1074, 1000));
            double delta = Math.ScaleB(1 + random.NextDouble(), random.Next(-1074, 1000));
            if (size * delta is < 0.7 and > 0 || (size * delta == 0 && trial % 4 == 0))
            {
                double angle = random.NextDouble() * 2 * Math.PI;
                Check(size * Math.Cos(angle), size * Math.Sin(angle), delta);
            }
        }
    }

    private static void Check(double re, double im, double delta)
    {
        ComplexNumber found = Discretization.InputWeight(DiscretizationRule.ZeroOrderHold, new(re, im), delta, 1);
        (BigRational expectedRe, BigRational expectedIm) = Expected(re, im, delta);
        BigRational size = expectedRe.Abs() > expectedIm.Abs() ? expectedRe.Abs() : expectedIm.Abs();
        BigRational allowed = (BigRational.FromDouble(Relative) * size) + BigRational.FromDouble(2 * double.Epsilon);
        Assert.True((BigRational.FromDouble(found.Re) - expectedRe).Abs() <= allowed, $"{found.Re} for A = {re} + {im}i, Delta = {delta}");
        Assert.True((BigRational.FromDouble(found.Im) - expectedIm).Abs() <= allowed, $"{found.Im}i for A = {re} + {im}i, Delta = {delta}");
    }

    /// <summary>Delta sum over n of z^n / (n + 1)! in fixed point; z itself is exact before it is cut to the fixed point.</summary>
    private static (BigRational Re, BigRational Im) Expected(double re, double im, double delta)
    {
        BigInteger one = BigInteger.One << Bits;
        BigInteger x = Fixed(BigRational.FromDouble(re) * BigRational.FromDouble(delta));
        BigInteger y = Fixed(BigRational.FromDouble(im) * BigRational.FromDouble(delta));
        (BigInteger Re, BigInteger Im) term = (one, 0);
        (BigInteger Re, BigInteger Im) sum = term;
        for (int n = 2; n < 80; n++)
        {
            term = (((term.Re * x) - (term.Im * y)) / n >> Bits, ((term.Re * y) + (term.Im * x)) / n >> Bits);
            sum = (sum.Re + term.Re, sum.Im + term.Im);
        }

        BigRational step = BigRational.FromDouble(delta);
        return (step * new BigRational(sum.Re, one), step * new BigRational(sum.Im, one));
    }

    private static BigInteger Fixed(BigRational value) => (value.Numerator << Bits) / value.Denominator;
}
