using System;
using OperatorGen.TestKit.Numbers;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Rendering;

/// <summary>Exact hexadecimal text of numbers with more bits than a double has.</summary>
public sealed class DyadicTextTests
{
    [Fact]
    public void A_doubles_text_is_that_of_every_other_double()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(value) && value != 0)
            {
                Assert.Equal(NumberText.FormatHex(value), DyadicText.Of(BigRational.FromDouble(value)));
            }
        }

        Assert.Equal("0x0p+0", DyadicText.Of(BigRational.Zero));
        Assert.Equal("0x1p-1074", DyadicText.Of(BigRational.FromDouble(double.Epsilon)));
    }

    [Fact]
    public void Longer_numbers_are_exact()
    {
        var random = new Random(2);
        for (int i = 0; i < 2000; i++)
        {
            BigRational value = BigRational.FromDouble((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-300, 300))) * random.Next(3, 1_000_000);
            string text = DyadicText.Of(value)!;
            Assert.Equal(value, HexText.Value(text));
        }
    }

    [Fact]
    public void Other_denominators_have_no_such_text() => Assert.Null(DyadicText.Of(new BigRational(1, 3)));
}
