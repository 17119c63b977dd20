using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <content>The four expansions.</content>
public sealed partial class DecoderPolynomial
{
    /// <summary>The Taylor polynomial about a point. The coefficients of a decoder that is a polynomial are exact about every point.</summary>
    /// <param name="function">The function.</param>
    /// <param name="order">P, 0 to <see cref="GreatestOrder"/>.</param>
    /// <param name="centre">The point, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is out of range, or the centre is not finite.</exception>
    /// <exception cref="InvalidOperationException">The function has no Taylor series.</exception>
    public static DecoderPolynomial Taylor(DecoderFunction function, int order, double centre = 0)
    {
        CheckOrder(order);
        if (double.IsNaN(centre) || double.IsInfinity(centre))
        {
            throw new ArgumentOutOfRangeException(nameof(centre), "The centre of a Taylor polynomial is a finite number.");
        }

        BigRational[]? exact = centre == 0 ? function.ExactTaylor(order)
            : function.IsPolynomial ? Truncated(WholeOf(function), BigRational.FromDouble(centre), order)
            : null;
        return new DecoderPolynomial(function, ExpansionKind.Taylor, PolynomialBasis.Powers(centre, order), function.Taylor(centre, order), exact);
    }

    /// <summary>The function itself, in powers of x, where it is a polynomial; the order is its degree.</summary>
    /// <param name="function">A polynomial of at most degree <see cref="GreatestOrder"/>.</param>
    /// <exception cref="InvalidOperationException">The function is no polynomial, or its degree is too high.</exception>
    public static DecoderPolynomial Exact(DecoderFunction function) => Exact(function, CheckedDegree(function));

    /// <summary>
    /// The function itself, in powers of x, where it is a polynomial. Beyond its degree the coefficients are 0. An order below its degree keeps
    /// the lower powers only: that is the Taylor polynomial about 0, and <see cref="Kind"/> says so.
    /// </summary>
    /// <param name="function">A polynomial.</param>
    /// <param name="order">P, 0 to <see cref="GreatestOrder"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is out of range.</exception>
    /// <exception cref="InvalidOperationException">The function is no polynomial.</exception>
    public static DecoderPolynomial Exact(DecoderFunction function, int order)
    {
        CheckOrder(order);
        CheckPolynomial(function);
        BigRational[] exact = function.ExactTaylor(order)!;
        return new DecoderPolynomial(
            function,
            DegreeOf(function) <= order ? ExpansionKind.Exact : ExpansionKind.Taylor,
            PolynomialBasis.Powers(0, order),
            Array.ConvertAll(exact, c => c.ToDouble()),
            exact);
    }

    /// <summary>
    /// The truncated Chebyshev series on a range. Its greatest error there is at most 4 + 4/pi^2 log(P + 1) times that of the best polynomial of
    /// the order (Trefethen, Approximation Theory and Approximation Practice, theorem 16.1). A range of one point gives the constant.
    /// </summary>
    /// <param name="function">Any function.</param>
    /// <param name="order">P, 0 to <see cref="GreatestOrder"/>.</param>
    /// <param name="low">The lower end of the range.</param>
    /// <param name="high">The upper end.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is out of range; an end is not finite, or low is above high.</exception>
    /// <exception cref="InvalidOperationException">The function overflows on the range.</exception>
    public static DecoderPolynomial Chebyshev(DecoderFunction function, int order, double low, double high)
    {
        CheckOrder(order);
        return new DecoderPolynomial(
            function,
            ExpansionKind.Chebyshev,
            PolynomialBasis.Chebyshev(low, high, order),
            ChebyshevSeries.Coefficients(function, order, low, high));
    }

    /// <summary>
    /// Least squares under a measure, in the measure's orthonormal polynomials. Where its nodes determine a lower order only, that one is used and
    /// the higher coefficients are 0.
    /// </summary>
    /// <param name="function">Any function.</param>
    /// <param name="order">P, 0 to <see cref="GreatestOrder"/>.</param>
    /// <param name="measure">The distribution of the argument.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is out of range.</exception>
    /// <exception cref="InvalidOperationException">The function overflows at a node.</exception>
    public static DecoderPolynomial Measure(DecoderFunction function, int order, ReducedMeasure measure)
    {
        CheckOrder(order);
        var (basis, coefficients) = OrthonormalFit.Of(function, order, measure);
        return new DecoderPolynomial(function, ExpansionKind.Measure, basis, coefficients);
    }

    // The part of degree <= order of a polynomial in x, in powers about a centre, written in powers of x again.
    private static BigRational[] Truncated(IReadOnlyList<BigRational> monomials, BigRational centre, int order)
    {
        BigRational[] shifted = TaylorShift.Apply<BigRational, RationalRing>(monomials, centre);
        Array.Resize(ref shifted, order + 1);
        return TaylorShift.Apply<BigRational, RationalRing>(shifted, -centre);
    }

    private static int DegreeOf(DecoderFunction function) => function is PolynomialFunction polynomial ? polynomial.Degree : 1;

    private static BigRational[] WholeOf(DecoderFunction function) => function.ExactTaylor(DegreeOf(function))!;

    private static int CheckedDegree(DecoderFunction function)
    {
        CheckPolynomial(function);
        int degree = DegreeOf(function);
        return degree <= GreatestOrder
            ? degree
            : throw new InvalidOperationException($"The decoder function '{function.Name}' has degree {degree}, but expansions go to order {GreatestOrder}: give an order.");
    }

    private static void CheckPolynomial(DecoderFunction function)
    {
        if (!function.IsPolynomial)
        {
            throw new InvalidOperationException($"The decoder function '{function.Name}' is no polynomial, so it has no exact expansion: use taylor, chebyshev or measure.");
        }
    }

    private static void CheckOrder(int order)
    {
        if (order is < 0 or > GreatestOrder)
        {
            throw new ArgumentOutOfRangeException(nameof(order), $"The order of an expansion is 0 to {GreatestOrder}, but {order} is asked for.");
        }
    }
}
