using System;
using System.Numerics.Tensors;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <content>The recurrence, step by step, and its derivative.</content>
public sealed partial class SelectivePath
{
    private double[] _statesRe = [], _statesIm = []; // [time + 1, cell, key, value]; the first is 0

    /// <summary>Whether the values of a key are treated as one vector: those of a real state are.</summary>
    private bool InVectors => !Recurrence.IsComplex && Recurrence.Values > 1;

    private int StateSize => Recurrence.Cells * Recurrence.Keys * Recurrence.Values;

    /// <summary>The readouts from the state 0, [time, cell, value].</summary>
    public double[] Readouts()
    {
        Run();
        var o = new double[Steps * Recurrence.Readouts];
        for (int t = 0; t < Steps; t++)
        {
            int read = (Recurrence.ReadsBefore ? t : t + 1) * StateSize;
            Read(t, _statesRe.AsSpan(read, StateSize), _statesIm.Length == 0 ? [] : _statesIm.AsSpan(read, StateSize), o);
        }

        return o;
    }

    /// <summary>The readouts of a step, given the state that is read.</summary>
    private void Read(int t, ReadOnlySpan<double> re, ReadOnlySpan<double> im, double[] o)
    {
        if (InVectors)
        {
            ReadRows(t, re, o);
            return;
        }

        for (int c = 0; c < Recurrence.Readouts; c++)
        {
            int g = c / Recurrence.Values, j = c % Recurrence.Values;
            double sum = ((Recurrence.ReadsBefore ? Bonus(t, g) : 0) + (Recurrence.Skip?[c] ?? 0)) * _values[(t * Recurrence.Readouts) + c];
            for (int k = 0; k < Recurrence.Keys; k++)
            {
                int at = Index(t, g, k), i = (((g * Recurrence.Keys) + k) * Recurrence.Values) + j;
                sum += (_queryRe[at] * re[i]) - (_queryIm.Length == 0 ? 0 : _queryIm[at] * im[i]);
            }

            o[(t * Recurrence.Readouts) + c] = sum;
        }
    }

    private void ReadRows(int t, ReadOnlySpan<double> state, double[] o)
    {
        int values = Recurrence.Values;
        for (int g = 0; g < Recurrence.Cells; g++)
        {
            int first = (t * Recurrence.Readouts) + (g * values);
            double bonus = Recurrence.ReadsBefore ? Bonus(t, g) : 0;
            Span<double> sums = o.AsSpan(first, values);
            for (int j = 0; j < values; j++)
            {
                sums[j] = (bonus + (Recurrence.Skip?[(g * values) + j] ?? 0)) * _values[first + j];
            }

            for (int k = 0; k < Recurrence.Keys; k++)
            {
                TensorPrimitives.MultiplyAdd(state.Slice(((g * Recurrence.Keys) + k) * values, values), _queryRe[Index(t, g, k)], sums, sums);
            }
        }
    }

    /// <summary>
    /// What each input adds to a number that depends linearly on the readouts, wave by wave: the input of the time tau through key n of cell g,
    /// <c>sum_j Re(lambda_tau[n, j] k_tau[n] v_tau[j])</c>, lambda being the derivative by the state. Bonus and skip are in <paramref name="direct"/>.
    /// </summary>
    /// <param name="derivative">The derivative of the number by the readouts, [time, cell, value].</param>
    /// <param name="direct">What goes past the state, [time, cell].</param>
    /// <returns>[time, cell, key].</returns>
    internal double[] Contributions(double[] derivative, out double[] direct)
    {
        var adjoint = new SelectiveAdjoint(this, derivative, valuesOnly: true);
        var shares = new double[Steps * Recurrence.Cells * Recurrence.Keys];
        var beside = new double[Steps * Recurrence.Cells];
        adjoint.Run((t, g, stateRe, stateIm) =>
        {
            for (int j = 0; j < Recurrence.Values; j++)
            {
                int c = (t * Recurrence.Readouts) + (g * Recurrence.Values) + j;
                beside[(t * Recurrence.Cells) + g] += derivative[c] * _values[c] * ((Recurrence.ReadsBefore ? Bonus(t, g) : 0) + (Recurrence.Skip?[(g * Recurrence.Values) + j] ?? 0));
                for (int k = 0; k < Recurrence.Keys; k++)
                {
                    int at = Index(t, g, k);
                    double key = stateRe[(k * Recurrence.Values) + j] * _keyRe[at];
                    key += _keyIm.Length == 0 ? 0 : stateIm[(k * Recurrence.Values) + j] * _keyIm[at];
                    shares[at] += key * Drive(t, g) * _values[c];
                }
            }
        });
        direct = beside;
        return shares;
    }

