using System;

namespace OperatorGen.Analysis;

/// <summary>
/// A tensor from level 1 to p whose words are numbered by their letters from the last to the first: the words of level k that end in the letter i are together,
/// at i d^(k-1). A letter that is appended thus writes contiguous memory, of any number of letters.
/// </summary>
internal sealed class MirroredTensor(WordOrder order)
{
    private readonly double[] _values = new double[order.Count];

    public WordOrder Order => order;

    /// <summary>The coefficients of level k.</summary>
    public Span<double> Level(int k) => _values.AsSpan(order.StartOf(k), order.SizeOf(k));

    /// <summary>The coefficients of the words of level k that end in a letter, ordered by what is before it.</summary>
    public Span<double> EndingIn(int letter, int k)
    {
        int size = order.SizeOf(k) / order.Letters;
        return _values.AsSpan(order.StartOf(k) + (letter * size), size);
    }

    public double this[Word word] => _values[order.IndexOf(word.Reversed())];

    public void Clear() => Array.Clear(_values, 0, _values.Length);

    /// <summary>The coefficients in the words' own order.</summary>
    public void CopyTo(Span<double> values)
    {
        for (int k = 1; k <= order.Level; k++)
        {
            CopyLevel(Level(k), values.Slice(order.StartOf(k), order.SizeOf(k)));
        }
    }

    private void CopyLevel(ReadOnlySpan<double> mirrored, Span<double> values)
    {
        values[0] = mirrored[0];
        for (int i = 1, index = 0; i < values.Length; i++)
        {
            // The mirrored number of the next word: a digit that passes d - 1 is 0 again and carries into the next lower place.
            int place = mirrored.Length / order.Letters;
            while (index / place % order.Letters == order.Letters - 1)
            {
                index -= (order.Letters - 1) * place;
                place /= order.Letters;
            }

            index += place;
            values[i] = mirrored[index];
        }
    }
}
