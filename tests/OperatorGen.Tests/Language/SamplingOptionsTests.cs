using System;
using System.Globalization;
using Xunit;

namespace OperatorGen.Tests.Language;

/// <summary>Options that have no meaning are refused.</summary>
public sealed class SamplingOptionsTests
{
    [Theory]
    [InlineData("Temperature", -0.5)]
    [InlineData("Temperature", double.NaN)]
    [InlineData("Temperature", double.PositiveInfinity)]
    [InlineData("TopK", -1)]
    [InlineData("TopP", -0.125)]
    [InlineData("TopP", 1.5)]
    [InlineData("TopP", double.NaN)]
    [InlineData("RepetitionPenalty", 0)]
    [InlineData("RepetitionPenalty", -1.5)]
    [InlineData("RepetitionPenalty", double.NaN)]
    [InlineData("RepetitionPenalty", double.PositiveInfinity)]
    [InlineData("RepetitionWindow", -2)]
    [InlineData("MaxTokens", -3)]
    public void A_bad_option_is_refused_with_its_name_its_value_and_the_range_in_no_culture(string name, double value)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => Set(name, value)).Message;
            Assert.Contains($"{name} is {value.ToString(CultureInfo.InvariantCulture)}; it has to be ", message, StringComparison.Ordinal);
            Assert.Contains("Temperature = 0.5, TopK = 0, TopP = 1, Seed = -1 }", new GenerationOptions { Sampling = new SamplingOptions { Temperature = 0.5, Seed = -1 } }.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_borders_of_the_ranges_are_legal()
    {
        var options = new SamplingOptions { Temperature = 0, TopK = 0, TopP = 0, RepetitionPenalty = double.Epsilon, RepetitionWindow = 0, Seed = long.MinValue };
        Assert.Equal(1, (options with { TopP = 1 }).TopP);
    }

    [Fact]
    public void A_stop_string_that_no_text_has_is_refused()
    {
        // Not as data of a theory: an attribute keeps strings in UTF-8, which cannot say half of a pair.
        foreach (string stop in new[] { "", "a\ud83d", "\ude00" })
        {
            string message = Assert.Throws<ArgumentException>(() => new GenerationOptions { StopStrings = ["fine \ud83d\ude00", stop] }).Message;
            Assert.Contains("Stop string 1 ", message, StringComparison.Ordinal);
        }
    }

    private static object Set(string name, double value) => name switch
    {
        "Temperature" => new SamplingOptions { Temperature = value },
        "TopK" => new SamplingOptions { TopK = (int)value },
        "TopP" => new SamplingOptions { TopP = value },
        "RepetitionPenalty" => new SamplingOptions { RepetitionPenalty = value },
        "RepetitionWindow" => new SamplingOptions { RepetitionWindow = (int)value },
        _ => new GenerationOptions { MaxTokens = (int)value },
    };
}
