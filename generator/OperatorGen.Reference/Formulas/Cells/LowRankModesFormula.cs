using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// Modes of one channel each, coupled by a low-rank part, over all N modes, the stored ones and their conjugates:
/// <code>
/// A = diag(Lambda) - sum_r P_r P_r'     A-bar = (1 - Delta/2 A)^-1 (1 + Delta/2 A)     B-bar = (1 - Delta/2 A)^-1 Delta B
/// s_t[c] = A-bar_c s_{t-1}[c] + B-bar_c v_t[c]
/// o_t[r,c] = Re(sum_n C[r,c,n] s_t[c,n]) + D[r,c] v_t[c]
/// </code>
/// and for the backward direction the same with time the other way round and weights C' of its own. The matrices are dense. Of the constants only D is rounded as generated code stores it: what else it stores depends on how it is compiled.
/// </summary>
internal sealed class LowRankModesFormula : ICellFormula
{
    private readonly LowRankModes _cell;
    private readonly Complex[][,] _transition; // [channel][row of the stored half, N]
    private readonly Complex[][] _input;       // [channel][stored half]
    private readonly Complex[] _output;        // [read, channel, stored half]
    private readonly Complex[]? _backward;     // C', as _output; null: causal
    private readonly double[]? _skip;          // [read, channel]

    public LowRankModesFormula(LowRankModes cell, ReferenceOptions options)
    {
        Check(cell.A, cell.Rows * cell.Modes * 2, "Lambda");
        Check(cell.P, cell.Rank * cell.Rows * cell.Modes * 2, "P");
        Check(cell.B, cell.Rows * cell.Modes * 2, "B");
        Check(cell.C, cell.Reads * cell.Channels * cell.Modes * 2, "C");
        Check(cell.Delta, cell.Channels, "Delta");
        _cell = cell;
        _output = cell.C.AsField(Field.Complex);
        _backward = cell.Backward?.C.AsField(Field.Complex);
        _transition = new Complex[cell.Channels][,];
        _input = new Complex[cell.Channels][];
        for (int c = 0; c < cell.Channels; c++)
        {
            (_transition[c], _input[c]) = Discrete(cell, c);
        }

        _skip = cell.Skip?.Stored(options);
    }

    /// <inheritdoc/>
    public int StateSize => _cell.Channels * _cell.Modes;

    /// <inheritdoc/>
    public double[] Step(double[] v, Complex[] state, LayerProbe trace)
    {
        trace.StateBefore = (Complex[])state.Clone();                                              // [channel, mode]
        Update(state, v);
        double[] o = Read(_output, state);                                                         // [read, channel]
        for (int h = 0; h < o.Length && _skip is not null; h++)
        {
            o[h] += _skip[h] * v[h % v.Length];
        }

        trace.State = (Complex[])state.Clone();
        return o;
    }

    /// <inheritdoc/>
    public double[][]? Backward(double[][] v, LayerProbe[] traces) =>
        _backward is null ? null : BackwardScan.Run(v, StateSize, _cell.Backward!.Delay, Update, z => Read(_backward, z), traces);

    private void Update(Complex[] state, double[] v)
    {
        var before = (Complex[])state.Clone();
        for (int m = 0; m < state.Length; m++)
        {
            int c = m / _cell.Modes, n = m % _cell.Modes;
            Complex sum = _input[c][n] * v[c];
            for (int k = 0; k < _cell.Modes; k++)
            {
                Complex old = before[(c * _cell.Modes) + k];
                sum += (_transition[c][n, k] * old) + (_transition[c][n, _cell.Modes + k] * Complex.Conjugate(old));
            }

            state[m] = sum;
        }
    }

    private double[] Read(Complex[] output, Complex[] state)
    {
        var o = new double[_cell.OutputWidth];
        for (int h = 0; h < o.Length; h++)
        {
            for (int n = 0; n < _cell.Modes; n++)
            {
                o[h] += 2 * (output[(h * _cell.Modes) + n] * state[(h % _cell.Channels * _cell.Modes) + n]).Real;
            }
        }

        return o;
    }

    /// <summary>The rows of A-bar and B-bar that belong to the stored half.</summary>
    private static (Complex[,] Transition, Complex[] Input) Discrete(LowRankModes cell, int channel)
    {
        int modes = cell.Modes, size = 2 * modes, row = cell.RowOf(channel);
        double half = cell.Delta.Values[channel] / 2;
        Complex[] lambda = Full(cell.A, row, modes), b = Full(cell.B, row, modes);
        var left = new Complex[size, size];       // 1 - Delta/2 A
        var right = new Complex[size, size + 1];  // 1 + Delta/2 A | Delta B
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                Complex a = i == j ? lambda[i] : Complex.Zero;
                for (int r = 0; r < cell.Rank; r++)
                {
                    Complex[] p = Full(cell.P, (r * cell.Rows) + row, modes);
                    a -= p[i] * Complex.Conjugate(p[j]);
                }

                left[i, j] = (i == j ? 1 : 0) - (half * a);
                right[i, j] = (i == j ? 1 : 0) + (half * a);
            }

            right[i, size] = 2 * half * b[i];
        }

        Eliminate(left, right);
        var transition = new Complex[modes, size];
        var input = new Complex[modes];
        for (int n = 0; n < modes; n++)
        {
            input[n] = right[n, size];
            for (int k = 0; k < size; k++)
            {
                transition[n, k] = right[n, k];
            }
        }

        return (transition, input);
    }

    /// <summary>Solves left X = right in place (Gauss and Jordan, the greatest pivot of each column).</summary>
    private static void Eliminate(Complex[,] left, Complex[,] right)
    {
        int size = left.GetLength(0), columns = right.GetLength(1);
        for (int k = 0; k < size; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < size; i++)
            {
                pivot = Complex.Abs(left[i, k]) > Complex.Abs(left[pivot, k]) ? i : pivot;
            }

            for (int j = 0; j < size; j++)
            {
                (left[k, j], left[pivot, j]) = (left[pivot, j], left[k, j]);
            }

            for (int j = 0; j < columns; j++)
            {
                (right[k, j], right[pivot, j]) = (right[pivot, j], right[k, j]);
            }

            Complex divisor = left[k, k];
            for (int j = 0; j < columns; j++)
            {
                right[k, j] /= divisor;
            }

            for (int j = k; j < size; j++)
            {
                left[k, j] /= divisor;
            }

            for (int i = 0; i < size; i++)
            {
                Complex factor = left[i, k];
                if (i == k || factor == Complex.Zero)
                {
                    continue;
                }

                for (int j = k; j < size; j++)
                {
                    left[i, j] -= factor * left[k, j];
                }

                for (int j = 0; j < columns; j++)
                {
                    right[i, j] -= factor * right[k, j];
                }
            }
        }
    }

    /// <summary>A row of stored modes and their conjugates.</summary>
    private static Complex[] Full(Tensor tensor, int row, int modes)
    {
        var full = new Complex[2 * modes];
        for (int n = 0; n < modes; n++)
        {
            int at = 2 * ((row * modes) + n);
            full[n] = new Complex(tensor.Values[at], tensor.Values[at + 1]);
            full[modes + n] = Complex.Conjugate(full[n]);
        }

        return full;
    }

    private static void Check(Tensor tensor, int expected, string name)
    {
        Shapes.Require(tensor.Count == expected, $"{name} has {tensor.Count} numbers; {expected} are expected.");
        Shapes.Require(tensor.IsNumeric, $"{name} holds symbols; the reference needs numbers.");
    }
}
