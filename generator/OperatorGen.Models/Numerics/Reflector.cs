using System;

namespace OperatorGen.Models;

/// <summary>A reflection 1 - 2 v v' / |v|^2 that maps a given vector to a multiple of the first axis (Householder 1958).</summary>
internal sealed class Reflector
{
    private readonly double[] _v; // |v|^2 = 2

    private Reflector(double[] v) => _v = v;

    /// <summary>The reflection of a vector; null where nothing but its first element differs from 0.</summary>
    public static Reflector? Of(double[] x)
    {
        double scale = 0;
        double rest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(x[i]));
            rest = i > 0 ? Math.Max(rest, Math.Abs(x[i])) : 0;
        }

        if (rest == 0)
        {
            return null;
        }

        double[] v = Array.ConvertAll(x, value => value / scale);
        double norm = Length(v);
        v[0] += v[0] < 0 ? -norm : norm;
        double factor = Math.Sqrt(2) / Length(v);
        return new Reflector(Array.ConvertAll(v, value => value * factor));
    }

    /// <summary>The rows from first on, as many as the vector has, of some columns.</summary>
    public void FromLeft(RealMatrix matrix, int first, int fromColumn, int toColumn)
    {
        for (int column = fromColumn; column < toColumn; column++)
        {
            double dot = 0;
            for (int i = 0; i < _v.Length; i++)
            {
                dot += _v[i] * matrix[first + i, column];
            }

            for (int i = 0; i < _v.Length; i++)
            {
                matrix[first + i, column] -= dot * _v[i];
            }
        }
    }

    /// <summary>The columns from first on of some rows.</summary>
    public void FromRight(RealMatrix matrix, int first, int fromRow, int toRow)
    {
        for (int row = fromRow; row < toRow; row++)
        {
            double dot = 0;
            for (int i = 0; i < _v.Length; i++)
            {
                dot += _v[i] * matrix[row, first + i];
            }

            for (int i = 0; i < _v.Length; i++)
            {
                matrix[row, first + i] -= dot * _v[i];
            }
        }
    }

    private static double Length(double[] v)
    {
        double sum = 0;
        foreach (double value in v)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }
}
