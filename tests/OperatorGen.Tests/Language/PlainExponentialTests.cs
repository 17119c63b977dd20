using System;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Tests.Language;

/// <summary>The exponential of the probabilities against the exact one of RealMath, which is within 0.50001 ulp.</summary>
public sealed class PlainExponentialTests
{
    [Fact]
    public void It_is_within_its_bound_on_the_whole_range()
    {
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++)
        {
            double x = -random.NextDouble() * Math.Pow(10, random.Next(-3, 4));
            double exact = RealMath.Exp(x);

            // 2 u of its own and 1.0001 u of RealMath, and where the result is subnormal one rounding of either, half of the smallest number.
            double bound = (3.0001 * Math.ScaleB(exact, -53)) + (exact < 1e-300 ? double.Epsilon : 0);
            Assert.InRange(PlainExponential.Value(x), exact - bound, exact + bound);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-0.0, 1)]
    [InlineData(-745.13, double.Epsilon)]
    [InlineData(-745.14, 0)]
    [InlineData(-1e300, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    public void Its_ends_are_exact(double x, double expected) => Assert.Equal(expected, PlainExponential.Value(x));

    [Fact]
    public void Its_bits_are_these_on_every_machine()
    {
        // Sums of bits, computed by another implementation of the same steps.
        ulong sum = 0;
        for (int i = 0; i < 1000; i++)
        {
            sum = unchecked((sum * 31) + BitConverter.DoubleToUInt64Bits(PlainExponential.Value(-i * 0.37)));
        }

        Assert.Equal(13558245943422478350ul, sum);
    }
}
