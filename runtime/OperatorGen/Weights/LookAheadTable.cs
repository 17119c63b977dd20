using System;
using System.ComponentModel;
using System.Numerics;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>
/// The constants of modes that generated code evaluates two steps at a time: products of the eigenvalues and weights that stand in the code, made once when the code is first used.
/// The product of each is said where it is read, in the generated kernel.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LookAheadTable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedArray<T> _numbers;

    /// <summary>Makes the table.</summary>
    /// <param name="eigenvalues">lambda, [mode, (re, im), column].</param>
    /// <param name="weights">w, [mode, (re, im), column].</param>
    /// <param name="skip">D, [column]; empty: none.</param>
    /// <param name="modes">Modes per channel.</param>
    /// <param name="channels">Channels: the columns that carry numbers.</param>
    /// <param name="columns">Elements of a row, padding included.</param>
    /// <exception cref="ArgumentException">A table is shorter than its rows.</exception>
    public LookAheadTable(ReadOnlySpan<T> eigenvalues, ReadOnlySpan<T> weights, ReadOnlySpan<T> skip, int modes, int channels, int columns)
    {
        double[] table = LookAhead.Table(
            typeof(T) == typeof(float), modes, channels, Wide(eigenvalues, 2 * modes, channels, columns), Wide(weights, 2 * modes, channels, columns), skip.IsEmpty ? null : Wide(skip, 1, channels, columns));
        _numbers = new AlignedArray<T>(LookAhead.Rows(modes) * columns);
        Span<T> numbers = _numbers.Span;
        for (int i = 0; i < table.Length; i++)
        {
            numbers[(i / channels * columns) + (i % channels)] = T.CreateChecked(table[i]);
        }
    }

    /// <summary>k0 and k1, then c, d, e, f, P, Q, br and bi of every mode, [row, column].</summary>
    public ReadOnlySpan<T> Numbers => _numbers.Span;

    private static double[] Wide(ReadOnlySpan<T> table, int rows, int channels, int columns)
    {
        var wide = new double[table.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = double.CreateChecked(table[i]);
        }

        return PaddedTable.Read(wide, rows, columns, (0, channels));
    }
}
