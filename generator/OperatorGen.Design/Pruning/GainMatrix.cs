using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// How changes are passed on: |change of y_i| &lt;= sum_j gain_ij |change of x_j|. Entries are rounded up.
/// </summary>
internal sealed class GainMatrix
{
    private readonly double[,] _gain;

    /// <summary>Takes the entries, [row, column].</summary>
    public GainMatrix(double[,] gain) => _gain = gain;

    /// <summary>The number of y.</summary>
    public int Rows => _gain.GetLength(0);

    /// <summary>The number of x.</summary>
    public int Columns => _gain.GetLength(1);

    /// <summary>A gain.</summary>
    public double this[int row, int column] => _gain[row, column];

    /// <summary>A matrix from a function of row and column.</summary>
    public static GainMatrix Of(int rows, int columns, Func<int, int, double> gain)
    {
        var entries = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                entries[i, j] = gain(i, j);
            }
        }

        return new GainMatrix(entries);
    }

    /// <summary>Nothing changes on the way.</summary>
    public static GainMatrix Identity(int size) => Of(size, size, (i, j) => i == j ? 1 : 0);

    /// <summary>|W|.</summary>
    public static GainMatrix Of(LinearDescription linear) => Of(linear.Outputs, linear.Inputs, (i, j) => Math.Abs(linear.Weight(i, j)));

    /// <summary>First the other, then this.</summary>
    public GainMatrix After(GainMatrix first) => Of(Rows, first.Columns, (i, j) =>
    {
        Interval sum = default;
        for (int k = 0; k < Columns; k++)
        {
            if (_gain[i, k] != 0 && first[k, j] != 0)
            {
                sum += (Interval)_gain[i, k] * first[k, j];
            }
        }

        return sum.High;
    });

    /// <summary>This and the other beside each other, their changes added.</summary>
    public GainMatrix Plus(GainMatrix other) => Of(Rows, Columns, (i, j) => ((Interval)_gain[i, j] + other[i, j]).High);
}
