using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <content>Power series of a series without a constant: they end at level p.</content>
public sealed partial class TensorSeries
{
    /// <summary>exp(x) = sum_k x^k / k!, by Horner's scheme 1 + x (1 + x / 2 (1 + x / 3 (...))). Of a log-signature it is the signature.</summary>
    /// <exception cref="InvalidOperationException">The constant is not 0.</exception>
    public TensorSeries Exp()
    {
        Expect(0, nameof(Exp));
        TensorSeries one = One(Order), sum = one;
        for (int k = Order.Level; k >= 1; k--)
        {
            sum = one + ((1.0 / k) * (this * sum));
        }

        return sum;
    }

    /// <summary>log(1 + n) = n - n^2 / 2 + n^3 / 3 - ..., by Horner's scheme n (1 - n (1/2 - n (1/3 - ...))). Of a signature it is the log-signature as a tensor.</summary>
    /// <exception cref="InvalidOperationException">The constant is not 1.</exception>
    public TensorSeries Log()
    {
        Expect(1, nameof(Log));
        TensorSeries one = One(Order), n = Take(Order, 0, _values), sum = (1.0 / Order.Level) * one;
        for (int k = Order.Level - 1; k >= 1; k--)
        {
            sum = ((1.0 / k) * one) - (n * sum);
        }

        return n * sum;
    }

    /// <summary>(1 + n)^-1 = 1 - n + n^2 - ..., by Horner's scheme 1 - n (1 - n (...)). Of the signature of a piecewise linear or axis path it is that of the path walked backwards.</summary>
    /// <exception cref="InvalidOperationException">The constant is not 1.</exception>
    public TensorSeries Inverse()
    {
        Expect(1, nameof(Inverse));
        TensorSeries one = One(Order), n = Take(Order, 0, _values), sum = one;
        for (int k = 1; k <= Order.Level; k++)
        {
            sum = one - (n * sum);
        }

        return sum;
    }

    private void Expect(double constant, string function)
    {
        if (Constant != constant)
        {
            throw new InvalidOperationException($"{function} needs the constant {NumberText.Format(constant)}; it is {NumberText.Format(Constant)}.");
        }
    }
}
