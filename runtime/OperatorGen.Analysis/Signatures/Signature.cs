using System;

namespace OperatorGen.Analysis;

/// <summary>
/// The signature of a path that grows by increments, to level p: one number S^w for each word w of d letters, by Chen's identity S(x * y) = S(x) (x) S(y), one step per increment and no
/// memory taken on the way. It begins with the path that stands still, where every S^w is 0 but that of the empty word, which is always 1 and not stored.
/// Conventions: the first letter of a word is the earliest; a segment has the level h^((x) k) / k!.
/// <para>
/// The state of a linear cell is a projection of it (arXiv:2402.19047): with the recurrence that <see cref="PathKind"/> tells, Z_T = sum over words of A_wk ... A_w1 Z_0 S^w.
/// </para>
/// <para>
/// Nothing is checked for being finite: sums and products follow IEEE 754, and a factor 0 times an infinite S^w is NaN. Every S^w is the same to the bit on every machine.
/// An object is not for several threads at once.
/// </para>
/// </summary>
public sealed class Signature
{
    private readonly MirroredTensor _tensor;
    private readonly StepScratch _scratch;

    /// <summary>The path that stands still.</summary>
    /// <param name="kind">What lies between two samples.</param>
    /// <param name="letters">d, the number of channels of the path.</param>
    /// <param name="level">p, the length of the longest words.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind, less than one letter or level, or there are more words than <see cref="WordOrder.GreatestCount"/>.</exception>
    public Signature(PathKind kind, int letters, int level)
        : this(kind, new WordOrder(letters, level))
    {
    }

    /// <summary>The path that stands still.</summary>
    /// <param name="kind">What lies between two samples.</param>
    /// <param name="order">The words.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public Signature(PathKind kind, WordOrder order)
    {
        Kind = kind is PathKind.PiecewiseLinear or PathKind.Axis or PathKind.IteratedSums
            ? kind
            : throw new ArgumentOutOfRangeException(nameof(kind), FormattableString.Invariant($"{(int)kind} is no kind of path."));
        Order = order ?? throw new ArgumentNullException(nameof(order));
        _tensor = new MirroredTensor(order);
        _scratch = new StepScratch(order);
    }

    /// <summary>What lies between two samples.</summary>
    public PathKind Kind { get; }

    /// <summary>The words, in the order of <see cref="CopyTo"/>.</summary>
    public WordOrder Order { get; }

    /// <summary>S^w.</summary>
    /// <exception cref="ArgumentException">The word is longer than p or has a letter that is not below d.</exception>
    public double this[Word word] => word.Length == 0 ? 1 : _tensor[word];

    /// <summary>The path goes on by one increment.</summary>
    /// <param name="increment">h, [letter]: the difference of two samples of a path, or one sample of what is summed.</param>
    /// <exception cref="ArgumentException">There is not one number per letter.</exception>
    public void Append(ReadOnlySpan<double> increment)
    {
        if (increment.Length != Order.Letters)
        {
            throw new ArgumentException(FormattableString.Invariant($"An increment of {increment.Length} numbers; the path has {Order.Letters} letters, and each needs one."), nameof(increment));
        }

        switch (Kind)
        {
            case PathKind.PiecewiseLinear:
                SegmentStep.Append(_tensor, increment, _scratch);
                break;
            case PathKind.Axis:
                for (int i = 0; i < increment.Length; i++)
                {
                    AxisStep.Append(_tensor, i, increment[i], _scratch);
                }

                break;
            default:
                SumStep.Append(_tensor, 0, increment);
                break;
        }
    }

    /// <summary>The path goes on along one axis. So an axis path may take its axes in any order; words that do not end in the letter keep their numbers.</summary>
    /// <param name="letter">The axis, from 0.</param>
    /// <param name="increment">h of this letter; that of the others is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such letter.</exception>
    public void Append(int letter, double increment)
    {
        if ((uint)letter >= (uint)Order.Letters)
        {
            throw new ArgumentOutOfRangeException(nameof(letter), FormattableString.Invariant($"Letter {letter}: the path has the letters 0 to {Order.Letters - 1}."));
        }

        if (Kind == PathKind.IteratedSums)
        {
            SumStep.Append(_tensor, letter, stackalloc double[] { increment });
        }
        else
        {
            AxisStep.Append(_tensor, letter, increment, _scratch);
        }
    }

    /// <summary>Back to the path that stands still.</summary>
    public void Clear() => _tensor.Clear();

    /// <summary>Writes S^w of every word, by level, then lexicographically.</summary>
    /// <param name="values">Room for them, [word].</param>
    /// <exception cref="ArgumentException">There is not one place per word.</exception>
    public void CopyTo(Span<double> values)
    {
        if (values.Length != Order.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"Room for {values.Length} numbers; the signature has {Order.Count}."), nameof(values));
        }

        _tensor.CopyTo(values);
    }

    /// <summary>The signature as it is now, with the coefficient 1 of the empty word.</summary>
    public TensorSeries ToSeries()
    {
        var values = new double[Order.Count];
        _tensor.CopyTo(values);
        return TensorSeries.Take(Order, 1, values);
    }
}
