using System;

namespace OperatorGen.Symbolics;

/// <content>The four operations.</content>
public sealed partial class PowerSeries<T, TField>
{
    /// <summary>a + b.</summary>
    public static PowerSeries<T, TField> operator +(PowerSeries<T, TField> a, PowerSeries<T, TField> b)
    {
        var sum = new T[Math.Min(a.Order, b.Order) + 1];
        for (int k = 0; k < sum.Length; k++)
        {
            sum[k] = default(TField).Add(a[k], b[k]);
        }

        return new(sum);
    }

    /// <summary>a - b.</summary>
    public static PowerSeries<T, TField> operator -(PowerSeries<T, TField> a, PowerSeries<T, TField> b) => a + (-b);

    /// <summary>-a.</summary>
    public static PowerSeries<T, TField> operator -(PowerSeries<T, TField> a) =>
        new(Array.ConvertAll(a._coefficients, default(TField).Negate));

    /// <summary>a b.</summary>
    public static PowerSeries<T, TField> operator *(PowerSeries<T, TField> a, PowerSeries<T, TField> b)
    {
        var product = new T[Math.Min(a.Order, b.Order) + 1];
        for (int k = 0; k < product.Length; k++)
        {
            product[k] = Convolve(a._coefficients, b._coefficients, 0, k, k);
        }

        return new(product);
    }

    /// <summary>a / b, from q b = a: b_0 q_k = a_k - sum of q_i b_(k-i) over i &lt; k.</summary>
    /// <exception cref="DivideByZeroException">b_0 is 0.</exception>
    public static PowerSeries<T, TField> operator /(PowerSeries<T, TField> a, PowerSeries<T, TField> b)
    {
        TField field = default;
        if (field.IsZero(b[0]))
        {
            throw new DivideByZeroException("A power series without constant term has no reciprocal power series.");
        }

        var quotient = new T[Math.Min(a.Order, b.Order) + 1];
        for (int k = 0; k < quotient.Length; k++)
        {
            T known = Convolve(quotient, b._coefficients, 0, k - 1, k);
            quotient[k] = field.Divide(field.Add(a[k], field.Negate(known)), b[0]);
        }

        return new(quotient);
    }

    /// <summary>1 / a.</summary>
    /// <exception cref="DivideByZeroException">a_0 is 0.</exception>
    public PowerSeries<T, TField> Reciprocal() => Constant(default(TField).One, Order) / this;

    // The sum of a_i b_(k-i) for i from first to last.
    private static T Convolve(T[] a, T[] b, int first, int last, int k)
    {
        TField field = default;
        T sum = field.Zero;
        for (int i = first; i <= last; i++)
        {
            sum = field.Add(sum, field.Multiply(a[i], b[k - i]));
        }

        return sum;
    }
}
