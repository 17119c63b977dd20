using System;

namespace OperatorGen.Analysis;

/// <summary>Takes numbers out of the padded tables of generated code.</summary>
public static class PaddedTable
{
    /// <summary>The columns of a table that carry numbers.</summary>
    /// <param name="table">The table, [row, column].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">Elements of a row, padding included.</param>
    /// <param name="segments">Start and width of each run of columns that carries numbers.</param>
    /// <returns>[row, width], the segments side by side.</returns>
    /// <exception cref="ArgumentException">The table is shorter than rows times columns, or a segment leaves its row.</exception>
    public static double[] Read(ReadOnlySpan<double> table, int rows, int columns, params (int Start, int Width)[] segments)
    {
        if (table.Length < rows * columns)
        {
            throw new ArgumentException($"A table of {rows} x {columns} needs {rows * columns} elements, but has {table.Length}.", nameof(table));
        }

        int width = 0;
        foreach ((int start, int length) in segments)
        {
            if (start < 0 || length < 0 || start + length > columns)
            {
                throw new ArgumentException($"The columns {start} to {start + length} leave a row of {columns}.", nameof(segments));
            }

            width += length;
        }

        var values = new double[rows * width];
        int next = 0;
        for (int row = 0; row < rows; row++)
        {
            foreach ((int start, int length) in segments)
            {
                table.Slice((row * columns) + start, length).CopyTo(values.AsSpan(next));
                next += length;
            }
        }

        return values;
    }

    /// <summary>The columns of a table in panels that carry numbers; see <see cref="Read(ReadOnlySpan{double}, int, int, ValueTuple{int, int}[])"/>.</summary>
    /// <param name="panel">Columns of a panel, the last of which may be narrower.</param>
    /// <param name="table">The panels one after another, each [row, column of the panel].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">Columns of all panels, padding included.</param>
    /// <param name="segments">Start and width of each run of columns that carries numbers.</param>
    /// <returns>[row, width], the segments side by side.</returns>
    /// <exception cref="ArgumentException">The table is shorter than rows times columns, or a segment leaves its row.</exception>
    public static double[] ReadPanels(int panel, ReadOnlySpan<double> table, int rows, int columns, params (int Start, int Width)[] segments)
    {
        if (panel < 1 || table.Length < rows * columns)
        {
            throw new ArgumentException($"A table of {rows} x {columns} in panels of {panel} columns needs {rows * columns} elements and panels of at least 1, but has {table.Length}.", nameof(table));
        }

        var whole = new double[rows * columns];
        for (int first = 0, next = 0; first < columns; first += panel)
        {
            int count = Math.Min(panel, columns - first);
            for (int row = 0; row < rows; row++, next += count)
            {
                table.Slice(next, count).CopyTo(whole.AsSpan((row * columns) + first));
            }
        }

        return Read(whole, rows, columns, segments);
    }

    /// <summary>The columns of a table of floats in panels that carry numbers; see the other overload.</summary>
    public static double[] ReadPanels(int panel, ReadOnlySpan<float> table, int rows, int columns, params (int Start, int Width)[] segments) =>
        ReadPanels(panel, Wide(table), rows, columns, segments);

    /// <summary>The columns of a table of floats that carry numbers; see the other overload.</summary>
    public static double[] Read(ReadOnlySpan<float> table, int rows, int columns, params (int Start, int Width)[] segments) => Read(Wide(table), rows, columns, segments);

    private static double[] Wide(ReadOnlySpan<float> table)
    {
        var wide = new double[table.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = table[i];
        }

        return wide;
    }
}
