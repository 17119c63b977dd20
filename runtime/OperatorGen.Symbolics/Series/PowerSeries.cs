using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>
/// A power series in y cut off after a power: c_0 + c_1 y + ... + c_P y^P + O(y^(P+1)). An operation on two series gives as many coefficients as
/// both have.
/// </summary>
/// <typeparam name="T">The coefficients.</typeparam>
/// <typeparam name="TField">Their arithmetic.</typeparam>
public sealed partial class PowerSeries<T, TField> : IEquatable<PowerSeries<T, TField>>
    where TField : struct, IField<T>
{
    private readonly T[] _coefficients;

    /// <summary>Takes the coefficients c_0 to c_P.</summary>
    /// <param name="coefficients">At least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public PowerSeries(IReadOnlyList<T> coefficients)
    {
        if (coefficients.Count == 0)
        {
            throw new ArgumentException("A power series has at least the coefficient of the power 0.", nameof(coefficients));
        }

        _coefficients = [.. coefficients];
    }

    private PowerSeries(T[] coefficients) => _coefficients = coefficients;

    /// <summary>P, the highest power that is known.</summary>
    public int Order => _coefficients.Length - 1;

    /// <summary>c_0 to c_P.</summary>
    public IReadOnlyList<T> Coefficients => _coefficients;

    /// <summary>The coefficient of a power.</summary>
    public T this[int power] => _coefficients[power];

    /// <summary>A number: c_0 and zeros.</summary>
    public static PowerSeries<T, TField> Constant(T value, int order)
    {
        T[] coefficients = Zeros(order);
        coefficients[0] = value;
        return new(coefficients);
    }

    /// <summary>c + y.</summary>
    /// <param name="centre">c.</param>
    /// <param name="order">The highest power.</param>
    public static PowerSeries<T, TField> Variable(T centre, int order)
    {
        T[] coefficients = Zeros(order);
        coefficients[0] = centre;
        if (order > 0)
        {
            coefficients[1] = default(TField).One;
        }

        return new(coefficients);
    }

    /// <summary>The first powers.</summary>
    /// <param name="order">The highest power that is kept, at most <see cref="Order"/>.</param>
    public PowerSeries<T, TField> Truncate(int order) => new(_coefficients.AsSpan(0, order + 1).ToArray());

    /// <summary>The sum of the known terms at y, by Horner's scheme.</summary>
    public T Evaluate(T y)
    {
        T value = _coefficients[Order];
        for (int k = Order - 1; k >= 0; k--)
        {
            value = default(TField).Add(default(TField).Multiply(value, y), _coefficients[k]);
        }

        return value;
    }

    /// <inheritdoc/>
    public bool Equals(PowerSeries<T, TField>? other)
    {
        if (other is null || other.Order != Order)
        {
            return false;
        }

        for (int k = 0; k <= Order; k++)
        {
            if (!EqualityComparer<T>.Default.Equals(_coefficients[k], other._coefficients[k]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PowerSeries<T, TField>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = Order;
        foreach (T coefficient in _coefficients)
        {
            hash = unchecked((hash * 31) + (coefficient?.GetHashCode() ?? 0));
        }

        return hash;
    }

    private static T[] Zeros(int order)
    {
        var zeros = new T[order + 1];
        for (int k = 0; k <= order; k++)
        {
            zeros[k] = default(TField).Zero;
        }

        return zeros;
    }
}
