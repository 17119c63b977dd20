using System;
using System.Linq;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Expansions;

public class ChebyshevTests
{
    [Fact]
    public void Coefficients_of_relu_on_the_unit_interval_are_those_of_the_known_series()
    {
        // |x| = 2/pi - 4/pi sum over even k >= 2 of (-1)^(k/2) / (k^2 - 1) T_k (Trefethen, chapter 3), relu = (x + |x|) / 2. The quadrature is
        // wrong by at most V / n^2 = 1 / 8192^2 = 1.5e-8, as ChebyshevSeries derives.
        DecoderPolynomial polynomial = DecoderPolynomial.Chebyshev(DecoderFunctions.Relu, 16, -1, 1);
        for (int k = 0; k <= 16; k++)
        {
            double expected = k switch
            {
                0 => 1 / Math.PI,
                1 => 0.5,
                _ when k % 2 == 1 => 0,
                _ => -2 / Math.PI * (k % 4 == 0 ? 1 : -1) / ((k * k) - 1.0),
            };
            Assert.True(Math.Abs(polynomial.Coefficients[k] - expected) <= 1.5e-8, $"{k}: {polynomial.Coefficients[k]} {expected}");
        }
    }

    [Fact]
    public void Coefficients_of_odd_functions_on_a_symmetric_range_vanish_at_even_degrees()
    {
        DecoderPolynomial polynomial = DecoderPolynomial.Chebyshev(DecoderFunctions.Tanh, 16, -7.5, 7.5);
        Assert.All(Enumerable.Range(0, 17), k => Assert.Equal(k % 2 == 0, polynomial.Coefficients[k] == 0));
    }

    [Fact]
    public void A_polynomial_of_the_order_is_its_own_series()
    {
        var random = new Random(11);
        for (int trial = 0; trial < 100; trial++)
        {
            int degree = random.Next(0, 9);
            var function = new PolynomialFunction([.. Enumerable.Range(0, degree + 1).Select(_ => BigRational.FromDouble(random.NextDouble() - 0.5))]);
            double low = (random.NextDouble() * 20) - 10;
            double high = low + (random.NextDouble() * 10);
            DecoderPolynomial polynomial = DecoderPolynomial.Chebyshev(function, degree + random.Next(0, 4), low, high);

            // Some 64 roundings of the greatest power.
            double largest = Math.Max(1, Math.Pow(Math.Max(Math.Abs(low), Math.Abs(high)), degree));
            for (int i = 0; i <= 20; i++)
            {
                double x = low + ((high - low) * i / 20);
                Assert.True(Math.Abs(polynomial.Value(x) - function.Value(x)) <= 1e-14 * largest * (degree + 1));
            }
        }
    }

    // The truncated series is within 4 + 4/pi^2 log(P + 1) of the least error. That is bounded from below; the bound is not attained, so the test
    // gives away a factor of 2.
    [Theory]
    [InlineData("gelu-erf", -4, 4, 6)]
    [InlineData("sigmoid", -3, 8, 5)]
    [InlineData("softplus", -2, 2, 4)]
    [InlineData("tanh", -1, 3, 7)]
    [InlineData("relu", -400, 100, 8)]
    public void The_error_is_near_the_least_possible(string name, double low, double high, int order)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        DecoderPolynomial polynomial = DecoderPolynomial.Chebyshev(function, order, low, high);
        double greatest = 0;
        for (int i = 0; i <= 4000; i++)
        {
            double x = low + ((high - low) * i / 4000);
            greatest = Math.Max(greatest, Math.Abs(polynomial.Value(x) - function.Value(x)));
        }

        double least = Enumerable.Range(order, 3).Max(p => LeastError(function, p, low, high));
        double factor = 4 + (4 / (Math.PI * Math.PI) * Math.Log(order + 1));
        Assert.True(greatest >= least * (1 - 1e-9), $"{greatest} below the least possible {least}");
        Assert.True(greatest <= factor * 2 * least, $"{greatest} {least}");
    }

    // The alternating sum over the P + 2 extreme points of T_(P+1) vanishes for polynomials of order P, so it bounds every one's error from below.
    private static double LeastError(DecoderFunction function, int order, double low, double high)
    {
        double numerator = 0;
        for (int j = 0; j <= order + 1; j++)
        {
            double x = ((low + high) / 2) + ((high - low) / 2 * Math.Cos(j * Math.PI / (order + 1)));
            numerator += (j % 2 == 0 ? 1 : -1) * (j == 0 || j == order + 1 ? 0.5 : 1) * function.Value(x);
        }

        return Math.Abs(numerator) / (order + 1);
    }

    [Fact]
    public void A_range_of_one_point_gives_the_constant()
    {
        DecoderPolynomial polynomial = DecoderPolynomial.Chebyshev(DecoderFunctions.Silu, 3, 2.5, 2.5);
        Assert.Equal([DecoderFunctions.Silu.Value(2.5), 0, 0, 0], polynomial.Coefficients);
        Assert.Equal(DecoderFunctions.Silu.Value(2.5), polynomial.Value(2.5));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(-1.7e308, 1.7e308)]
    public void A_range_that_is_none_is_refused(double low, double high)
    {
        Assert.Contains("range", Assert.Throws<ArgumentOutOfRangeException>(() => DecoderPolynomial.Chebyshev(DecoderFunctions.Tanh, 2, low, high)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_nodes_is_enough_for_a_corner_in_a_wide_range()
    {
        // The integral over theta in closed form: with theta_0 = arccos(-c/h), c_k = (2/pi) times the integral of (c + h cos theta) cos(k theta)
        // over 0..theta_0, for k >= 2. ChebyshevSeries derives h V / n^2 = 250 / 8192^2 = 3.8e-6 as the bound of the difference.
        DecoderPolynomial polynomial = DecoderPolynomial.Chebyshev(DecoderFunctions.Relu, 16, -400, 100);
        double corner = Math.Acos(150.0 / 250);
        for (int k = 2; k <= 16; k++)
        {
            double integral = (-150 * Math.Sin(k * corner) / k) + (125 * ((Math.Sin((k - 1) * corner) / (k - 1)) + (Math.Sin((k + 1) * corner) / (k + 1))));
            Assert.True(Math.Abs(polynomial.Coefficients[k] - (2 / Math.PI * integral)) <= 3.8e-6, $"{k}");
        }
    }
}
