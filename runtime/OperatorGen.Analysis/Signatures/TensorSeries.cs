using System;

namespace OperatorGen.Analysis;

/// <summary>
/// A truncated series in words, sum over w of x^w w up to level p: an element of the tensor algebra. It does not change. Its operations follow IEEE 754, sum in a fixed order and
/// give the same bits on every machine.
/// </summary>
public sealed partial class TensorSeries
{
    private readonly double[] _values;

    /// <summary>A series of these coefficients, which are copied.</summary>
    /// <param name="order">The words.</param>
    /// <param name="constant">The coefficient of the empty word: 1 of a signature, 0 of a log-signature.</param>
    /// <param name="values">The others, [word], by level, then lexicographically.</param>
    /// <exception cref="ArgumentException">There is not one coefficient per word.</exception>
    public TensorSeries(WordOrder order, double constant, ReadOnlySpan<double> values)
        : this(constant, order ?? throw new ArgumentNullException(nameof(order)), values.ToArray())
    {
        if (values.Length != order.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"{values.Length} coefficients; the order has {order.Count} words, and each needs one."), nameof(values));
        }
    }

    private TensorSeries(double constant, WordOrder order, double[] values)
    {
        Order = order;
        Constant = constant;
        _values = values;
    }

    /// <summary>The words.</summary>
    public WordOrder Order { get; }

    /// <summary>The coefficient of the empty word.</summary>
    public double Constant { get; }

    /// <summary>The coefficients of all other words, [word], by level, then lexicographically.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The coefficient of a word.</summary>
    /// <exception cref="ArgumentException">The word is longer than p or has a letter that is not below d.</exception>
    public double this[Word word] => word.Length == 0 ? Constant : _values[Order.IndexOf(word)];

    /// <summary>The series 1, which is the signature of a path that stands still.</summary>
    public static TensorSeries One(WordOrder order) => new(order, 1, new double[(order ?? throw new ArgumentNullException(nameof(order))).Count]);

    /// <summary>sum_i h^i e_i, whose <see cref="Exp"/> is the signature of a segment.</summary>
    /// <param name="order">The words.</param>
    /// <param name="increment">h, [letter].</param>
    /// <exception cref="ArgumentException">There is not one number per letter.</exception>
    public static TensorSeries OfIncrement(WordOrder order, ReadOnlySpan<double> increment)
    {
        if (increment.Length != (order ?? throw new ArgumentNullException(nameof(order))).Letters)
        {
            throw new ArgumentException(FormattableString.Invariant($"An increment of {increment.Length} numbers; there are {order.Letters} letters, and each needs one."), nameof(increment));
        }

        var values = new double[order.Count];
        increment.CopyTo(values);
        return Take(order, 0, values);
    }

    /// <summary>The coefficients of level k, lexicographically.</summary>
    /// <param name="level">k, 1 to p.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    public ReadOnlySpan<double> ValuesOf(int level) => _values.AsSpan(Order.StartOf(level), Order.SizeOf(level));

    /// <summary>A series of an array that the caller gives up.</summary>
    internal static TensorSeries Take(WordOrder order, double constant, double[] values) => new(constant, order, values);
}
