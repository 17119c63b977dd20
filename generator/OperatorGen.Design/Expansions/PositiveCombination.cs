using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// Caratheodory's theorem as an elimination: a combination of n vectors in d dimensions with positive weights is also one of at most d of them.
/// The vectors are brought to the form "basic ones, and each other as a combination of them" by Gauss-Jordan steps with complete pivoting; then
/// each of the others either gives its weight to the basic ones, or takes the place of one whose weight comes to 0 first.
/// </summary>
internal static class PositiveCombination
{
    // Pivots this much below the first are rounding.
    private const double Rank = 1e-15;

    // Entries this much below the greatest of their column are rounding: they set no bound to a step.
    private const double Noise = 1e-13;

    /// <summary>Moves the weights onto few columns without changing the sum of weight times column.</summary>
    /// <param name="table">d rows of n numbers; used up.</param>
    /// <param name="weights">The weights of the n columns, none negative; what comes out has at most d that are not 0.</param>
    public static void Concentrate(double[][] table, double[] weights)
    {
        int n = weights.Length;
        var isBasic = new bool[n];
        int[] basic = Basis(table, isBasic);
        int rank = basic.Length;
        for (int j = 0; j < n; j++)
        {
            if (isBasic[j] || weights[j] == 0)
            {
                continue;
            }

            int leaving = Step(table, weights, basic, j);
            if (leaving >= 0)
            {
                basic[leaving] = j;

                // Only the columns after j matter from now on.
                Clear(table, rank, leaving, j, j + 1);
            }
        }
    }

    // Complete pivoting. Returns the column of each pivot; the rows that got one are moved to the front.
    private static int[] Basis(double[][] table, bool[] isBasic)
    {
        int d = table.Length;
        int n = isBasic.Length;
        var basic = new int[Math.Min(d, n)];
        double first = 0;
        for (int rank = 0; rank < basic.Length; rank++)
        {
            int row = rank;
            int column = 0;
            double greatest = 0;
            for (int i = rank; i < d; i++)
            {
                double[] entries = table[i];
                for (int j = 0; j < entries.Length; j++)
                {
                    double size = Math.Abs(entries[j]);
                    if (size > greatest)
                    {
                        (greatest, row, column) = (size, i, j);
                    }
                }
            }

            first = rank == 0 ? greatest : first;
            if (!(greatest > Rank * first))
            {
                Array.Resize(ref basic, rank);
                break;
            }

            (table[rank], table[row]) = (table[row], table[rank]);
            Clear(table, d, rank, column, 0);
            for (int i = 0; i < d; i++)
            {
                table[i][column] = 0;
            }

            basic[rank] = column;
            isBasic[column] = true;
        }

        return basic;
    }

    // Takes weight from column j, or adds to it, until it or a basic column has none. Returns the row of that basic column; -1 where it is j itself.
    private static int Step(double[][] table, double[] weights, int[] basic, int j)
    {
        double greatest = 0;
        for (int i = 0; i < basic.Length; i++)
        {
            greatest = Math.Max(greatest, Math.Abs(table[i][j]));
        }

        // down: the most that j can give; up: the most that it can take.
        double down = weights[j];
        double up = double.PositiveInfinity;
        int downRow = -1;
        int upRow = -1;
        for (int i = 0; i < basic.Length; i++)
        {
            double entry = table[i][j];
            double weight = weights[basic[i]];
            if (entry < -Noise * greatest && weight < down * -entry)
            {
                (down, downRow) = (weight / -entry, i);
            }
            else if (entry > Noise * greatest && weight < up * entry)
            {
                (up, upRow) = (weight / entry, i);
            }
        }

        // Where a basic column has to go, by the greater of the two pivots.
        bool gives = downRow < 0 || upRow < 0 || Math.Abs(table[downRow][j]) >= Math.Abs(table[upRow][j]);
        int leaving = gives ? downRow : upRow;
        double step = gives ? down : -up;
        for (int i = 0; i < basic.Length; i++)
        {
            weights[basic[i]] = Math.Max(0, weights[basic[i]] + (step * table[i][j]));
        }

        weights[j] = leaving < 0 ? 0 : weights[j] - step;
        if (leaving >= 0)
        {
            weights[basic[leaving]] = 0;
        }

        return leaving;
    }

    // Makes a column a unit vector by row operations, which are done from a column on.
    private static void Clear(double[][] table, int rows, int pivotRow, int column, int from)
    {
        double[] pivots = table[pivotRow];
        double inverse = 1 / pivots[column];
        for (int j = from; j < pivots.Length; j++)
        {
            pivots[j] *= inverse;
        }

        for (int i = 0; i < rows; i++)
        {
            double[] entries = table[i];
            double factor = entries[column];
            if (i == pivotRow || factor == 0)
            {
                continue;
            }

            for (int j = from; j < entries.Length; j++)
            {
                entries[j] -= factor * pivots[j];
            }
        }
    }
}
