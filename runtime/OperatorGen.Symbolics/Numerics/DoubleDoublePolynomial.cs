namespace OperatorGen.Symbolics;

/// <summary>
/// A polynomial sum of c_n x^n for small x, evaluated by Horner's rule: the terms that are below 2^-51 of the value in double, the others in double-double.
/// </summary>
internal sealed class DoubleDoublePolynomial
{
    private readonly DoubleDouble[] _coefficients;
    private readonly int _firstInDouble;

    /// <param name="coefficients">c_0, c_1, ...</param>
    /// <param name="firstInDouble">The first index from which on plain double arithmetic is enough.</param>
    public DoubleDoublePolynomial(DoubleDouble[] coefficients, int firstInDouble)
    {
        _coefficients = coefficients;
        _firstInDouble = firstInDouble;
    }

    /// <summary>The value at x.</summary>
    public DoubleDouble At(DoubleDouble x)
    {
        double tail = 0;
        for (int n = _coefficients.Length - 1; n >= _firstInDouble; n--)
        {
            tail = (tail * x.High) + _coefficients[n].High;
        }

        DoubleDouble value = tail;
        for (int n = _firstInDouble - 1; n >= 0; n--)
        {
            value = (value * x) + _coefficients[n];
        }

        return value;
    }
}
