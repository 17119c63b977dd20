using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// G cells with states of K x V numbers (section 11):
/// <code>
/// s_t[g,k,j] = a_t[g,k] s_{t-1}[g,k,j] + b-bar_t[g,k] v_t[g,j]
/// o_t[g,j]   = gamma Re(sum_k c_t[g,k] s_*[g,k,j]) + D[g] v_t[g,j]      s_* = s_t, or s_{t-1} for the read before the update
/// </code>
/// </summary>
internal sealed class CellFormula
{
    private readonly Cell _cell;
    private readonly bool _fold;
    private readonly ParameterFormula _delta; // [G] or [1]
    private readonly ParameterFormula _a;     // [G, K], or [G] of a scalar transition
    private readonly ParameterFormula _b;     // [G, K], or [K] where selective
    private readonly ParameterFormula _c;     // [G, K], or [K] where selective
    private readonly double[]? _skip;         // [G]
    private readonly (Complex[] Transition, Complex[] InputFactor)? _discrete;

    public CellFormula(Cell cell, ReferenceOptions options)
    {
        _cell = cell;
        Parameter a = CellShapes.EigenvaluesOf(cell);
        bool timeInvariantTransition = a is ConstantParameter && cell.Delta is ConstantParameter;
        _fold = options.RoundConstantsToSingle && cell.IsConstant;
        ReferenceOptions before = timeInvariantTransition ? ReferenceOptions.Exact : options;
        ReferenceOptions weights = _fold ? ReferenceOptions.Exact : options;
        _delta = new ParameterFormula(cell.Delta, Field.Real, before, options);
        _a = new ParameterFormula(a, cell.Field, before, options);
        _b = new ParameterFormula(cell.B, cell.Field, weights, options);
        _c = new ParameterFormula(cell.C, cell.Field, weights, options);
        _skip = cell.Skip?.Stored(options);
        if (timeInvariantTransition)
        {
            (Complex[] transition, Complex[] inputFactor) = Discretized(_delta.Of([]), _a.Of([]));
            _discrete = (Array.ConvertAll(transition, options.Stored), _fold ? inputFactor : Array.ConvertAll(inputFactor, options.Stored));
            if (_fold)
            {
                OutputWeights = Folded(inputFactor, options);
                InputWeights = new Complex[transition.Length];
                Array.Fill(InputWeights, Complex.One);
            }
        }
    }

    /// <summary>gamma c b-bar, [G, K], where the input weight is folded into it; null otherwise.</summary>
    private Complex[]? OutputWeights { get; }

    /// <summary>The unit input weights, [G, K], that go with them; null otherwise.</summary>
    private Complex[]? InputWeights { get; }

    /// <summary>One step: reads v_t, writes the state, returns the readout; what stands between is left in the trace.</summary>
    /// <param name="v">The cells' input, [G, V].</param>
    /// <param name="state">The state, [G, K, V].</param>
    /// <param name="trace">Where the step's discrete parameters go.</param>
    public double[] Step(double[] v, Complex[] state, LayerTrace trace)
    {
        int cells = _cell.Count, modes = _cell.KeyWidth, values = _cell.ValueWidth;
        (Complex[] a, Complex[] factor) = _discrete ?? Discretized(_delta.Of(v), _a.Of(v));    // [G, K]
        Complex[] b = InputWeights ?? InputWeight(factor, _b.Of(v));                           // [G, K]
        Complex[] c = OutputWeights ?? Expanded(_c.Of(v));                                     // [G, K]
        double gamma = _fold ? 1 : _cell.Gamma;
        var before = (Complex[])state.Clone();                                                 // [G, K, V]
        for (int g = 0; g < cells; g++)
        {
            for (int k = 0; k < modes; k++)
            {
                for (int j = 0; j < values; j++)
                {
                    int at = (((g * modes) + k) * values) + j;
                    state[at] = Product(a[(g * modes) + k], before[at]) + Scaled(b[(g * modes) + k], v[(g * values) + j]);
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
                    sum += Product(c[(g * modes) + k], read[(((g * modes) + k) * values) + j]);
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
            weight[i] = Product(factor[i], weight[i]);
        }

        return weight;
    }

    /// <summary><c>gamma c b-bar</c>, [G, K], stored as the options say.</summary>
    private Complex[] Folded(Complex[] inputFactor, ReferenceOptions options)
    {
        Complex[] c = _c.Of([]);
        Complex[] b = InputWeight(inputFactor, _b.Of([]));
        var folded = new Complex[c.Length];
        for (int i = 0; i < c.Length; i++)
        {
            folded[i] = options.Stored(_cell.Gamma * Product(c[i], b[i]));
        }

        return folded;
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

    /// <summary>x y; of real numbers by their real parts only, so that infinity times the absent imaginary part makes no NaN.</summary>
    private Complex Product(Complex x, Complex y) => _cell.Field == Field.Complex ? x * y : x.Real * y.Real;

    private Complex Scaled(Complex x, double y) =>
        _cell.Field == Field.Complex ? new Complex(x.Real * y, x.Imaginary * y) : x.Real * y;
}
