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
/// and for the backward direction the same with time the other way round and weights C' of its own.
/// </summary>
internal sealed class SharedModesFormula : ICellFormula
{
    private readonly SharedModes _cell;
    private readonly Complex[] _transition; // [mode]
    private readonly Complex[] _input;      // b-bar, [mode, input]
    private readonly Complex[] _output;     // gamma C, [readout, mode]
    private readonly Complex[]? _backward;  // gamma C', as _output; null: causal
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

        Complex[] Output(Tensor output) => Array.ConvertAll(output.AsField(cell.Field), c => options.Stored(cell.Gamma * c));
        _output = Output(cell.C);
        _backward = cell.Backward is { } both ? Output(both.C) : null;
        _transition = Array.ConvertAll(transition, options.Stored);
        _skip = cell.Skip?.Stored(options);
    }

    /// <inheritdoc/>
    public int StateSize => _cell.Modes;

    /// <inheritdoc/>
    public double[] Step(double[] v, Complex[] state, LayerProbe trace)
    {
        trace.StateBefore = (Complex[])state.Clone();                                              // [mode]
        Update(state, v);
        double[] o = Read(_output, state);                                                         // [readout]
        for (int h = 0; h < o.Length && _skip is not null; h++)
        {
            o[h] += _skip[h] * v[h % v.Length];
        }

        trace.Transition = _transition;
        trace.InputWeight = _input;
        trace.OutputWeight = _output;
        trace.State = (Complex[])state.Clone();
        return o;
    }

    /// <inheritdoc/>
    public double[][]? Backward(double[][] v, LayerProbe[] traces)
    {
        if (_backward is null)
        {
            return null;
        }

        Array.ForEach(traces, trace => trace.BackwardWeight = _backward);
        return BackwardScan.Run(v, StateSize, _cell.Backward!.Delay, Update, z => Read(_backward, z), traces);
    }

    private void Update(Complex[] state, double[] v)
    {
        for (int n = 0; n < state.Length; n++)
        {
            Complex drive = Complex.Zero;
            for (int i = 0; i < v.Length; i++)
            {
                drive += ModeFormula.Product(_cell.Field, _input[(n * v.Length) + i], v[i]);
            }

            state[n] = ModeFormula.Product(_cell.Field, _transition[n], state[n]) + drive;
        }
    }

    /// <summary><c>Re(sum_n output[h,n] s[n])</c>, [readout].</summary>
    private double[] Read(Complex[] output, Complex[] state)
    {
        var o = new double[_cell.Outputs];
        for (int h = 0; h < o.Length; h++)
        {
            for (int n = 0; n < state.Length; n++)
            {
                o[h] += ModeFormula.Product(_cell.Field, output[(h * state.Length) + n], state[n]).Real;
            }
        }

        return o;
    }
}
