using System;

namespace OperatorGen.Symbolics;

/// <content>Derivative, integral, composition, exponential and logarithm.</content>
public sealed partial class PowerSeries<T, TField>
{
    /// <summary>The derivative; its order is one less, but at least 0.</summary>
    public PowerSeries<T, TField> Differentiate()
    {
        T[] derivative = Zeros(Math.Max(Order - 1, 0));
        for (int k = 1; k <= Order; k++)
        {
            derivative[k - 1] = default(TField).Scale(_coefficients[k], k);
        }

        return new(derivative);
    }

    /// <summary>The integral from y = 0, plus a constant; its order is one more.</summary>
    public PowerSeries<T, TField> Integrate(T constant)
    {
        var integral = new T[Order + 2];
        integral[0] = constant;
        for (int k = 1; k <= Order + 1; k++)
        {
            integral[k] = default(TField).Divide(_coefficients[k - 1], default(TField).FromInteger(k));
        }

        return new(integral);
    }

    /// <summary>This series at y = inner, by Horner's scheme.</summary>
    /// <param name="inner">A series without constant term.</param>
    /// <exception cref="ArgumentException">The inner series has a constant term: all powers of this series would be needed.</exception>
    public PowerSeries<T, TField> Compose(PowerSeries<T, TField> inner)
    {
        if (!default(TField).IsZero(inner[0]))
        {
            throw new ArgumentException("The inner series of a composition has no constant term.", nameof(inner));
        }

        int order = Math.Min(Order, inner.Order);
        PowerSeries<T, TField> cut = inner.Truncate(order);
        PowerSeries<T, TField> result = Constant(_coefficients[order], order);
        for (int k = order - 1; k >= 0; k--)
        {
            result = (result * cut) + Constant(_coefficients[k], order);
        }

        return result;
    }

    /// <summary>e to this series, which has no constant term.</summary>
    /// <exception cref="ArgumentException">There is a constant term; give its exponential.</exception>
    public PowerSeries<T, TField> Exp() => default(TField).IsZero(_coefficients[0])
        ? Exp(default(TField).One)
        : throw new ArgumentException("The exponential of the constant term is needed.");

    /// <summary>e to this series from e' = a' e: k e_k = sum of j a_j e_(k-j) over 0 &lt; j &lt;= k.</summary>
    /// <param name="atConstant">e to the constant term.</param>
    public PowerSeries<T, TField> Exp(T atConstant)
    {
        TField field = default;
        T[] weighted = Weighted();
        var exponential = new T[Order + 1];
        exponential[0] = atConstant;
        for (int k = 1; k <= Order; k++)
        {
            exponential[k] = field.Divide(Convolve(weighted, exponential, 1, k, k), field.FromInteger(k));
        }

        return new(exponential);
    }

    /// <summary>The logarithm of this series, whose constant term is 1.</summary>
    /// <exception cref="ArgumentException">The constant term is another one; give its logarithm.</exception>
    public PowerSeries<T, TField> Log() => default(TField).IsZero(default(TField).Add(_coefficients[0], default(TField).Negate(default(TField).One)))
        ? Log(default(TField).Zero)
        : throw new ArgumentException("The logarithm of the constant term is needed.");

    /// <summary>The logarithm of this series: the integral of a' / a.</summary>
    /// <param name="atConstant">The logarithm of the constant term.</param>
    /// <exception cref="DivideByZeroException">The constant term is 0.</exception>
    public PowerSeries<T, TField> Log(T atConstant) => Order == 0
        ? Constant(atConstant, 0)
        : (Differentiate() / Truncate(Order - 1)).Integrate(atConstant);

    // k a_k.
    private T[] Weighted()
    {
        var weighted = new T[Order + 1];
        for (int k = 0; k <= Order; k++)
        {
            weighted[k] = default(TField).Scale(_coefficients[k], k);
        }

        return weighted;
    }
}
