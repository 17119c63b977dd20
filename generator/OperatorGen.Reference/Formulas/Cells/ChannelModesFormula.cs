using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// Modes of one channel each:
/// <code>
/// s_t[c,n] = a[c,n] s_{t-1}[c,n] + b-bar[c,n] v_t[c]
/// o_t[r,c] = gamma Re(sum_n C[r,c,n] s_t[c,n]) + D[r,c] v_t[c]
/// </code>
/// Where constants are rounded as generated code stores them, b-bar is folded into C unless the state has a name by which it is read.
/// </summary>
internal sealed class ChannelModesFormula : ICellFormula
{
    private readonly ChannelModes _cell;
    private readonly Complex[] _transition; // [channel, mode]
    private readonly Complex[] _input;      // b-bar, [channel, mode]
    private readonly Complex[] _output;     // gamma C, [read, channel, mode]
    private readonly double[]? _skip;       // [read, channel]

    public ChannelModesFormula(ChannelModes cell, ReferenceOptions options)
    {
        ModeFormula.Check(cell, cell.ModeCount, cell.Reads * cell.ModeCount);
        _cell = cell;
        (Complex[] transition, Complex[] factor) = ModeFormula.Discretized(cell);
        Complex[] b = cell.B.AsField(cell.Field);
        Complex[] c = cell.C.AsField(cell.Field);
        bool fold = options.RoundConstantsToSingle && cell.StateName is null;
        _input = new Complex[b.Length];
        _output = new Complex[c.Length];
        for (int i = 0; i < c.Length; i++)
        {
            Complex inputWeight = ModeFormula.Product(cell.Field, factor[i % b.Length], b[i % b.Length]);
            _input[i % b.Length] = fold ? Complex.One : options.Stored(inputWeight);
            _output[i] = options.Stored(cell.Gamma * (fold ? ModeFormula.Product(cell.Field, c[i], inputWeight) : c[i]));
        }

        _transition = Array.ConvertAll(transition, options.Stored);
        _skip = cell.Skip?.Stored(options);
    }

    /// <inheritdoc/>
    public int StateSize => _cell.ModeCount;

    /// <inheritdoc/>
    public double[] Step(double[] v, Complex[] state, LayerProbe trace)
    {
        int channels = _cell.Channels, modes = _cell.Modes;
        trace.StateBefore = (Complex[])state.Clone();                                              // [channel, mode]
        for (int m = 0; m < state.Length; m++)
        {
            state[m] = ModeFormula.Product(_cell.Field, _transition[m], state[m]) + ModeFormula.Product(_cell.Field, _input[m], v[m / modes]);
        }

        var o = new double[_cell.OutputWidth];                                                     // [read, channel]
        for (int h = 0; h < o.Length; h++)
        {
            double sum = 0;
            for (int n = 0; n < modes; n++)
            {
                sum += ModeFormula.Product(_cell.Field, _output[(h * modes) + n], state[(h % channels * modes) + n]).Real;
            }

            o[h] = sum + (_skip is null ? 0 : _skip[h] * v[h % channels]);
        }

        trace.Transition = _transition;
        trace.InputWeight = _input;
        trace.OutputWeight = _output;
        trace.State = (Complex[])state.Clone();
        return o;
    }
}
