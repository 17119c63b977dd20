using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// G selective cells with states of K x V numbers, with the gates a and the step f (Delta, beta or 1) of <see cref="SelectiveCellTransition"/>:
/// <code>
/// s_t[g,k,j] = a_t[g,k] s_{t-1}[g,k,j] + key_t[g,k] f_t[g] v_t[g,j]
/// s_t[g,k,j] = a_t[g,k] s_{t-1}[g,k,j] + key_t[g,k] f_t[g] (v_t[g,j] - a_t[g] sum_i key_t[g,i] s_{t-1}[g,i,j])         the delta rule
/// o_t[g,j]   = Re(sum_k gamma query_t[g,k] s_t[g,k,j]) + D[g,j] v_t[g,j]
/// o_t[g,j]   = Re(sum_k gamma query_t[g,k] (s_{t-1}[g,k,j] + u[g,k] key_t[g,k] v_t[g,j])) + D[g,j] v_t[g,j]           read before the update
/// </code>
/// </summary>
internal sealed class SelectiveCellFormula : ICellFormula
{
    private readonly SelectiveCell _cell;
    private readonly SelectiveCellTransition _transition;
    private readonly SelectiveCellState _order;
    private readonly Func<double[], Complex[]> _value; // [G, V]
    private readonly Func<double[], Complex[]> _key;   // [G, K]
    private readonly Func<double[], Complex[]> _query; // [G, K]
    private readonly double[]? _bonus;                 // [G, K]
    private readonly double[]? _skip;                  // [G] or [G, V]

    public SelectiveCellFormula(SelectiveCell cell, ReferenceOptions options)
    {
        SelectiveCellShapes.Check(cell);
        _cell = cell;
        _transition = SelectiveCellTransition.Of(cell, options);
        _order = new SelectiveCellState(cell);
        _value = BlockFormula.Of(cell.Value, cell.ValueWidth, Field.Real, cell.Count, options);
        _key = ParameterFormula.Of(cell.Key, cell.KeyWidth, cell.Count, options);
        _query = ParameterFormula.Of(cell.Query, cell.KeyWidth, cell.Count, options);
        _bonus = cell.Bonus?.Stored(options);
        _skip = cell.Skip?.Stored(options);
    }

    /// <inheritdoc/>
    public int StateSize => _cell.Count * _cell.KeyWidth * _cell.ValueWidth;

    /// <inheritdoc/>
    public double[][]? Backward(double[][] v, LayerProbe[] traces) => null;

    /// <inheritdoc/>
    public double[] Step(double[] v, Complex[] state, LayerProbe trace)
    {
        trace.Value = Array.ConvertAll(_value(v), x => x.Real);
        trace.Key = _key(v);
        trace.OutputWeight = Array.ConvertAll(_query(v), q => _cell.Gamma * q);
        (trace.Transition, trace.Step) = _transition.At(v);
        trace.InputWeight = new Complex[trace.Key.Length];
        for (int mode = 0; mode < trace.Key.Length; mode++)
        {
            trace.InputWeight[mode] = trace.Step[mode / _cell.KeyWidth] * trace.Key[mode];
        }

        trace.StateBefore = _order.Read(state);
        trace.State = new Complex[state.Length];
        var o = new double[_cell.OutputWidth];                                                 // [G, V]
        for (int i = 0; i < o.Length; i++)
        {
            Update(trace, i);
            o[i] = Read(trace, i);
        }

        _order.Write(trace.State, state);
        return o;
    }

    /// <summary>s_t of one cell and value.</summary>
    private void Update(LayerProbe trace, int i)
    {
        int keys = _cell.KeyWidth, values = _cell.ValueWidth, g = i / values;
        double added = trace.Value[i];
        if (_transition.ErasesKey)
        {
            for (int k = 0; k < keys; k++)
            {
                int mode = (g * keys) + k;
                added -= trace.Transition[mode].Real * trace.Key[mode].Real * trace.StateBefore[(mode * values) + (i % values)].Real;
            }
        }

        for (int k = 0; k < keys; k++)
        {
            int mode = (g * keys) + k, at = (mode * values) + (i % values);
            trace.State[at] = Product(_transition.Field, trace.Transition[mode], trace.StateBefore[at])
                + ModeFormula.Product(_cell.Key?.Field ?? Field.Real, trace.Key[mode], trace.Step[g] * added);
        }
    }

    /// <summary>o_t of one cell and value.</summary>
    private double Read(LayerProbe trace, int i)
    {
        int keys = _cell.KeyWidth, values = _cell.ValueWidth, g = i / values;
        Complex[] read = _cell.Order == ReadOrder.PostUpdate ? trace.State : trace.StateBefore;
        double sum = _skip is null ? 0 : _skip[_skip.Length == _cell.Count ? g : i] * trace.Value[i];
        for (int k = 0; k < keys; k++)
        {
            int mode = (g * keys) + k;
            Complex state = read[(mode * values) + (i % values)];
            if (_bonus is not null)
            {
                state += ModeFormula.Product(_cell.Key?.Field ?? Field.Real, trace.Key[mode], _bonus[mode] * trace.Value[i]);
            }

            sum += Product(_cell.Query?.Field ?? Field.Real, trace.OutputWeight[mode], state).Real;
        }

        return sum;
    }

    /// <summary>x s with a factor of its own field; of a real state by the real parts only, so that infinity times the absent imaginary part makes no NaN.</summary>
    private Complex Product(Field factor, Complex x, Complex s) =>
        factor == Field.Real && _cell.Field == Field.Complex ? new Complex(x.Real * s.Real, x.Real * s.Imaginary) : ModeFormula.Product(_cell.Field, x, s);
}
