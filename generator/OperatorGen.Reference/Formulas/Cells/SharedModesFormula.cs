using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// Modes that all channels share:
/// <code>
/// s_t[n] = a[n] s_{t-1}[n] + sum_i b-bar[n,i] v_t[i]
/// o_t[h] = gamma Re(sum_n C[h,n] s_t[n]) + D[h] v_t[h]
/// </code>
/// </summary>
internal sealed class SharedModesFormula : ICellFormula
{
    private readonly SharedModes _cell;
    private readonly Complex[] _transition; // [mode]
    private readonly Complex[] _input;      // b-bar, [mode, input]
    private readonly Complex[] _output;     // gamma C, [readout, mode]
    private readonly double[]? _skip;       // [readout]

    public SharedModesFormula(SharedModes cell, ReferenceOptions options)
    {
        ModeFormula.Check(cell, cell.Modes * cell.Inputs, cell.Outputs * cell.Modes);
        _cell = cell;
        (Complex[] transition, Complex[] factor) = ModeFormula.Discretized(cell);
        _input = cell.B.AsField(cell.Field);
        for (int i = 0; i < _input.Length; i++)
        {
            _input[i] = options.Stored(ModeFormula.Product(cell.Field, factor[i / cell.Inputs], _input[i]));
        }

        _output = Array.ConvertAll(cell.C.AsField(cell.Field), c => options.Stored(cell.Gamma * c));
        _transition = Array.ConvertAll(transition, options.Stored);
        _skip = cell.Skip?.Stored(options);
    }

    /// <inheritdoc/>
    public int StateSize => _cell.Modes;

    /// <inheritdoc/>
    public double[] Step(double[] v, Complex[] state, LayerProbe trace)
    {
        trace.StateBefore = (Complex[])state.Clone();                                              // [mode]
        for (int n = 0; n < state.Length; n++)
        {
            Complex drive = Complex.Zero;
            for (int i = 0; i < v.Length; i++)
            {
                drive += ModeFormula.Product(_cell.Field, _input[(n * v.Length) + i], v[i]);
            }

            state[n] = ModeFormula.Product(_cell.Field, _transition[n], state[n]) + drive;
        }

        var o = new double[_cell.Outputs];                                                         // [readout]
        for (int h = 0; h < o.Length; h++)
        {
            double sum = 0;
            for (int n = 0; n < state.Length; n++)
            {
                sum += ModeFormula.Product(_cell.Field, _output[(h * state.Length) + n], state[n]).Real;
            }

            o[h] = sum + (_skip is null ? 0 : _skip[h] * v[h % v.Length]);
        }

        trace.Transition = _transition;
        trace.InputWeight = _input;
        trace.OutputWeight = _output;
        trace.State = (Complex[])state.Clone();
        return o;
    }
}
