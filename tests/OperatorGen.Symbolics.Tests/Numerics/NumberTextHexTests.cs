using System;
using OperatorGen.TestKit.Numbers;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Numerics;

public class NumberTextHexTests
{
    [Theory]
    [InlineData(0.0, "0x0p+0")]
    [InlineData(1.0, "0x1p+0")]
    [InlineData(3.0, "0x1.8p+1")]
    [InlineData(-0.15625, "-0x1.4p-3")]
    [InlineData(0.1, "0x1.999999999999ap-4")]
    [InlineData(double.MaxValue, "0x1.fffffffffffffp+1023")]
    [InlineData(2.2250738585072014E-308, "0x1p-1022")]
    [InlineData(2.2250738585072009E-308, "0x1.ffffffffffffep-1023")]
    [InlineData(double.Epsilon, "0x1p-1074")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Double_is_written_exactly(double value, string text) => Assert.Equal(text, NumberText.FormatHex(value));

    [Fact]
    public void Every_double_reads_back_exactly()
    {
        var random = new Random(7);
        for (int i = 0; i < 100_000; i++)
        {
            long bits = i % 2 == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.NextInt64(1L << random.Next(1, 54));
            double value = BitConverter.Int64BitsToDouble(bits);
            if (double.IsFinite(value))
            {
                Assert.Equal(BigRational.FromDouble(value), HexText.Value(NumberText.FormatHex(value)));
            }
        }

        Assert.Equal("-0x0p+0", NumberText.FormatHex(-0.0));
    }
}
