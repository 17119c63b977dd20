using System;
using System.ComponentModel;
using System.Numerics;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>
/// Constants of generated code in memory that begins on a cache line. Data in an assembly begin at any multiple of 8 bytes, so that each vector of 512 bits, or every second one of
/// 256, may lie across two lines: a single time step, which reads all constants once, then takes up to a quarter longer. The copy is made once, when the code is first used.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedTable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedArray<T> _numbers;

    /// <summary>Copies constants.</summary>
    /// <param name="constants">The numbers.</param>
    public AlignedTable(ReadOnlySpan<T> constants)
        : this(constants.Length) => constants.CopyTo(_numbers.Span);

    private AlignedTable(int length) => _numbers = new AlignedArray<T>(length);

    /// <summary>The numbers.</summary>
    public ReadOnlySpan<T> Numbers => _numbers.Span;

    /// <summary>The constants of modes that are evaluated two steps at a time: products of the eigenvalues and weights, each of which is said where it is read, in the generated kernel.</summary>
    /// <param name="eigenvalues">lambda, [mode, (re, im), column].</param>
    /// <param name="weights">w, [mode, (re, im), column].</param>
    /// <param name="skip">D, [column]; empty: none.</param>
    /// <param name="modes">Modes per channel.</param>
    /// <param name="channels">Channels: the columns that carry numbers.</param>
    /// <param name="columns">Elements of a row, padding included.</param>
    /// <returns>k0 and k1, then c, d, e, f, P, Q, br and bi of every mode, [row, column].</returns>
    /// <exception cref="ArgumentException">A table is shorter than its rows.</exception>
    public static AlignedTable<T> LookAhead(ReadOnlySpan<T> eigenvalues, ReadOnlySpan<T> weights, ReadOnlySpan<T> skip, int modes, int channels, int columns)
    {
        double[] numbers = Analysis.LookAhead.Table(
            typeof(T) == typeof(float), modes, channels, Wide(eigenvalues, 2 * modes, channels, columns), Wide(weights, 2 * modes, channels, columns), skip.IsEmpty ? null : Wide(skip, 1, channels, columns));
        var table = new AlignedTable<T>(Analysis.LookAhead.Rows(modes) * columns);
        Span<T> padded = table._numbers.Span;
        for (int i = 0; i < numbers.Length; i++)
        {
            padded[(i / channels * columns) + (i % channels)] = T.CreateChecked(numbers[i]);
        }

        return table;
    }

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
