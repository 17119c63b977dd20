using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// Which numbers of a matrix can be other than 0, column by column. The matrix acts on N states and on the 1 behind them, whose column is the last one; nothing acts on the 1.
/// </summary>
/// <param name="Rows">The rows of each column in ascending order, [N + 1].</param>
public sealed record ColumnPattern(EquatableArray<EquatableArray<int>> Rows)
{
    private const int MostBlocks = 8;

    /// <summary>N.</summary>
    public int States => Rows.Count - 1;

    /// <summary>How many numbers there are.</summary>
    public long Count => Rows.Sum(rows => (long)rows.Count);

    /// <summary>How many rows have a number.</summary>
    public int RowCount => Rows.SelectMany(rows => rows).Distinct().Count();

    /// <summary>The pattern of a predicate; where no number can be other than 0 it is that of one number, so that there is a matrix.</summary>
    /// <param name="states">N.</param>
    /// <param name="isNumber">Whether the number of a row and a column can be other than 0.</param>
    public static ColumnPattern Of(int states, Func<int, int, bool> isNumber)
    {
        var pattern = new ColumnPattern(Enumerable.Range(0, states + 1)
            .Select(column => Enumerable.Range(0, states).Where(row => isNumber(row, column)).ToEquatableArray()).ToEquatableArray());
        return pattern.Count > 0 ? pattern : Of(states, (row, column) => row == 0 && column == 0);
    }

    /// <summary>The columns of rows that this pattern reaches: those that act on what it gives.</summary>
    public ColumnPattern Behind()
    {
        var reached = new HashSet<int>(Rows.SelectMany(rows => rows));
        return new(Rows.Select((rows, column) => reached.Contains(column) ? rows : EquatableArray<int>.Empty).ToEquatableArray());
    }

    /// <summary>
    /// The patterns of what the powers of the matrix add one after another: in each, only columns of rows that the one before it reaches. Null where they have no end; else the matrix is
    /// strictly triangular in some order of the states.
    /// </summary>
    public IReadOnlyList<ColumnPattern>? Powers()
    {
        List<ColumnPattern> powers = [];
        for (ColumnPattern next = this; next.Count > 0; next = next.Behind())
        {
            if (powers.Count > States)
            {
                return null;
            }

            powers.Add(next);
        }

        return powers;
    }

    /// <summary>How many rows are kept or left out together: whole vectors, so many that there are few kinds of columns.</summary>
    /// <param name="lanes">Lanes of the widest vector.</param>
    public int RowsTogether(int lanes) => lanes * ((States + (MostBlocks * lanes) - 1) / (MostBlocks * lanes));

    /// <summary>The parts of the columns that are kept: from the first rows with a number on to the last; a column without a number has none.</summary>
    /// <param name="lanes">Lanes of the widest vector.</param>
    public IReadOnlyList<ColumnPart> Parts(int lanes)
    {
        List<ColumnPart> parts = [];
        int offset = 0, together = RowsTogether(lanes);
        for (int column = 0; column <= States; column++)
        {
            EquatableArray<int> rows = Rows[column];
            if (rows.Count > 0)
            {
                int first = rows[0] / together * together, width = Math.Min(((rows[rows.Count - 1] / together) + 1) * together, States) - first;
                parts.Add(new ColumnPart(column, first, width, offset));
                offset += (width + lanes - 1) / lanes * lanes;
            }
        }

        return parts;
    }

}

/// <summary>What is kept of a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="FirstRow">The first row, a multiple of the lanes.</param>
/// <param name="Width">How many rows.</param>
/// <param name="Offset">Where it begins behind the parts before it, each padded to whole vectors.</param>
public readonly record struct ColumnPart(int Column, int FirstRow, int Width, int Offset);
