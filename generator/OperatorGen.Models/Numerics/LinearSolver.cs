using System;

namespace OperatorGen.Models;

/// <summary>Solves M x = b by elimination with row exchanges; M is factored once.</summary>
public sealed class LinearSolver
{
    private readonly RealMatrix _factors; // below the diagonal the multipliers, from it on the eliminated rows
    private readonly int[] _rows;         // the row of M that each row was

    private LinearSolver(RealMatrix factors, int[] rows)
    {
        _factors = factors;
        _rows = rows;
    }

    /// <summary>Factors a matrix; null where a pivot is 0 or no number: it is singular to the last digit.</summary>
    public static LinearSolver? Of(RealMatrix matrix)
    {
        RealMatrix lu = matrix.Combined(1, matrix, 0);
        var rows = new int[lu.Size];
        for (int k = 0; k < rows.Length; k++)
        {
            rows[k] = k;
        }

        for (int k = 0; k < lu.Size; k++)
        {
            int pivot = k;
            for (int row = k + 1; row < lu.Size; row++)
            {
                pivot = Math.Abs(lu[row, k]) > Math.Abs(lu[pivot, k]) ? row : pivot;
            }

            if (!(Math.Abs(lu[pivot, k]) > 0 && Math.Abs(lu[pivot, k]) <= double.MaxValue))
            {
                return null;
            }

            (rows[k], rows[pivot]) = (rows[pivot], rows[k]);
            for (int column = 0; column < lu.Size; column++)
            {
                (lu[k, column], lu[pivot, column]) = (lu[pivot, column], lu[k, column]);
            }

            for (int row = k + 1; row < lu.Size; row++)
            {
                double factor = lu[row, k] /= lu[k, k];
                for (int column = k + 1; column < lu.Size && factor != 0; column++)
                {
                    lu[row, column] -= factor * lu[k, column];
                }
            }
        }

        return new LinearSolver(lu, rows);
    }

    /// <summary>The x of M x = b.</summary>
    public double[] Solve(double[] b)
    {
        int size = _factors.Size;
        var x = new double[size];
        for (int row = 0; row < size; row++)
        {
            x[row] = b[_rows[row]];
            for (int k = 0; k < row; k++)
            {
                x[row] -= _factors[row, k] * x[k];
            }
        }

        for (int row = size - 1; row >= 0; row--)
        {
            for (int k = row + 1; k < size; k++)
            {
                x[row] -= _factors[row, k] * x[k];
            }

            x[row] /= _factors[row, row];
        }

        return x;
    }

    /// <summary>The X of M X = B.</summary>
    public RealMatrix Solve(RealMatrix b)
    {
        var x = new RealMatrix(b.Size);
        var column = new double[b.Size];
        for (int c = 0; c < b.Size; c++)
        {
            for (int row = 0; row < b.Size; row++)
            {
                column[row] = b[row, c];
            }

            double[] solved = Solve(column);
            for (int row = 0; row < b.Size; row++)
            {
                x[row, c] = solved[row];
            }
        }

        return x;
    }
}
