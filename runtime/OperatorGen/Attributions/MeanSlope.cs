using System;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// The mean slope of a decoder function between 0 and x, <c>q(x) = (g(x) - g(0)) / x</c>, g'(0) at 0: the integral of g'(a x) over a from 0 to 1. Where x is so
/// small that the difference would cancel, q is a sum of powers. A rectifier has the slope 1/2 at its corner, the mean of both sides.
/// </summary>
internal sealed class MeanSlope
{
    // The terms left out of a series are (1/8)^24 of its first one at most.
    private const int Terms = 24;

    private readonly DecoderFunction _function;
    private readonly double _atZero;
    private readonly double _near;      // from here on the quotient is used
    private readonly double[] _series;  // q(x) = sum_k series_k x^k

    public MeanSlope(DecoderFunction function)
    {
        _function = function;
        _atZero = function.Value(0);
        if (function is PolynomialFunction polynomial)
        {
            _near = double.PositiveInfinity;
            _series = function.Taylor(0, Math.Max(polynomial.Degree, 1))[1..];
        }
        else if (function.HasTaylorSeries)
        {
            _near = Math.Min(function.TaylorRadius(0), 2) / 8;
            _series = function.Taylor(0, Terms + 1)[1..];
        }
        else
        {
            _series = function is Relu ? [0.5] : throw new ArgumentException($"The decoder function {function.Name} has no mean slope at 0.", nameof(function));
        }
    }

    /// <summary>Turns values into mean slopes.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="values">g(x); takes q(x).</param>
    public void Apply(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Abs(x[i]) > _near ? (values[i] - _atZero) / x[i] : Series(x[i]);
        }
    }

    /// <summary>q(x).</summary>
    public double At(double x) => Math.Abs(x) > _near ? (_function.Value(x) - _atZero) / x : Series(x);

    private double Series(double x)
    {
        double sum = 0;
        for (int k = _series.Length - 1; k >= 0; k--)
        {
            sum = (sum * x) + _series[k];
        }

        return sum;
    }
}
