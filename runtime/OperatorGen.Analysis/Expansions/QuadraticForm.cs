using System;

namespace OperatorGen.Analysis;

/// <summary>The part of degree 2 of a polynomial, <c>sum_(a, b) M[a, b] x_a x_b</c>, M symmetric.</summary>
public sealed class QuadraticForm
{
    private readonly double[] _values;

    private QuadraticForm(int variables, double[] values, bool isDiagonal)
    {
        Variables = variables;
        _values = values;
        IsDiagonal = isDiagonal;
    }

    /// <summary>The number of variables.</summary>
    public int Variables { get; }

    /// <summary>True where no two different variables interact.</summary>
    public bool IsDiagonal { get; }

    /// <summary>M of two variables; the monomial x_a x_b, a not b, has the coefficient 2 M[a, b].</summary>
    public double this[int a, int b] => IsDiagonal ? (a == b ? _values[a] : 0) : _values[(a * Variables) + b];

    /// <summary>A form without interactions of different variables. The array is taken as it is.</summary>
    /// <param name="diagonal">M[a, a].</param>
    public static QuadraticForm Diagonal(double[] diagonal) => new(diagonal.Length, diagonal, true);

    /// <summary>A full form. The array is taken as it is.</summary>
    /// <param name="variables">The number of variables.</param>
    /// <param name="values">M, [a, b], symmetric.</param>
    /// <exception cref="ArgumentException">There are not variables squared numbers.</exception>
    public static QuadraticForm Full(int variables, double[] values) => values.Length == variables * variables
        ? new QuadraticForm(variables, values, false)
        : throw new ArgumentException($"A form of {variables} variables has {variables * variables} numbers, but {values.Length} were given.", nameof(values));

    /// <summary>The form's value.</summary>
    /// <param name="x">[variable].</param>
    public double Value(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int a = 0; a < Variables; a++)
        {
            sum += x[a] * (IsDiagonal ? _values[a] * x[a] : DotProduct.Of(x, _values.AsSpan(a * Variables, Variables)));
        }

        return sum;
    }
}
