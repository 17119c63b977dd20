using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using OperatorGen.TestKit.Numbers;
using Xunit;

namespace OperatorGen.Design.Tests.Enclosures;

public class ApproximationErrorTests
{
    private static readonly (double Low, double High)[] s_ranges = [(-1, 1), (-5, 3), (-357, 83), (-3000, 2000), (0.5, 0.75)];

    public static TheoryData<string> Functions =>
        ["gelu-erf", "gelu-tanh", "silu", "sigmoid", "tanh", "softplus", "relu", "exp", "identity", "polynomial(0, 1, 1/2)", "polynomial(1/3, -1, 0, 2, 0, 1/7)"];

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_bound_holds_at_samples_and_is_at_most_3_percent_above_the_greatest(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        foreach ((double low, double high) in Ranges(function))
        {
            (double X, double G)[] samples = [.. Samples(low, high).Select(x => (x, function.Value(x)))];
            foreach (DecoderPolynomial polynomial in Polynomials(function, low, high))
            {
                double bound = ApproximationError.Bound(polynomial, new(low, high));
                double greatest = 0;
                double rounding = 0;
                foreach ((double x, double g) in samples)
                {
                    // Value of p: three operations a step, whose errors the recurrence carries on as it does the values; 64 roundings of the sum of |a_k p_k(x)| are
                    // more than all of them. Value of g is within 2 ulp.
                    double slack = 64 * 2.3e-16 * (Magnitude(polynomial, x) + Math.Abs(g));
                    double error = Math.Abs(g - polynomial.Value(x));
                    Assert.True(error <= bound + slack, $"{polynomial.Kind} {polynomial.Order} on [{low}, {high}] at {x}: {error} > {bound}");
                    greatest = Math.Max(greatest, error);
                    rounding = Math.Max(rounding, slack);
                }

                // 2 % by the rule of subdivision, and 1 % for extrema between samples; where the error is at the level of rounding, that.
                Assert.True(bound <= (1.03 * greatest) + (2 * rounding), $"{polynomial.Kind} {polynomial.Order} on [{low}, {high}]: {bound} against {greatest}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_bound_holds_in_exact_arithmetic(string name)
    {
        // p exactly, from its recurrence in rationals; of g an enclosure that the table of 50-digit values vouches for: no rounding is left to allow for.
        DecoderFunction function = DecoderFunctions.Find(name)!;
        foreach ((double low, double high) in Ranges(function))
        {
            foreach (DecoderPolynomial polynomial in Polynomials(function, low, high).Where(p => p.Order <= 5))
            {
                BigRational bound = BigRational.FromDouble(ApproximationError.Bound(polynomial, new(low, high)));
                foreach (double x in Samples(low, high).Where((_, i) => i % 5 == 0).OrderByDescending(x => Math.Abs(function.Value(x) - polynomial.Value(x))).Take(5))
                {
                    Interval g = function.Enclose(x);
                    BigRational p = polynomial.IsExact ? BigRational.FromDouble(0) : ExactValue(polynomial, x);
                    BigRational above = BigRational.FromDouble(g.Low) - p;
                    BigRational below = p - BigRational.FromDouble(g.High);
                    Assert.True(polynomial.IsExact ? bound.IsZero : above <= bound && below <= bound, $"{polynomial.Kind} {polynomial.Order} at {x}");
                }
            }
        }
    }

    [Theory]
    [InlineData("gelu-tanh", -0.7524614221)]
    [InlineData("gelu-erf", -0.7517915247)]
    [InlineData("silu", -1.2784645428)]
    public void The_remainder_of_a_piece_counts(string name, double valley)
    {
        // |g - p| of a constant p is greatest in the valley of g, inside of a piece. Taylor polynomials of g about the middles of the pieces, without their
        // remainders, stay below that for some of these constants and ranges. In enclosures, so that no rounding is allowed for.
        DecoderFunction function = DecoderFunctions.Find(name)!;
        for (double value = 0.5; value < 10; value += 0.125)
        {
            var constant = new DecoderPolynomial(function, ExpansionKind.Chebyshev, PolynomialBasis.Powers(0, 0), [value]);
            for (double reach = 2; reach < 2 * value; reach += 0.375)
            {
                double least = ((Interval)value - function.Enclose(valley)).Low;
                Assert.InRange(ApproximationError.Bound(constant, new(-reach, reach)), least, 1.03 * least);
            }
        }
    }

    [Fact]
    public void Far_from_0_the_error_of_a_polynomial_for_a_polynomial_is_not_lost_in_the_powers_of_x()
    {
        // On [11.9, 12.8] the fit of order 14 to 40 points is the function up to rounding, but its coefficients about 0 are sums of numbers beyond 1e20.
        DecoderFunction function = DecoderFunctions.Find("polynomial(1/3, -1, 0, 2, 0, 1/7)")!;
        var builder = new MeasureBuilder(function, 64);
        builder.Add([.. Enumerable.Range(0, 40).Select(i => 11.9 + (0.9 * i / 39))]);
        DecoderPolynomial fit = DecoderPolynomial.Measure(function, 14, builder.Build());
        double bound = ApproximationError.Bound(fit, new(11.9, 12.8));
        double greatest = Samples(11.9, 12.8).Max(x => Math.Abs((ExactValue(fit, x) - ExactValue((PolynomialFunction)function, x)).ToDouble()));
        Assert.InRange(bound, greatest, 1.03 * greatest);
    }

    [Fact]
    public void A_coefficient_changed_by_the_bound_breaks_it()
    {
        DecoderPolynomial fit = DecoderPolynomial.Chebyshev(DecoderFunctions.GeluErf, 6, -3, 3);
        double bound = ApproximationError.Bound(fit, new(-3, 3));
        double[] changed = [.. fit.Coefficients];
        changed[0] += 2 * bound;
        var other = new DecoderPolynomial(fit.Function, fit.Kind, fit.Basis, changed);
        Assert.Contains(Samples(-3, 3), x => Math.Abs(fit.Function.Value(x) - other.Value(x)) > bound);
        Assert.InRange(ApproximationError.Bound(other, new(-3, 3)), 2 * bound, 3.1 * bound);
    }

    [Fact]
    public void An_exponential_has_a_bound_where_its_arguments_end_on_the_right()
    {
        DecoderPolynomial zero = DecoderPolynomial.Chebyshev(DecoderFunctions.Exp, 0, -1, 1);
        double value = zero.Value(0);
        Assert.InRange(ApproximationError.Bound(zero, new(double.NegativeInfinity, 3)), Math.Exp(3) - value, 1.021 * (Math.Exp(3) - value));
        Assert.InRange(ApproximationError.Bound(zero, new(double.NegativeInfinity, -5)), value - Math.Exp(-5), 1.021 * value);
        Assert.Equal(double.PositiveInfinity, ApproximationError.Bound(zero, new(0, double.PositiveInfinity)));
        Assert.Equal(double.PositiveInfinity, ApproximationError.Bound(zero, new(0, 1000)));
        Assert.Equal(double.PositiveInfinity, ApproximationError.Bound(DecoderPolynomial.Chebyshev(DecoderFunctions.Exp, 1, -1, 1), new(double.NegativeInfinity, 3)));
    }

    [Fact]
    public void A_smaller_range_has_no_larger_bound_beyond_the_tolerance()
    {
        var random = new Random(10);
        foreach (DecoderFunction function in DecoderFunctions.All)
        {
            DecoderPolynomial polynomial = DecoderPolynomial.Chebyshev(function, 5, -10, 10);
            for (int i = 0; i < 20; i++)
            {
                double a = (random.NextDouble() * 20) - 10;
                double b = (random.NextDouble() * 20) - 10;
                var outer = new Interval(Math.Min(a, b), Math.Max(a, b));
                var inner = new Interval(outer.Low + (outer.Width / 4), outer.High - (outer.Width / 4));

                // Rounding: values up to 10, coefficients of 6 terms.
                Assert.True(ApproximationError.Bound(polynomial, inner) <= (1.021 * ApproximationError.Bound(polynomial, outer)) + 1e-13);
            }
        }
    }

    [Fact]
    public void Polynomials_that_are_the_function_have_no_error()
    {
        foreach (DecoderFunction function in new[] { DecoderFunctions.Identity, DecoderFunctions.Find("polynomial(1/3, 1, -2/7)")! })
        {
            DecoderPolynomial exact = DecoderPolynomial.Exact(function);
            Assert.Equal(0, ApproximationError.Bound(exact, new(-1000, 1000)));
            Assert.Equal(0, ApproximationError.Bound(exact, Interval.Entire));
        }

        Assert.Equal(0, ApproximationError.Bound(DecoderPolynomial.Taylor(DecoderFunctions.Identity, 3, 0.5), Interval.Entire));
    }

    [Fact]
    public void An_unbounded_range_has_a_bound_only_where_the_difference_is_bounded()
    {
        Interval right = new(-2, double.PositiveInfinity);
        Interval left = new(double.NegativeInfinity, 1);
        Assert.Equal(double.PositiveInfinity, ApproximationError.Bound(DecoderPolynomial.Taylor(DecoderFunctions.Tanh, 3), right));
        Assert.Equal(double.PositiveInfinity, ApproximationError.Bound(DecoderPolynomial.Taylor(DecoderFunctions.GeluErf, 1), right));
        Assert.Equal(double.PositiveInfinity, ApproximationError.Bound(DecoderPolynomial.Taylor(DecoderFunctions.Find("polynomial(0, 1, 1)")!, 1), left));

        // |tanh x - 0| < 1; |sigma(x) - 1/2| < 1/2.
        Assert.InRange(ApproximationError.Bound(DecoderPolynomial.Taylor(DecoderFunctions.Tanh, 0), Interval.Entire), 1, 1.03);
        Assert.InRange(ApproximationError.Bound(DecoderPolynomial.Taylor(DecoderFunctions.Sigmoid, 0), Interval.Entire), 0.5, 0.52);

        // |g(x) - x| over x >= -2: largest at -2 or below 0.3, and g - x tends to 0.
        var line = new DecoderPolynomial(DecoderFunctions.Silu, ExpansionKind.Chebyshev, PolynomialBasis.Powers(3, 1), [3, 1]);
        Assert.InRange(ApproximationError.Bound(line, right), 1.76, 1.82);
        Assert.InRange(ApproximationError.Bound(new(DecoderFunctions.Relu, ExpansionKind.Measure, PolynomialBasis.Powers(0, 1), [0, 1]), right), 2, 2.05);
        Assert.InRange(ApproximationError.Bound(DecoderPolynomial.Taylor(DecoderFunctions.GeluErf, 0), left), 0.84, 0.87);
    }

    [Fact]
    public void A_single_point_and_enormous_coefficients_have_bounds()
    {
        DecoderPolynomial taylor = DecoderPolynomial.Taylor(DecoderFunctions.Softplus, 4);
        Assert.InRange(ApproximationError.Bound(taylor, 2.0) / Math.Abs(DecoderFunctions.Softplus.Value(2) - taylor.Value(2)), 1 - 1e-12, 1 + 1e-12);
        var enormous = new DecoderPolynomial(DecoderFunctions.Tanh, ExpansionKind.Measure, PolynomialBasis.Powers(0, 2), [1e300, 1e305, -1e307]);
        Assert.True(ApproximationError.Bound(enormous, new(-1, 1)) is >= 1e307 and < 1.05e307);
        Assert.Equal(double.PositiveInfinity, ApproximationError.Bound(enormous, new(-100, 100)));
    }

    [Fact]
    public void The_range_of_a_decoder_polynomial_contains_its_exact_values_and_is_near()
    {
        foreach (DecoderFunction function in DecoderFunctions.All)
        {
            foreach (DecoderPolynomial polynomial in Polynomials(function, -5, 3).Where(p => p.Order <= 8))
            {
                Interval range = polynomial.Enclose(new(-5, 3));
                double[] values = [.. Samples(-5, 3).Select(polynomial.Value)];
                double width = values.Max() - values.Min();
                double allowed = (0.011 * width) + (64 * 2.3e-16 * Samples(-5, 3).Max(x => Magnitude(polynomial, x)));
                Assert.InRange(range.Low, values.Min() - allowed, values.Min() + allowed);
                Assert.InRange(range.High, values.Max() - allowed, values.Max() + allowed);
                Assert.All(new[] { -5, -1.25, 0, 3.0 }, x => Assert.True(range.ContainsRational(ExactValue(polynomial, x))));
            }
        }
    }

    // e^x overflows beyond 709.
    private static IEnumerable<(double Low, double High)> Ranges(DecoderFunction function) => s_ranges.Where(range => function is not Exp || range.High < 709);

    private static IEnumerable<DecoderPolynomial> Polynomials(DecoderFunction function, double low, double high)
    {
        var random = new Random(11);
        double[] samples = [.. Enumerable.Range(0, 300).Select(_ => low + ((high - low) * random.NextDouble() * random.NextDouble())).Order()];
        double[] weights = [.. samples.Select(_ => 1.0 / samples.Length)];
        var measure = new ReducedMeasure(samples, weights);
        foreach (int order in new[] { 0, 1, 2, 5, 8, 16 })
        {
            yield return DecoderPolynomial.Chebyshev(function, order, low, high);
            if (order <= 8)
            {
                yield return DecoderPolynomial.Measure(function, order, measure);
            }

            if (function.HasTaylorSeries)
            {
                yield return DecoderPolynomial.Taylor(function, order, low > 0 ? low : 0);
            }
        }

        if (function.IsPolynomial)
        {
            yield return DecoderPolynomial.Exact(function);
        }
    }

    // Even steps, and denser ones about 0, where the functions bend.
    private static IEnumerable<double> Samples(double low, double high)
    {
        for (int i = 0; i <= 1000; i++)
        {
            yield return Math.Clamp(low + ((high - low) * i / 1000), low, high);
            double near = (i - 500) / 25.0;
            if (near > low && near < high)
            {
                yield return near;
            }
        }
    }

    // The sum of |a_k p_k(x)|.
    private static double Magnitude(DecoderPolynomial polynomial, double x)
    {
        Span<double> values = stackalloc double[DecoderPolynomial.GreatestOrder + 1];
        polynomial.Basis.Values(x, values);
        double sum = 0;
        for (int k = 0; k <= polynomial.Order; k++)
        {
            sum += Math.Abs(values[k] * polynomial.Coefficients[k]);
        }

        return sum;
    }

    private static BigRational ExactValue(DecoderPolynomial polynomial, double x)
    {
        BigRational sum = BigRational.Zero;
        BigRational previous = BigRational.Zero;
        BigRational current = BigRational.One;
        for (int k = 0; k <= polynomial.Order; k++)
        {
            sum += BigRational.FromDouble(polynomial.Coefficients[k]) * current;
            if (k < polynomial.Order)
            {
                BigRational next = (((BigRational.FromDouble(x) - BigRational.FromDouble(polynomial.Basis.Alpha(k))) * current)
                    - (BigRational.FromDouble(polynomial.Basis.Beta(k)) * previous)) / BigRational.FromDouble(polynomial.Basis.Scale(k));
                previous = current;
                current = next;
            }
        }

        return sum;
    }

    private static BigRational ExactValue(PolynomialFunction function, double x) =>
        function.Coefficients.Reverse().Aggregate(BigRational.Zero, (value, a) => (value * BigRational.FromDouble(x)) + a);
}
