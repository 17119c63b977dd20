using System;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class ErrorFunctionTests
{
    // Values of glibc's erf and erfc, themselves within 1 ulp. The sums and fractions here lose a few ulp; e^(-x^2) adds x^2 of them.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(0.9999, 0.8426592780487595)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(2, 0.9953222650189527)]
    [InlineData(-2, -0.9953222650189527)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Erf_has_its_known_values(double x, double expected) =>
        Assert.InRange(ErrorFunction.Erf(x), expected - 4e-16, expected + 4e-16);

    [Theory]
    [InlineData(1, 0.15729920705028513)]
    [InlineData(1.5, 0.033894853524689274)]
    [InlineData(3, 2.2090496998585438e-05)]
    [InlineData(5, 1.5374597944280351e-12)]
    [InlineData(10, 2.088487583762545e-45)]
    [InlineData(-2, 1.9953222650189528)]
    public void Erfc_keeps_its_digits_in_the_tail(double x, double expected) =>
        Assert.InRange(ErrorFunction.Erfc(x) / expected, 1 - ((8 + (x * x)) * 1.2e-16), 1 + ((8 + (x * x)) * 1.2e-16));

    [Fact]
    public void Erf_is_continuous_where_the_series_hands_over_to_the_fraction()
    {
        double below = ErrorFunction.Erf(Math.BitDecrement(1.0));
        Assert.InRange(ErrorFunction.Erf(1.0) - below, -4e-16, 4e-16);
    }

    [Fact]
    public void Not_a_number_stays_so() => Assert.True(double.IsNaN(ErrorFunction.Erf(double.NaN)) && double.IsNaN(ErrorFunction.Erfc(double.NaN)));
}
