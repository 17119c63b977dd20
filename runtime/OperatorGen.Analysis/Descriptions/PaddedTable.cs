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

    /// <summary>The columns of a table of floats that carry numbers; see the other overload.</summary>
    public static double[] Read(ReadOnlySpan<float> table, int rows, int columns, params (int Start, int Width)[] segments)
    {
        var wide = new double[table.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = table[i];
        }

        return Read(wide, rows, columns, segments);
    }
}
