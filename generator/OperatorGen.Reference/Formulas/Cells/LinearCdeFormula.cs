using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// A linear controlled differential equation, one matrix per sample: <c>(Z, 1)_t = T_t (Z, 1)_{t-1}</c> and <c>o_t = C Z_t</c>, with T_t = e^M, I + M or M, where
/// <c>M = sum_i h_i [A_i, B_i; 0, 0]</c>. The exponential is that of the whole matrix, see <see cref="MatrixExponential"/>.
/// </summary>
internal sealed class LinearCdeFormula : ICellFormula
{
    private readonly LinearCde _cell;
    private readonly double[] _a;         // [input, state, state]
    private readonly double[]? _b;        // [state, input]
    private readonly double[] _start;     // [state]
    private readonly double[] _c;         // [readout, state]

    public LinearCdeFormula(LinearCde cell, ReferenceOptions options)
    {
        Check(cell.A, cell.Inputs * cell.States * cell.States, "A");
        Check(cell.Start, cell.States, "the first state");
        Check(cell.C, cell.Outputs * cell.States, "C");
        if (cell.B is { } b)
        {
            Check(b, cell.States * cell.Inputs, "B");
        }

        _cell = cell;
        _a = cell.A.Stored(options);
        _b = cell.B?.Stored(options);
        _start = cell.Start.Stored(options);
        _c = cell.C.Stored(options);
    }

    /// <summary>Z, and the 1 behind it: 0 before the first sample.</summary>
    public int StateSize => _cell.States + 1;

    /// <inheritdoc/>
    public double[][]? Backward(double[][] v, LayerProbe[] traces) => null;

    /// <inheritdoc/>
    public double[] Step(double[] v, Complex[] state, LayerProbe trace)
    {
        int n = _cell.States;
        if (state[n] == 0)
        {
            for (int k = 0; k < n; k++)
            {
                state[k] = _start[k];
            }

            state[n] = 1;
        }

        trace.StateBefore = (Complex[])state.Clone();                                              // [state + 1]
        double[,] transition = Transition(v);                                                      // [state + 1, state + 1]
        for (int row = 0; row < n; row++)
        {
            Complex sum = 0;
            for (int column = 0; column <= n; column++)
            {
                sum += transition[row, column] * trace.StateBefore[column];
            }

            state[row] = sum;
        }

        var o = new double[_cell.Outputs];                                                         // [readout]
        for (int h = 0; h < o.Length; h++)
        {
            for (int k = 0; k < n; k++)
            {
                o[h] += _c[(h * n) + k] * state[k].Real;
            }
        }

        trace.Transition = [.. transition.Cast<double>().Select(value => (Complex)value)];
        trace.OutputWeight = Array.ConvertAll(_c, value => (Complex)value);
        trace.State = (Complex[])state.Clone();
        return o;
    }

    private double[,] Transition(double[] h)
    {
        int n = _cell.States;
        var m = new double[n + 1, n + 1];
        for (int row = 0; row < n; row++)
        {
            for (int i = 0; i < h.Length; i++)
            {
                for (int column = 0; column < n; column++)
                {
                    m[row, column] += h[i] * _a[(((i * n) + row) * n) + column];
                }

                m[row, n] += h[i] * (_b is null ? 0 : _b[(row * h.Length) + i]);
            }
        }

        switch (_cell.Step)
        {
            case LinearCdeStep.Exponential:
                return MatrixExponential.Of(m);
            case LinearCdeStep.Euler:
                for (int k = 0; k <= n; k++)
                {
                    m[k, k] += 1;
                }

                return m;
            case LinearCdeStep.Product:
                m[n, n] = 1;
                return m;
            default:
                throw new NotSupportedException($"The step {_cell.Step} is not known.");
        }
    }

    private static void Check(Tensor tensor, int expected, string name)
    {
        Shapes.Require(tensor.Count == expected, $"The constant {name} has {tensor.Count} numbers; {expected} are expected.");
        Shapes.Require(tensor.IsNumeric, $"{name} holds symbols; the reference needs numbers.");
    }
}
