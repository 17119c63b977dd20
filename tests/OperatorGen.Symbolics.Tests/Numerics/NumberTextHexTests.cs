using System;
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

    [Theory]
    [InlineData("0x1.8p1", 3.0)]
    [InlineData("0X1.8P+1", 3.0)]
    [InlineData("0xC.00p-2", 3.0)]
    [InlineData("0x0.0000000000001p-1022", double.Epsilon)]
    [InlineData("0x1.00000000000008p0", 1.0)]
    [InlineData("0x1.00000000000018p0", 1.0000000000000004)]
    [InlineData("0x1.0000000000000800000000000000000000001p0", 1.0000000000000002)]
    [InlineData("0x100000000000008000000000000001p-116", 1.0000000000000002)]
    [InlineData("0x1p-1075", 0.0)]
    [InlineData("0x1.0000001p-1075", double.Epsilon)]
    [InlineData("0x1p1024", double.PositiveInfinity)]
    [InlineData("-0x1p999999999999999999999", double.NegativeInfinity)]
    [InlineData("0x1p-999999999999999999999", 0.0)]
    [InlineData("0x0p999999999999999999999", 0.0)]
    public void Number_is_the_nearest_double(string text, double value)
    {
        Assert.True(NumberText.TryParseHex(text.AsSpan(), out double parsed));
        Assert.Equal(value, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1p0")]
    [InlineData("0x")]
    [InlineData("0xp0")]
    [InlineData("0x1")]
    [InlineData("0x1.p0")]
    [InlineData("0x.8p0")]
    [InlineData("0x1p")]
    [InlineData("0x1p+")]
    [InlineData("0x1p1 ")]
    [InlineData("0x1g p1")]
    [InlineData("+0x1p1")]
    [InlineData("-NaN")]
    [InlineData("infinity")]
    public void What_is_no_hexadecimal_number_is_refused(string text)
    {
        Assert.False(NumberText.TryParseHex(text.AsSpan(), out double value));
        Assert.Equal(0, value);
    }

    [Fact]
    public void Every_double_reads_back()
    {
        var random = new Random(7);
        for (int i = 0; i < 100_000; i++)
        {
            long bits = i % 2 == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.NextInt64(1L << random.Next(1, 54));
            double value = BitConverter.Int64BitsToDouble(bits);
            Assert.True(NumberText.TryParseHex(NumberText.FormatHex(value).AsSpan(), out double back));
            Assert.True(double.IsNaN(value) ? double.IsNaN(back) : bits == BitConverter.DoubleToInt64Bits(back), NumberText.FormatHex(value));
        }

        Assert.True(NumberText.TryParseHex(NumberText.FormatHex(-0.0).AsSpan(), out double zero) && double.IsNegative(zero));
    }
}
