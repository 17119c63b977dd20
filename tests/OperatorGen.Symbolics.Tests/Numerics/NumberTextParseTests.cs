using System;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Numerics;

public class NumberTextParseTests
{
    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("0.0e99999999999999999999", 0.0)]
    [InlineData("10", 10.0)]
    [InlineData("1.50", 1.5)]
    [InlineData("100.00", 100.0)]
    [InlineData("0.001", 0.001)]
    [InlineData("1e3", 1000.0)]
    [InlineData("1E+3", 1000.0)]
    [InlineData("12.5e-1", 1.25)]
    [InlineData("1e23", 1e23)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("9007199254740993.00000000000000000000000000001", 9007199254740994.0)]
    [InlineData("2.2250738585072011e-308", 2.2250738585072011e-308)]
    [InlineData("2.4703282292062327208e-324", 0.0)]
    [InlineData("2.4703282292062328e-324", double.Epsilon)]
    [InlineData("1.7976931348623158e308", double.MaxValue)]
    [InlineData("1.7976931348623159e308", double.PositiveInfinity)]
    [InlineData("-1e400", double.NegativeInfinity)]
    [InlineData("1e99999999999999999999", double.PositiveInfinity)]
    [InlineData("1e-99999999999999999999", 0.0)]
    public void Number_is_the_nearest_double(string text, double value)
    {
        Assert.True(NumberText.TryParse(text.AsSpan(), out double parsed));
        Assert.Equal(value, parsed);
    }

    [Fact]
    public void Negative_zero_keeps_its_sign()
    {
        Assert.True(NumberText.TryParse("-0".AsSpan(), out double zero) && double.IsNegative(zero));
        Assert.True(NumberText.TryParse("-1e-400".AsSpan(), out double tiny) && tiny == 0 && double.IsNegative(tiny));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-01.5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.e3")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e1.5")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1_000")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1d")]
    [InlineData("--1")]
    [InlineData("\u22121")]
    [InlineData("\u0661")]
    public void What_is_no_number_in_Json_is_refused(string text)
    {
        Assert.False(NumberText.TryParse(text.AsSpan(), out double value));
        Assert.Equal(0, value);
    }

    [Fact]
    public void The_grammar_is_that_of_Json()
    {
        var random = new Random(4);
        const string Alphabet = "0011259..eE+-";
        int accepted = 0;
        for (int i = 0; i < 30_000; i++)
        {
            char[] characters = new char[random.Next(1, 8)];
            for (int j = 0; j < characters.Length; j++)
            {
                characters[j] = Alphabet[random.Next(Alphabet.Length)];
            }

            string text = new(characters);
            bool isNumber = NumberText.TryParse(text.AsSpan(), out double value);
            bool expected = IsJsonNumber(text);
            Assert.True(expected == isNumber, text);
            if (isNumber)
            {
                accepted++;
                Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
            }
        }

        Assert.True(accepted > 3000, $"only {accepted} numbers among the texts");
    }

    [Fact]
    public void Any_number_of_digits_is_read_as_the_platform_reads_it()
    {
        var random = new Random(5);
        for (int i = 0; i < 60_000; i++)
        {
            int digits = i % 3 == 0 ? random.Next(1, 60) : random.Next(1, 21);
            char[] characters = new char[digits];
            for (int j = 0; j < digits; j++)
            {
                characters[j] = (char)('0' + random.Next(j == 0 ? 1 : 0, 10));
            }

            int exponent = i % 2 == 0 ? random.Next(-345, 312) - digits : random.Next(-30, 30);
            string text = $"{new string(characters)}e{exponent.ToString(CultureInfo.InvariantCulture)}";
            Assert.True(NumberText.TryParse(text.AsSpan(), out double value), text);
            double expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(value), text);
        }
    }

    [Fact]
    public void The_middle_of_two_doubles_goes_to_the_even_one_and_its_neighbours_to_their_side()
    {
        var random = new Random(6);
        for (int i = 0; i < 1500; i++)
        {
            double low = BitConverter.Int64BitsToDouble(i % 2 == 0 ? random.NextInt64(0x7FEF_FFFF_FFFF_FFFF) : random.NextInt64(0x3000_0000_0000_0000, 0x5000_0000_0000_0000));
            double high = Math.BitIncrement(low);
            (long mantissa, int exponent) = FixedPointOracle.Decompose(low);

            // (2 m + 1) 2^(e-1) written out: an integer, or an integer over a power of ten, because 2^-k = 5^k 10^-k.
            BigInteger middle = (2 * (BigInteger)mantissa) + 1;
            int scale = Math.Max(0, 1 - exponent);
            BigInteger digits = exponent > 0 ? middle << (exponent - 1) : middle * BigInteger.Pow(5, scale);
            double even = (BitConverter.DoubleToInt64Bits(low) & 1) == 0 ? low : high;
            AssertParses(even, $"{digits}e-{scale}");
            AssertParses(even, $"{digits}000e-{scale + 3}");
            AssertParses(high, $"{digits}{new string('0', i % 900)}1e-{scale + (i % 900) + 1}");
            AssertParses(low, $"{digits - 1}{new string('9', (i % 900) + 1)}e-{scale + (i % 900) + 1}");
        }
    }

    [Fact]
    public void A_million_digits_are_read_in_no_time()
    {
        string text = "0." + new string('0', 500_000) + new string('3', 500_000) + "e500000";
        Assert.True(NumberText.TryParse(text.AsSpan(), out double value));
        Assert.Equal(1.0 / 3, value);
    }

    private static void AssertParses(double expected, string text)
    {
        Assert.True(NumberText.TryParse(text.AsSpan(), out double value), text);
        Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(value), text);
    }

    private static bool IsJsonNumber(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
