using System;

namespace OperatorGen.Symbolics;

/// <summary>A polynomial with rational coefficients. It has scratch memory: an instance is for one thread.</summary>
internal sealed class PolynomialEnclosure : FunctionEnclosure
{
    private readonly Interval[] _coefficients;
    private readonly Interval[] _shifted;

    public PolynomialEnclosure(PolynomialFunction polynomial)
    {
        _coefficients = new Interval[polynomial.Degree + 1];
        _shifted = new Interval[_coefficients.Length];
        for (int k = 0; k < _coefficients.Length; k++)
        {
            _coefficients[k] = Interval.Of(polynomial.Coefficients[k]);
        }
    }

    public override ReadOnlySpan<double> Landmarks => [];

    public override double? TailFrom => null;

    public override double? RightSlope => 0;

    /// <summary>Of degree 1 at most from the formula; else by subdivision, whose result is not needed closer than the ends' own values.</summary>
    public override Interval Values(Interval x) => _coefficients.Length switch
    {
        1 => _coefficients[0],
        2 => _coefficients[0] + (_coefficients[1] == 1 ? x : _coefficients[1] * x),
        _ => Range(x),
    };

    /// <summary>Repeated division by (t - x): the remainders are the coefficients.</summary>
    public override void Jet(Interval x, Span<Interval> coefficients)
    {
        int degree = _coefficients.Length - 1;
        _coefficients.CopyTo(_shifted, 0);
        for (int first = 0; first < Math.Min(coefficients.Length, degree); first++)
        {
            for (int k = degree - 1; k >= first; k--)
            {
                _shifted[k] += x * _shifted[k + 1];
            }
        }

        coefficients.Clear();
        _shifted.AsSpan(0, Math.Min(coefficients.Length, degree + 1)).CopyTo(coefficients);
    }

    /// <summary>Contains g(x) for all x of the interval.</summary>
    /// <param name="x">The arguments; infinite ends are allowed.</param>
    /// <param name="magnitude">True where only the greatest magnitude of the result counts.</param>
    public Interval Range(Interval x, bool magnitude = false)
    {
        var about = new Interval[_coefficients.Length];
        return new PolynomialRange(centre =>
        {
            Jet(centre, about);
            return about;
        }).Over(x, magnitude);
    }
}
