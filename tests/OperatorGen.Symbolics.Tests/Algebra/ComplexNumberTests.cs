using System;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Algebra;

public class ComplexNumberTests
{
    [Fact]
    public void A_number_and_its_conjugate_can_be_shown()
    {
        var number = new ComplexNumber(1, -2);
        Assert.Equal(new ComplexNumber(1, 2), number.Conjugate());
        Assert.Contains("Re = 1, Im = -2", number.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_quotient_times_its_divisor_is_the_dividend_up_to_rounding()
    {
        var random = new Random(8);
        for (int i = 0; i < 5_000; i++)
        {
            ComplexNumber a = Some(random);
            ComplexNumber b = Some(random);

            // Smith's method and the product: some ten roundings, each of at most |a| 2^-53 and a factor of 2 for the sums.
            ComplexNumber difference = (a / b * b) - a;
            Assert.True(difference.Magnitude <= 20 * Math.ScaleB(a.Magnitude, -53));
        }
    }

    [Fact]
    public void Quotients_and_magnitudes_of_large_and_small_numbers_neither_overflow_nor_vanish()
    {
        var large = new ComplexNumber(3e200, 4e200);
        var small = new ComplexNumber(3e-200, 4e-200);
        Assert.Equal(5e200, large.Magnitude, 1e186);
        Assert.Equal(5e-200, small.Magnitude, 1e-214);
        Assert.Equal(1, (large / large).Re, 1e-15);
        Assert.Equal(0, (small / small).Im, 1e-15);
        Assert.Equal(0, ComplexNumber.Zero.Magnitude);
        Assert.Equal(double.PositiveInfinity, new ComplexNumber(double.NegativeInfinity, 1).Magnitude);
    }

    [Fact]
    public void The_exponential_of_a_sum_is_the_product_of_the_exponentials()
    {
        var random = new Random(9);
        for (int i = 0; i < 2_000; i++)
        {
            var a = new ComplexNumber(random.NextDouble() - 0.5, (random.NextDouble() - 0.5) * 6);
            var b = new ComplexNumber(random.NextDouble() - 0.5, (random.NextDouble() - 0.5) * 6);
            ComplexNumber product = ComplexNumber.Exp(a) * ComplexNumber.Exp(b);

            // The sum a + b is rounded by at most 4 2^-53 and the values, at most e, by a few ulp each.
            Assert.True((ComplexNumber.Exp(a + b) - product).Magnitude < 20 * Math.E * Math.ScaleB(1, -53));
        }

        ComplexNumber turn = ComplexNumber.Exp(new(0, Math.PI));
        Assert.Equal(-1, turn.Re);
        Assert.Equal(0, turn.Im, 2e-16);
    }

    [Fact]
    public void Expm1_keeps_all_digits_of_small_arguments()
    {
        foreach (ComplexNumber z in new ComplexNumber[] { new(1e-9, -3e-9), new(-2e-5, 1e-5), new(0, 1e-6), new(1e-12, 0) })
        {
            // z + z^2/2 + z^3/6: the rest is below |z|^4 / 24 < 1e-20.
            ComplexNumber series = z + (z * z * 0.5) + (z * z * z * (1.0 / 6));
            ComplexNumber difference = ComplexNumber.Expm1(z) - series;
            Assert.True(difference.Magnitude <= (10 * Math.ScaleB(z.Magnitude, -53)) + 1e-20, $"{z}");
        }

        ComplexNumber one = ComplexNumber.Expm1(new(0.5, 2)) + 1;
        Assert.True((one - ComplexNumber.Exp(new(0.5, 2))).Magnitude < 1e-15);
    }

    [Fact]
    public void The_phase_is_that_of_the_quadrant()
    {
        Assert.Equal(Math.PI / 4, new ComplexNumber(1, 1).Phase, 1e-15);
        Assert.Equal(-3 * Math.PI / 4, new ComplexNumber(-1, -1).Phase, 1e-15);
        Assert.Equal(Math.PI, new ComplexNumber(-1, 0).Phase);
    }

    private static ComplexNumber Some(Random random) => new(
        Math.ScaleB(random.NextDouble() - 0.5, random.Next(-40, 40)),
        Math.ScaleB(random.NextDouble() - 0.5, random.Next(-40, 40)));
}
