using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// Modes of one channel each:
/// <code>
/// s_t[c,n] = a[c,n] s_{t-1}[c,n] + b-bar[c,n] v_t[c]
/// o_t[r,c] = gamma Re(sum_n C[r,c,n] s_t[c,n]) + D[r,c] v_t[c]
/// </code>
/// and for the backward direction the same with time the other way round and weights C' of its own. Where constants are rounded as generated code stores them, b-bar is folded into C unless the state has a name by which it is read.
/// </summary>
internal sealed class ChannelModesFormula : ICellFormula
{
    private readonly ChannelModes _cell;
    private readonly Complex[] _transition; // [channel, mode]
    private readonly Complex[] _input;      // b-bar, [channel, mode]
    private readonly Complex[] _output;     // gamma C, [read, channel, mode]
    private readonly Complex[]? _backward;  // gamma C', as _output; null: causal
    private readonly double[]? _skip;       // [read, channel]

    public ChannelModesFormula(ChannelModes cell, ReferenceOptions options)
    {
        ModeFormula.Check(cell, cell.ModeCount, cell.Reads * cell.ModeCount);
        _cell = cell;
        (Complex[] transition, Complex[] factor) = ModeFormula.Discretized(cell);
        Complex[] b = cell.B.AsField(cell.Field);
        bool fold = options.RoundConstantsToSingle && cell.StateName is null;
        var input = new Complex[b.Length];
        for (int i = 0; i < b.Length; i++)
        {
            input[i] = ModeFormula.Product(cell.Field, factor[i], b[i]);
        }

        Complex[] Output(Tensor c) =>
        [
            .. c.AsField(cell.Field).Select((weight, i) => options.Stored(cell.Gamma * (fold ? ModeFormula.Product(cell.Field, weight, input[i % input.Length]) : weight))),
        ];
        _output = Output(cell.C);
        _backward = cell.Backward is { } both ? Output(both.C) : null;
        _input = Array.ConvertAll(input, weight => fold ? Complex.One : options.Stored(weight));
        _transition = Array.ConvertAll(transition, options.Stored);
        _skip = cell.Skip?.Stored(options);
    }

    /// <inheritdoc/>
    public int StateSize => _cell.ModeCount;

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
        for (int m = 0; m < state.Length; m++)
        {
            state[m] = ModeFormula.Product(_cell.Field, _transition[m], state[m]) + ModeFormula.Product(_cell.Field, _input[m], v[m / _cell.Modes]);
        }
    }

    /// <summary><c>Re(sum_n output[r,c,n] s[c,n])</c>, [read, channel].</summary>
    private double[] Read(Complex[] output, Complex[] state)
    {
        var o = new double[_cell.OutputWidth];
        for (int h = 0; h < o.Length; h++)
        {
            for (int n = 0; n < _cell.Modes; n++)
            {
                o[h] += ModeFormula.Product(_cell.Field, output[(h * _cell.Modes) + n], state[(h % _cell.Channels * _cell.Modes) + n]).Real;
            }
        }

        return o;
    }
}
