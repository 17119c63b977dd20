using System;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>
/// G = sum_t x(t) x(t)' of rows x, gathered a run of time steps at a time: one number of the row by a vector of others. Only the upper part is
/// kept up, in blocks as wide as <see cref="Block"/>.
/// </summary>
internal static class GramMatrix<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    /// <summary>Rows are multiples of this many numbers.</summary>
    public static int Block => 4 * TSimd.Count;

    /// <summary>Adds a run's products.</summary>
    /// <param name="rows">[time, width].</param>
    /// <param name="steps">The run's time steps.</param>
    /// <param name="width">A multiple of <see cref="Block"/>.</param>
    /// <param name="gram">G, [width, width].</param>
    public static void Add(Span<double> rows, int steps, int width, double[] gram)
    {
        for (int b = 0; b < width; b += Block)
        {
            for (int a = 0; a < b + Block; a += 4)
            {
                RegisterTile<TSimd, TVector>.Add<RegisterTile<TSimd, TVector>.Number>(ref rows[a], TileRows.Of(1), (nuint)width, ref rows[b], (nuint)width, steps, ref gram[(a * width) + b], TileRows.Of(width));
            }
        }
    }
}