    /// <summary>The derivative of a number by the cells' input, [time, input], given that by the readouts.</summary>
    /// <param name="derivative">[time, cell, value].</param>
    /// <param name="valuesOnly">Whether gates, keys and queries are held: the value path alone.</param>
    internal double[] InputDerivative(double[] derivative, bool valuesOnly)
    {
        var adjoint = new SelectiveAdjoint(this, derivative, valuesOnly);
        adjoint.Run(null);
        return adjoint.InputDerivative();
    }

    /// <summary>beta, or 1: what the keys still are multiplied by.</summary>
    private double Drive(int t, int cell) => _beta.Length == 0 ? 1 : _beta[(t * Recurrence.Cells) + cell];

    private void Run()
    {
        if (_statesRe.Length > 0)
        {
            return;
        }

        _statesRe = FromZero();
        _statesIm = Recurrence.IsComplex ? FromZero() : [];
        for (int t = 0; t < Steps; t++)
        {
            for (int g = 0; g < Recurrence.Cells; g++)
            {
                if (Recurrence.Gate is DeltaGate)
                {
                    StepDelta(t, g);
                }
                else
                {
                    Step(t, g);
                }
            }
        }
    }

    /// <summary>Room for all states, of which only the first is 0: the steps write the others.</summary>
    private double[] FromZero()
    {
        double[] states = GC.AllocateUninitializedArray<double>((Steps + 1) * StateSize);
        states.AsSpan(0, StateSize).Clear();
        return states;
    }

    private void Step(int t, int g)
    {
        for (int k = 0; k < Recurrence.Keys; k++)
        {
            int at = Index(t, g, k), gate = GateIndex(t, g, k);
            double re = _gateRe[gate], im = _gateIm.Length == 0 ? 0 : _gateIm[gate];
            if (InVectors)
            {
                int row = (t * StateSize) + (((g * Recurrence.Keys) + k) * Recurrence.Values);
                Span<double> next = _statesRe.AsSpan(row + StateSize, Recurrence.Values);
                TensorPrimitives.Multiply(_statesRe.AsSpan(row, Recurrence.Values), re, next);
                TensorPrimitives.MultiplyAdd(_values.AsSpan((t * Recurrence.Readouts) + (g * Recurrence.Values), Recurrence.Values), _keyRe[at], next, next);
                continue;
            }

            for (int j = 0; j < Recurrence.Values; j++)
            {
                int from = (t * StateSize) + (((g * Recurrence.Keys) + k) * Recurrence.Values) + j;
                double v = _values[(t * Recurrence.Readouts) + (g * Recurrence.Values) + j];
                double s = _statesRe[from];
                if (_statesIm.Length == 0)
                {
                    _statesRe[from + StateSize] = (re * s) + (_keyRe[at] * v);
                    continue;
                }

                double z = _statesIm[from];
                _statesRe[from + StateSize] = (re * s) - (im * z) + (_keyRe[at] * v);
                _statesIm[from + StateSize] = (re * z) + (im * s) + (_keyIm.Length == 0 ? 0 : _keyIm[at] * v);
            }
        }
    }

    /// <summary>S_t = alpha S_(t-1) + k d, d = beta (v - alpha k^T S_(t-1)).</summary>
    private void StepDelta(int t, int g)
    {
        double alpha = _gateRe[GateIndex(t, g, 0)];
        for (int j = 0; j < Recurrence.Values; j++)
        {
            double d = Drive(t, g) * (_values[(t * Recurrence.Readouts) + (g * Recurrence.Values) + j] - (alpha * Recalled(t, g, j)));
            for (int k = 0; k < Recurrence.Keys; k++)
            {
                int from = (t * StateSize) + (((g * Recurrence.Keys) + k) * Recurrence.Values) + j;
                _statesRe[from + StateSize] = (alpha * _statesRe[from]) + (_keyRe[Index(t, g, k)] * d);
            }
        }
    }

    /// <summary>k_t^T S_(t-1) of a value.</summary>
    private double Recalled(int t, int g, int j)
    {
        double sum = 0;
        for (int k = 0; k < Recurrence.Keys; k++)
        {
            sum += _keyRe[Index(t, g, k)] * _statesRe[(t * StateSize) + (((g * Recurrence.Keys) + k) * Recurrence.Values) + j];
        }

        return sum;
    }
}
