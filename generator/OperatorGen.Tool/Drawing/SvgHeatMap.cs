using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace OperatorGen.Tool.Drawing;

/// <summary>A rectangle of coloured cells. Neighbours of one colour become one stroke and all strokes of a colour one path, which keeps the file small.</summary>
public static class SvgHeatMap
{
    /// <summary>Draws the cells.</summary>
    /// <param name="document">Where to.</param>
    /// <param name="box">The rectangle that they fill.</param>
    /// <param name="columns">Cells in a row.</param>
    /// <param name="rows">The number of rows; row 0 is the lowest.</param>
    /// <param name="colour">The colour of a cell, by column and row, as an index of <paramref name="palette"/>.</param>
    /// <param name="palette">The colours.</param>
    public static void Draw(SvgDocument document, SvgBox box, int columns, int rows, Func<int, int, int> colour, IReadOnlyList<SvgPaint> palette)
    {
        StringBuilder[] strokes = [.. palette.Select(_ => new StringBuilder())];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns;)
            {
                int start = column;
                int index = colour(start, row);
                for (column++; column < columns && colour(column, row) == index;)
                {
                    column++;
                }

                strokes[index].Append(CultureInfo.InvariantCulture, $"M{start} {rows - 1 - row}h{column - start}");
            }
        }

        // A stroke one cell thick runs through the middle of its row.
        double height = box.Height / rows;
        using IDisposable cells = document.Scaled(box.X, box.Y + (height / 2), box.Width / columns, height);
        for (int i = 0; i < palette.Count; i++)
        {
            if (strokes[i].Length > 0)
            {
                document.Path(strokes[i].ToString(), palette[i]);
            }
        }
    }
}
