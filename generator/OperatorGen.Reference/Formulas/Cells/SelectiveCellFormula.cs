using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// G selective cells with states of K x V numbers:
/// <code>
/// s_t[g,k,j] = a_t[g,k] s_{t-1}[g,k,j] + b-bar_t[g,k] v_t[g,j]
/// o_t[g,j]   = gamma Re(sum_k c_t[g,k] s_*[g,k,j]) + D[g] v_t[g,j]      s_* = s_t, or s_{t-1} for the read before the update
/// </code>
/// </summary>
internal sealed class SelectiveCellFormula : ICellFormula
{
    private readonly SelectiveCell _cell;
    private readonly ParameterFormula _delta; // [G] or [1]
    private readonly ParameterFormula _a;     // [G, K], or [G] of a scalar transition
    private readonly ParameterFormula _b;     // [G, K], or [K] where selective
    private readonly ParameterFormula _c;     // [G, K], or [K] where selective
    private readonly double[]? _skip;         // [G]
    private readonly (Complex[] Transition, Complex[] InputFactor)? _discrete;

    public SelectiveCellFormula(SelectiveCell cell, ReferenceOptions options)
    {
        SelectiveCellShapes.Check(cell);
        _cell = cell;
        Parameter a = cell.Transition.Parameter;
        bool timeInvariantTransition = a is ConstantParameter && cell.Delta is ConstantParameter;
        ReferenceOptions before = timeInvariantTransition ? ReferenceOptions.Exact : options;
        _delta = new ParameterFormula(cell.Delta, Field.Real, before, options);
        _a = new ParameterFormula(a, cell.Field, before, options);
        _b = new ParameterFormula(cell.B, cell.Field, options, options);
        _c = new ParameterFormula(cell.C, cell.Field, options, options);
        _skip = cell.Skip?.Stored(options);
        if (timeInvariantTransition)
        {
            (Complex[] transition, Complex[] inputFactor) = Discretized(_delta.Of([]), _a.Of([]));
            _discrete = (Array.ConvertAll(transition, options.Stored), Array.ConvertAll(inputFactor, options.Stored));
        }
    }

    /// <inheritdoc/>
    public int StateSize => _cell.Count * _cell.KeyWidth * _cell.ValueWidth;

    /// <inheritdoc/>
    public double[][]? Backward(double[][] v, LayerProbe[] traces) => null;

    /// <inheritdoc/>
    public double[] Step(double[] v, Complex[] state, LayerProbe trace)
    {
        int cells = _cell.Count, modes = _cell.KeyWidth, values = _cell.ValueWidth;
        (Complex[] a, Complex[] factor) = _discrete ?? Discretized(_delta.Of(v), _a.Of(v));    // [G, K]
        Complex[] b = InputWeight(factor, _b.Of(v));                                           // [G, K]
        Complex[] c = Expanded(_c.Of(v));                                                      // [G, K]
        double gamma = _cell.Gamma;
        var before = (Complex[])state.Clone();                                                 // [G, K, V]
        for (int g = 0; g < cells; g++)
        {
            for (int k = 0; k < modes; k++)
            {
                for (int j = 0; j < values; j++)
                {
                    int at = (((g * modes) + k) * values) + j;
                    state[at] = ModeFormula.Product(_cell.Field, a[(g * modes) + k], before[at]) + ModeFormula.Product(_cell.Field, b[(g * modes) + k], v[(g * values) + j]);
                }
            }
        }

        Complex[] read = _cell.Order == ReadOrder.PostUpdate ? state : before;                 // [G, K, V]
        var o = new double[cells * values];                                                    // [G, V]
        for (int g = 0; g < cells; g++)
        {
            for (int j = 0; j < values; j++)
            {
                Complex sum = Complex.Zero;
                for (int k = 0; k < modes; k++)
                {
                    sum += ModeFormula.Product(_cell.Field, c[(g * modes) + k], read[(((g * modes) + k) * values) + j]);
                }

                double skip = _skip is null ? 0 : _skip[g] * v[(g * values) + j];
                o[(g * values) + j] = (gamma * sum.Real) + skip;
            }
        }

        trace.Transition = a;
        trace.InputWeight = b;
        trace.OutputWeight = Array.ConvertAll(c, weight => gamma * weight);
        trace.StateBefore = before;
        trace.State = (Complex[])state.Clone();
        return o;
    }

    /// <summary>a and phi of every mode, [G, K].</summary>
    private (Complex[] Transition, Complex[] InputFactor) Discretized(Complex[] delta, Complex[] eigenvalues)
    {
        int cells = _cell.Count, modes = _cell.KeyWidth;
        var transition = new Complex[cells * modes];                                           // [G, K]
        var inputFactor = new Complex[cells * modes];                                          // [G, K]
        for (int g = 0; g < cells; g++)
        {
            for (int k = 0; k < modes; k++)
            {
                double step = delta.Length == 0 ? 0 : delta[delta.Length == 1 ? 0 : g].Real;
                Complex eigenvalue = eigenvalues[_cell.Transition is ScalarTransition ? g : (g * modes) + k];
                (transition[(g * modes) + k], inputFactor[(g * modes) + k]) = Discretization.Of(_cell.Rule, step, eigenvalue);
            }
        }

        return (transition, inputFactor);
    }

    /// <summary><c>b-bar = phi B</c>, [G, K].</summary>
    private Complex[] InputWeight(Complex[] factor, Complex[] b)
    {
        Complex[] weight = Expanded(b);
        for (int i = 0; i < weight.Length; i++)
        {
            weight[i] = ModeFormula.Product(_cell.Field, factor[i], weight[i]);
        }

        return weight;
    }

    /// <summary>[K], shared by the cells, as [G, K]; [G, K] as a copy.</summary>
    private Complex[] Expanded(Complex[] parameter)
    {
        var expanded = new Complex[_cell.Count * _cell.KeyWidth];
        for (int i = 0; i < expanded.Length; i++)
        {
            expanded[i] = parameter[i % parameter.Length];
        }

        return expanded;
    }
}
