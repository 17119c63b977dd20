using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference.Tests;

/// <summary>A linear controlled differential equation in the arithmetic of T: the matrix of a step, and the series of its exponential applied to the state in substeps.</summary>
internal sealed class PlainCde<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly LinearCde _cell;
    private readonly T[] _a, _b, _c;
    private T[] _state; // (Z, 1)

    public PlainCde(LinearCde cell)
    {
        _cell = cell;
        (_a, _b, _c) = (Cast(cell.A), cell.B is null ? new T[cell.States * cell.Inputs] : Cast(cell.B), Cast(cell.C));
        _state = [.. Cast(cell.Start), T.One];
    }

    public T[] Step(T[] h)
    {
        int n = _cell.States;
        T norm = T.Zero;
        var m = new T[n, n + 1];
        for (int row = 0; row < n; row++)
        {
            T sum = T.Zero;
            for (int column = 0; column <= n; column++)
            {
                for (int i = 0; i < h.Length; i++)
                {
                    m[row, column] += h[i] * (column < n ? _a[(((i * n) + row) * n) + column] : _b[(row * h.Length) + i]);
                }

                sum += T.Abs(m[row, column]);
            }

            norm = T.Max(norm, sum);
        }

        _state = _cell.Step switch
        {
            LinearCdeStep.Exponential => Exponential(m, norm),
            LinearCdeStep.Euler => [.. Times(m, _state).Select((value, k) => value + _state[k])],
            LinearCdeStep.Product => [.. Times(m, _state).Take(n), T.One],
            _ => throw new NotSupportedException($"{_cell.Step} is not known."),
        };
        var o = new T[_cell.Outputs];
        for (int k = 0; k < _c.Length; k++)
        {
            o[k / n] += _c[k] * _state[k % n];
        }

        return o;
    }

    private T[] Exponential(T[,] m, T norm)
    {
        int substeps = Math.Max(1, int.CreateChecked(T.Ceiling(norm)));
        T[] x = _state;
        for (int s = 0; s < substeps; s++)
        {
            T[] term = x, sum = [.. x];
            for (int k = 1; k <= 24; k++)
            {
                term = [.. Times(m, term).Select(value => value / T.CreateChecked(k * substeps))];
                sum = [.. sum.Select((value, row) => value + term[row])];
            }

            x = sum;
        }

        return x;
    }

    private static T[] Times(T[,] m, T[] x)
    {
        var product = new T[x.Length];
        for (int row = 0; row < m.GetLength(0); row++)
        {
            for (int column = 0; column < x.Length; column++)
            {
                product[row] += m[row, column] * x[column];
            }
        }

        return product;
    }

    private static T[] Cast(Tensor tensor) => Array.ConvertAll(tensor.Values.ToArray(), T.CreateChecked);
}
