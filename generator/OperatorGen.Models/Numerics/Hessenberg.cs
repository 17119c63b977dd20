using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// A real matrix brought to Hessenberg form, A = Q H Q' with Q orthogonal and H zero below the first subdiagonal, by reflections; its eigenvalues by the QR
/// algorithm with implicit double shifts (Francis 1961), which keeps to real numbers, so that complex eigenvalues come in exact conjugate pairs.
/// </summary>
internal sealed class Hessenberg
{
    private const double UnitRoundoff = 1.0 / (1L << 53);
    private const int SweepsPerEigenvalue = 60;

    private readonly RealMatrix _h;
    private readonly RealMatrix _q;

    /// <summary>Reduces a matrix.</summary>
    public Hessenberg(RealMatrix matrix)
    {
        _h = matrix.Combined(1, matrix, 0);
        _q = RealMatrix.Identity(matrix.Size);
        for (int column = 0; column + 2 < Size; column++)
        {
            var x = new double[Size - column - 1];
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = _h[column + 1 + i, column];
            }

            if (Reflector.Of(x) is { } reflector)
            {
                reflector.FromLeft(_h, column + 1, 0, Size);
                reflector.FromRight(_h, column + 1, 0, Size);
                reflector.FromRight(_q, column + 1, 0, Size);
                for (int row = column + 2; row < Size; row++)
                {
                    _h[row, column] = 0;
                }
            }
        }
    }

    /// <summary>Rows and columns.</summary>
    public int Size => _h.Size;

    /// <summary>H.</summary>
    public RealMatrix Form => _h;

    /// <summary>Q y of a complex y.</summary>
    public ComplexNumber[] Back(ComplexNumber[] y)
    {
        var x = new ComplexNumber[Size];
        for (int row = 0; row < Size; row++)
        {
            for (int k = 0; k < Size; k++)
            {
                x[row] += _q[row, k] * y[k];
            }
        }

        return x;
    }

    /// <summary>The eigenvalues with an imaginary part of at least 0; those above 0 stand for two. Null where the algorithm finds no end.</summary>
    public IReadOnlyList<ComplexNumber>? Eigenvalues()
    {
        RealMatrix h = _h.Combined(1, _h, 0);
        var found = new List<ComplexNumber>();
        int sweeps = 0;
        for (int end = Size - 1; end >= 0;)
        {
            int start = Start(h, end);
            if (start == end)
            {
                found.Add(h[end, end]);
                end--;
            }
            else if (start == end - 1)
            {
                found.AddRange(OfTwo(h, start));
                end -= 2;
            }
            else if (sweeps++ == SweepsPerEigenvalue * Size || !(Math.Abs(h[end, end]) <= double.MaxValue))
            {
                return null;
            }
            else
            {
                Sweep(h, start, end, sweeps);
            }
        }

        return found;
    }

    /// <summary>The first row of the last part that no subdiagonal zero cuts off.</summary>
    private static int Start(RealMatrix h, int end)
    {
        int start = end;
        while (start > 0)
        {
            if (Math.Abs(h[start, start - 1]) <= UnitRoundoff * (Math.Abs(h[start - 1, start - 1]) + Math.Abs(h[start, start])))
            {
                h[start, start - 1] = 0;
                break;
            }

            start--;
        }

        return start;
    }

    private static IEnumerable<ComplexNumber> OfTwo(RealMatrix h, int i)
    {
        double half = (h[i, i] - h[i + 1, i + 1]) / 2;
        double middle = h[i + 1, i + 1] + half;
        double square = (half * half) + (h[i, i + 1] * h[i + 1, i]);
        if (square < 0)
        {
            return [new ComplexNumber(middle, Math.Sqrt(-square))];
        }

        // The greater of half +- root has no cancellation; the other one is the determinant over it.
        double root = half < 0 ? half - Math.Sqrt(square) : half + Math.Sqrt(square);
        double first = h[i + 1, i + 1] + root;
        double second = root == 0 ? h[i + 1, i + 1] : h[i + 1, i + 1] - (h[i, i + 1] * h[i + 1, i] / root);
        return [first, second];
    }

    /// <summary>One step with both eigenvalues of the last two rows as shifts; now and then with others, where these run in a circle.</summary>
    private static void Sweep(RealMatrix h, int start, int end, int sweep)
    {
        const int Unusual = 11;
        double sum = h[end - 1, end - 1] + h[end, end];
        double product = (h[end - 1, end - 1] * h[end, end]) - (h[end - 1, end] * h[end, end - 1]);
        if (sweep % Unusual == 0)
        {
            double size = Math.Abs(h[end, end - 1]) + Math.Abs(h[end - 1, end - 2]);
            (sum, product) = (1.5 * size, size * size);
        }

        double[] x =
        [
            (h[start, start] * h[start, start]) + (h[start, start + 1] * h[start + 1, start]) - (sum * h[start, start]) + product,
            h[start + 1, start] * (h[start, start] + h[start + 1, start + 1] - sum),
            h[start + 1, start] * h[start + 2, start + 1],
        ];
        for (int k = start; k < end; k++)
        {
            if (Reflector.Of(x) is { } reflector)
            {
                int first = Math.Max(start, k - 1);
                reflector.FromLeft(h, k, first, end + 1);
                reflector.FromRight(h, k, start, Math.Min(end, k + 3) + 1);
            }

            for (int row = k + 1; row <= Math.Min(k + 2, end) && k > start; row++)
            {
                h[row, k - 1] = 0;
            }

            x = [.. Below(h, k, end)];
        }
    }

    private static IEnumerable<double> Below(RealMatrix h, int column, int end)
    {
        for (int row = column + 1; row <= Math.Min(column + 3, end); row++)
        {
            yield return h[row, column];
        }
    }
}
