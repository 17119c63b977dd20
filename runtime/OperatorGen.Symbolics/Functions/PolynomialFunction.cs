using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>
/// g(x) = c_0 + c_1 x + ... + c_n x^n with exact rational coefficients. Its name is its text, <c>polynomial(0, 1, 1/2)</c>, constant first,
/// without zeros at the end.
/// </summary>
public sealed partial class PolynomialFunction : DecoderFunction
{
    /// <summary>The highest degree of a decoder polynomial: a declaration beyond it is a mistake.</summary>
    public const int GreatestDegree = 64;

    private readonly BigRational[] _coefficients;

    /// <summary>Takes the coefficients, constant first; zeros at the end are dropped.</summary>
    /// <param name="coefficients">c_0, c_1, ...</param>
    /// <exception cref="ArgumentException">The degree is above <see cref="GreatestDegree"/>.</exception>
    public PolynomialFunction(IReadOnlyList<BigRational> coefficients)
    {
        int count = coefficients.Count;
        while (count > 0 && coefficients[count - 1].IsZero)
        {
            count--;
        }

        if (count > GreatestDegree + 1)
        {
            throw new ArgumentException($"A decoder polynomial has at most degree {GreatestDegree}.", nameof(coefficients));
        }

        _coefficients = new BigRational[Math.Max(count, 1)];
        for (int k = 0; k < count; k++)
        {
            _coefficients[k] = coefficients[k];
        }

        Name = Head + string.Join(", ", _coefficients) + ")";
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>c_0 to c_n; the zero polynomial has the one coefficient 0.</summary>
    public IReadOnlyList<BigRational> Coefficients => _coefficients;

    /// <summary>n; 0 for a constant.</summary>
    public int Degree => _coefficients.Length - 1;

    /// <inheritdoc/>
    public override bool IsPolynomial => true;

    /// <inheritdoc/>
    public override double LipschitzBound => Degree switch
    {
        0 => 0,
        1 => UpperBound(_coefficients[1].Abs()),
        _ => double.PositiveInfinity,
    };

    /// <summary>g(x) within 1 ulp. At infinities, the limit.</summary>
    public override double Value(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (double.IsInfinity(x) && Degree > 0)
        {
            return _coefficients[Degree].Sign * (Degree % 2 == 0 ? double.PositiveInfinity : x);
        }

        return TryQuickValue(x, out double value) ? value : ExactValue(x);
    }

    /// <inheritdoc/>
    public override double TaylorRadius(double centre) => double.PositiveInfinity;

    /// <inheritdoc/>
    public override BigRational[] ExactTaylor(int order) => ExactTaylor(BigRational.Zero, order);

    /// <summary>The Taylor coefficients about any rational centre, exactly.</summary>
    /// <param name="centre">The point of expansion.</param>
    /// <param name="order">The highest power; coefficients beyond the degree are 0.</param>
    public BigRational[] ExactTaylor(BigRational centre, int order)
    {
        // Repeated division by (x - centre): the remainders are the coefficients.
        var shifted = (BigRational[])_coefficients.Clone();
        for (int first = 0; first < Degree; first++)
        {
            for (int k = Degree - 1; k >= first; k--)
            {
                shifted[k] += centre * shifted[k + 1];
            }
        }

        var coefficients = new BigRational[order + 1];
        Array.Copy(shifted, coefficients, Math.Min(shifted.Length, coefficients.Length));
        return coefficients;
    }

    /// <inheritdoc/>
    protected override double[] TaylorCoefficients(double centre, int order) =>
        Array.ConvertAll(ExactTaylor(BigRational.FromDouble(centre), order), c => c.ToDouble());

    private static double UpperBound(BigRational value)
    {
        double nearest = value.ToDouble();
        return double.IsInfinity(nearest) || BigRational.FromDouble(nearest) >= value
            ? nearest
            : BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(nearest) + 1);
    }
}
