using System;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Numerics;

public partial class NumberTextFormatTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(3.0, "3")]
    [InlineData(-3.0, "-3")]
    [InlineData(0.1, "0.1")]
    [InlineData(1.5, "1.5")]
    [InlineData(-1234.5625, "-1234.5625")]
    [InlineData(100.0, "100")]
    [InlineData(1e-5, "0.00001")]
    [InlineData(1.5e-5, "0.000015")]
    [InlineData(9.9999999999999991E-06, "9.999999999999999e-6")]
    [InlineData(1.5e-7, "1.5e-7")]
    [InlineData(1e14, "100000000000000")]
    [InlineData(999999999999999.9, "999999999999999.9")]
    [InlineData(1e15, "1e15")]
    [InlineData(1.25e15, "1.25e15")]
    [InlineData(1e22, "1e22")]
    [InlineData(1e23, "1e23")]
    [InlineData(9007199254740993.0, "9.007199254740992e15")]
    [InlineData(double.Epsilon, "5e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e308")]
    [InlineData(2.2250738585072014E-308, "2.2250738585072014e-308")]
    [InlineData(4.1045368012983762E-289, "4.1045368012983762e-289")]
    [InlineData(5.684341886080802E-14, "5.684341886080802e-14")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Double_is_written_plain_or_with_an_exponent(double value, string text) => Assert.Equal(text, NumberText.Format(value));

    [Theory]
    [InlineData(0f, "0")]
    [InlineData(0.1f, "0.1")]
    [InlineData(16777216f, "16777216")]
    [InlineData(3.4028235E+38f, "3.4028235e38")]
    [InlineData(1e-45f, "1e-45")]
    [InlineData(1.1754944E-38f, "1.1754944e-38")]
    [InlineData(33554432f, "33554432")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Float_is_written_with_its_own_digits(float value, string text) => Assert.Equal(text, NumberText.Format(value));

    [Fact]
    public void Negative_zero_keeps_its_sign()
    {
        Assert.Equal("-0", NumberText.Format(-0.0));
        Assert.Equal("-0", NumberText.Format(-0.0f));
        Assert.Equal("-0", NumberText.Format(-0.0, 3));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    [InlineData("")]
    public void Doubles_are_shortest_and_read_back_in_every_culture(string culture)
    {
        using var scope = new CultureScope(culture);
        var random = new Random(1);
        for (int i = 0; i < 60_000; i++)
        {
            AssertShortest(RandomDouble(random, i));
        }

        // The numbers below a power of two are nearer than those above: all of them, with their neighbours.
        for (int exponent = -1074; exponent < 1024; exponent++)
        {
            double power = Math.ScaleB(1, exponent);
            AssertShortest(power);
            AssertShortest(Math.BitIncrement(power));
            AssertShortest(Math.BitDecrement(power));
        }
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    [InlineData("")]
    public void Floats_are_shortest_and_read_back_in_every_culture(string culture)
    {
        using var scope = new CultureScope(culture);
        var random = new Random(2);
        for (int i = 0; i < 60_000; i++)
        {
            AssertShortest(BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)));
            AssertShortest((float)((random.NextDouble() - 0.5) * 2));
            AssertShortest(BitConverter.Int32BitsToSingle(random.Next(1, 1 << 23)));
        }

        for (int exponent = -149; exponent < 128; exponent++)
        {
            float power = MathF.ScaleB(1, exponent);
            AssertShortest(power);
            AssertShortest(MathF.BitIncrement(power));
            AssertShortest(MathF.BitDecrement(power));
        }
    }

    [Theory]
    [InlineData(2.5, 1, "2")]
    [InlineData(3.5, 1, "4")]
    [InlineData(0.125, 2, "0.12")]
    [InlineData(0.375, 2, "0.38")]
    [InlineData(9.996, 3, "10")]
    [InlineData(99.96, 3, "100")]
    [InlineData(1234567, 3, "1230000")]
    [InlineData(0.1, 17, "0.10000000000000001")]
    [InlineData(0.1, 16, "0.1")]
    [InlineData(-1.0 / 3, 4, "-0.3333")]
    [InlineData(1.23456e-9, 3, "1.23e-9")]
    [InlineData(9.999e-6, 2, "0.00001")]
    [InlineData(double.Epsilon, 17, "4.9406564584124654e-324")]
    [InlineData(double.MaxValue, 1, "2e308")]
    public void Significant_digits_are_rounded_half_to_even(double value, int digits, string text) => Assert.Equal(text, NumberText.Format(value, digits));

    [Fact]
    public void Significant_digits_are_those_of_the_exact_value()
    {
        // The platform's E format prints exact digits; random bits are no ties, where the two would differ.
        var random = new Random(3);
        for (int i = 0; i < 40_000; i++)
        {
            double value = RandomDouble(random, i);
            int digits = (i % 17) + 1;
            string expected = value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture);
            Assert.Equal(Canonical(expected), Canonical(NumberText.Format(value, digits)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(18)]
    public void A_count_of_digits_out_of_range_is_refused(int digits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberText.Format(1.5, digits));

    private static void AssertShortest(double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        string text = NumberText.Format(value);
        Assert.Matches(Grammar(), text);
        string platform = value.ToString("R", CultureInfo.InvariantCulture);
        if (double.Parse(platform, NumberStyles.Float, CultureInfo.InvariantCulture) == value)
        {
            Assert.Equal(Canonical(platform), Canonical(text));
        }
        else
        {
            // The platform's text of some powers of two, 2^-958 for one, reads back as the number below.
            Assert.Equal(0, BitConverter.DoubleToInt64Bits(value) & ((1L << 52) - 1));
            AssertNothingShorterReadsBack(value, Canonical(text).IndexOf('e') - 1);
        }

        Assert.True(NumberText.TryParse(text.AsSpan(), out double back), text);
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(back));
    }

    private static void AssertShortest(float value)
    {
        if (!float.IsFinite(value))
        {
            return;
        }

        string text = NumberText.Format(value);
        Assert.Matches(Grammar(), text);
        Assert.Equal(Canonical(value.ToString("R", CultureInfo.InvariantCulture)), Canonical(text));
        float back = float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        Assert.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits(back));
    }

    /// <summary>The three decimals of so many digits next to a positive value belong to other numbers.</summary>
    private static void AssertNothingShorterReadsBack(double value, int digits)
    {
        string[] parts = value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture).Split('E');
        long nearest = long.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        int exponent = int.Parse(parts[1], CultureInfo.InvariantCulture) - digits + 1;
        for (long candidate = nearest - 1; candidate <= nearest + 1; candidate++)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{candidate}E{exponent}");
            Assert.NotEqual(value, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>All bit patterns, subnormal numbers, and numbers of everyday size in turn.</summary>
    private static double RandomDouble(Random random, int i) => (i % 4) switch
    {
        0 => BitConverter.Int64BitsToDouble(random.NextInt64(0x7FF0_0000_0000_0000) | (random.Next(2) == 0 ? 0 : long.MinValue)),
        1 => BitConverter.Int64BitsToDouble(random.NextInt64(1, 1L << random.Next(1, 53))),
        2 => (random.NextDouble() - 0.5) * 20,
        _ => Math.Round(random.NextDouble() * 1e6) / 1000,
    };

    /// <summary>Sign, digits without zeros on either side, and the power of ten of the last digit.</summary>
    private static string Canonical(string text)
    {
        string sign = text.StartsWith('-') ? "-" : "";
        string[] parts = text.TrimStart('-').ToUpperInvariant().Split('E');
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        string[] halves = parts[0].Split('.');
        string digits = halves[0] + (halves.Length > 1 ? halves[1] : "");
        exponent -= halves.Length > 1 ? halves[1].Length : 0;
        string trimmed = digits.TrimEnd('0');
        exponent += digits.Length - trimmed.Length;
        trimmed = trimmed.TrimStart('0');
        return trimmed.Length == 0 ? sign + "0" : $"{sign}{trimmed}e{exponent.ToString(CultureInfo.InvariantCulture)}";
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?(e-?[1-9][0-9]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    private sealed class CultureScope : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentCulture;

        public CultureScope(string name) => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);

        public void Dispose() => CultureInfo.CurrentCulture = _before;
    }
}
