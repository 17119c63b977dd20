using System;

namespace OperatorGen.Analysis;

/// <content>Sums and products.</content>
public sealed partial class TensorSeries
{
    /// <summary>x + y.</summary>
    /// <exception cref="ArgumentException">The two have different words.</exception>
    public static TensorSeries operator +(TensorSeries x, TensorSeries y) => x.Add(1, y);

    /// <summary>x - y.</summary>
    /// <exception cref="ArgumentException">The two have different words.</exception>
    public static TensorSeries operator -(TensorSeries x, TensorSeries y) => x.Add(-1, y);

    /// <summary>c x.</summary>
    public static TensorSeries operator *(double c, TensorSeries x) => Take(x.Order, c * x.Constant, Array.ConvertAll(x._values, value => c * value));

    /// <summary>
    /// The product x (x) y, up to level p: (x y)^w = sum over w = u v of x^u y^v. Of the signatures of two paths it is the signature of the first path followed by the second
    /// (Chen's identity). It takes about p times as many multiply-adds as there are words.
    /// </summary>
    /// <exception cref="ArgumentException">The two have different words.</exception>
    public static TensorSeries operator *(TensorSeries x, TensorSeries y)
    {
        y.Check(x.Order);
        var values = new double[x.Order.Count];
        for (int n = 1; n <= x.Order.Level; n++)
        {
            Span<double> level = values.AsSpan(x.Order.StartOf(n), x.Order.SizeOf(n));
            ScaledSum.Write(level, x.Constant, y.ValuesOf(n), level);
            for (int k = 1; k < n; k++)
            {
                ReadOnlySpan<double> first = x.ValuesOf(k), last = y.ValuesOf(n - k);
                for (int u = 0; u < first.Length; u++)
                {
                    Span<double> beginning = level.Slice(u * last.Length, last.Length);
                    ScaledSum.Write(beginning, first[u], last, beginning);
                }
            }

            ScaledSum.Write(level, y.Constant, x.ValuesOf(n), level);
        }

        return Take(x.Order, x.Constant * y.Constant, values);
    }

    private TensorSeries Add(double c, TensorSeries y)
    {
        y.Check(Order);
        var values = new double[_values.Length];
        ScaledSum.Write(_values, c, y._values, values);
        return Take(Order, Constant + (c * y.Constant), values);
    }

    private void Check(WordOrder order)
    {
        if (!Order.Equals(order))
        {
            throw new ArgumentException(FormattableString.Invariant($"A series in {Order.Letters} letters up to level {Order.Level} does not go with one in {order.Letters} letters up to level {order.Level}."));
        }
    }
}
