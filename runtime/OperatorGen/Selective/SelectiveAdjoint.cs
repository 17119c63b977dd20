using System;
using System.Numerics.Tensors;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <content>The reverse of the recurrence.</content>
public sealed partial class SelectivePath
{
    /// <summary>
    /// The derivative of a number by everything that the recurrence is made of, from the last step to the first. A complex derivative is that by the real part and,
    /// as imaginary part, that by the imaginary part.
    /// </summary>
    private sealed class SelectiveAdjoint
    {
        private readonly SelectivePath _path;
        private readonly SelectiveRecurrence _recurrence;
        private readonly double[] _derivative;
        private readonly bool _valuesOnly;
        private readonly double[] _value, _keyRe, _keyIm, _queryRe, _queryIm, _gateRe, _gateIm, _beta;

        /// <summary>Prepares.</summary>
        /// <param name="path">The recurrence with its numbers.</param>
        /// <param name="derivative">The derivative by the readouts, [time, cell, value].</param>
        /// <param name="valuesOnly">Whether gates, keys and queries are held.</param>
        public SelectiveAdjoint(SelectivePath path, double[] derivative, bool valuesOnly)
        {
            (_path, _recurrence, _derivative, _valuesOnly) = (path, path.Recurrence, derivative, valuesOnly);
            path.Run();
            _value = new double[path._values.Length];
            double[] Like(double[] numbers) => valuesOnly ? [] : new double[numbers.Length];
            (_keyRe, _keyIm, _queryRe, _queryIm) = (Like(path._keyRe), Like(path._keyIm), Like(path._queryRe), Like(path._queryIm));
            (_gateRe, _gateIm, _beta) = (Like(path._gateRe), Like(path._gateIm), Like(path._beta));
        }

        /// <summary>Runs backward.</summary>
        /// <param name="visit">Called for every step and cell with the derivative by the state after the step, [key, value]; null: nobody asks.</param>
        public void Run(Action<int, int, double[], double[]>? visit)
        {
            int size = _recurrence.Keys * _recurrence.Values;
            for (int g = 0; g < _recurrence.Cells; g++)
            {
                var re = new double[size];
                var im = new double[size];
                for (int t = _path.Steps - 1; t >= 0; t--)
                {
                    if (!_recurrence.ReadsBefore)
                    {
                        Read(t, g, t + 1, re, im);
                    }

                    visit?.Invoke(t, g, re, im);
                    Move(t, g, re, im);
                    if (_recurrence.ReadsBefore)
                    {
                        Read(t, g, t, re, im);
                    }

                    Direct(t, g);
                }
            }
        }

        /// <summary>The derivative by the cells' input, [time, input].</summary>
        public double[] InputDerivative()
        {
            double[]?[] derivatives = _path._signals.Derivatives();
            Collect(derivatives, _recurrence.Value, _value, [], _recurrence.Values);
            if (!_valuesOnly)
            {
                CollectGates(derivatives);
                CollectOperand(derivatives, _recurrence.Key, _keyRe, _keyIm, 1);
                CollectOperand(derivatives, _recurrence.Query, _queryRe, _queryIm, _recurrence.Gamma);
            }

            return _path._signals.InputDerivative(derivatives);
        }

        private int State(int t, int g) => (t * _path.StateSize) + (g * _recurrence.Keys * _recurrence.Values);

        private double Derivative(int t, int g, int j) => _derivative[(t * _recurrence.Readouts) + (g * _recurrence.Values) + j];

        /// <summary>o_t = sum_k Re(q_t[k] S[k]): S is the state after <paramref name="read"/> steps.</summary>
        private void Read(int t, int g, int read, double[] re, double[] im)
        {
            int from = State(read, g);
            for (int k = 0; k < _recurrence.Keys; k++)
            {
                int at = _path.Index(t, g, k);
                if (_path.InVectors)
                {
                    ReadOnlySpan<double> byReadout = _derivative.AsSpan((t * _recurrence.Readouts) + (g * _recurrence.Values), _recurrence.Values);
                    Span<double> row = re.AsSpan(k * _recurrence.Values, _recurrence.Values);
                    TensorPrimitives.MultiplyAdd(byReadout, _path._queryRe[at], row, row);
                    if (!_valuesOnly)
                    {
                        _queryRe[at] += TensorPrimitives.Dot(_path._statesRe.AsSpan(from + (k * _recurrence.Values), _recurrence.Values), byReadout);
                    }

                    continue;
                }

                for (int j = 0; j < _recurrence.Values; j++)
                {
                    int i = (k * _recurrence.Values) + j;
                    double d = Derivative(t, g, j);
                    re[i] += _path._queryRe[at] * d;
                    im[i] -= _path._queryIm.Length == 0 ? 0 : _path._queryIm[at] * d;
                    if (!_valuesOnly)
                    {
                        _queryRe[at] += _path._statesRe[from + i] * d;
                        if (_queryIm.Length > 0)
                        {
                            _queryIm[at] -= _path._statesIm[from + i] * d;
                        }
                    }
                }
            }
        }

        /// <summary>Skip and bonus.</summary>
        private void Direct(int t, int g)
        {
            for (int j = 0; j < _recurrence.Values; j++)
            {
                int c = (g * _recurrence.Values) + j, v = (t * _recurrence.Readouts) + c;
                double d = Derivative(t, g, j);
                _value[v] += d * ((_recurrence.Skip?[c] ?? 0) + (_recurrence.ReadsBefore ? _path.Bonus(t, g) : 0));
                for (int k = 0; k < _recurrence.Keys && _recurrence is { ReadsBefore: true, Bonus: not null } && !_valuesOnly; k++)
                {
                    int at = _path.Index(t, g, k);
                    double bonus = _recurrence.Bonus[(g * _recurrence.Keys) + k] * _path._values[v] * d;
                    _queryRe[at] += bonus * _path._keyRe[at];
                    _keyRe[at] += bonus * _path._queryRe[at];
                }
            }
        }

        /// <summary>From the derivative by the state after step t to that by the state before it.</summary>
        private void Move(int t, int g, double[] re, double[] im)
        {
            if (_recurrence.Gate is DeltaGate)
            {
                MoveDelta(t, g, re);
                return;
            }

            int from = State(t, g);
            for (int k = 0; k < _recurrence.Keys; k++)
            {
                int at = _path.Index(t, g, k), gate = _path.GateIndex(t, g, k);
                double a = _path._gateRe[gate], b = _path._gateIm.Length == 0 ? 0 : _path._gateIm[gate];
                if (_path.InVectors)
                {
                    MoveRow(re.AsSpan(k * _recurrence.Values, _recurrence.Values), (t * _recurrence.Readouts) + (g * _recurrence.Values), from + (k * _recurrence.Values), at, gate);
                    continue;
                }

                double key = _path._keyRe[at], turned = _path._keyIm.Length == 0 ? 0 : _path._keyIm[at];
                for (int j = 0; j < _recurrence.Values; j++)
                {
                    int i = (k * _recurrence.Values) + j, v = (t * _recurrence.Readouts) + (g * _recurrence.Values) + j;
                    double x = re[i], y = im[i];
                    _value[v] += (key * x) + (turned * y);
                    if (!_valuesOnly)
                    {
                        _keyRe[at] += x * _path._values[v];
                        double s = _path._statesRe[from + i], z = _path._statesIm.Length == 0 ? 0 : _path._statesIm[from + i];
                        _gateRe[gate] += (s * x) + (z * y);
                        if (_gateIm.Length > 0)
                        {
                            _gateIm[gate] += (s * y) - (z * x);
                        }

                        if (_keyIm.Length > 0)
                        {
                            _keyIm[at] += y * _path._values[v];
                        }
                    }

                    (re[i], im[i]) = ((a * x) + (b * y), (a * y) - (b * x));
                }
            }
        }

        /// <summary>The same of a real row of values.</summary>
        private void MoveRow(Span<double> by, int values, int states, int key, int gate)
        {
            Span<double> byValue = _value.AsSpan(values, by.Length);
            TensorPrimitives.MultiplyAdd(by, _path._keyRe[key], byValue, byValue);
            if (!_valuesOnly)
            {
                _keyRe[key] += TensorPrimitives.Dot(by, _path._values.AsSpan(values, by.Length));
                _gateRe[gate] += TensorPrimitives.Dot(by, _path._statesRe.AsSpan(states, by.Length));
            }

            TensorPrimitives.Multiply(by, _path._gateRe[gate], by);
        }

        /// <summary>S_t = alpha S + k d, d = beta (v - alpha p), p = k^T S.</summary>
        private void MoveDelta(int t, int g, double[] re)
        {
            int from = State(t, g), gate = _path.GateIndex(t, g, 0), beta = (t * _recurrence.Cells) + g;
            double alpha = _path._gateRe[gate];
            for (int j = 0; j < _recurrence.Values; j++)
            {
                int v = (t * _recurrence.Readouts) + (g * _recurrence.Values) + j;
                double recalled = _path.Recalled(t, g, j), missing = _path._values[v] - (alpha * recalled), change = _path._beta[beta] * missing, by = 0;
                for (int k = 0; k < _recurrence.Keys; k++)
                {
                    by += re[(k * _recurrence.Values) + j] * _path._keyRe[_path.Index(t, g, k)];
                }

                double byMissing = _path._beta[beta] * by;
                _value[v] += byMissing;
                for (int k = 0; k < _recurrence.Keys; k++)
                {
                    int i = (k * _recurrence.Values) + j, at = _path.Index(t, g, k);
                    double s = _path._statesRe[from + i], x = re[i];
                    if (!_valuesOnly)
                    {
                        _keyRe[at] += (x * change) - (byMissing * alpha * s);
                        _gateRe[gate] += x * s;
                    }

                    re[i] = (alpha * x) - (byMissing * alpha * _path._keyRe[at]);
                }

                if (!_valuesOnly)
                {
                    _beta[beta] += by * missing;
                    _gateRe[gate] -= byMissing * recalled;
                }
            }
        }

        private void CollectGates(double[]?[] derivatives)
        {
            int perCell = _recurrence.GatesPerCell;
            switch (_recurrence.Gate)
            {
                case StepGate step:
                    Collect(derivatives, step.Delta, StepDerivative(step), [], 1);
                    break;
                case LogGate log:
                    Collect(derivatives, log.Signal, Logarithmic(), [], perCell);
                    break;
                case GivenGate given:
                    Collect(derivatives, given.Signal, _gateRe, _gateIm, 1);
                    break;
                case DecayGate:
                    break;
                case DeltaGate delta:
                    Collect(derivatives, delta.Beta, _beta, [], 1);
                    if (delta.LogGate is { } logGate)
                    {
                        Collect(derivatives, logGate, Logarithmic(), [], 1);
                    }

                    break;
                default:
                    throw new InvalidOperationException($"The gate {_recurrence.Gate.GetType().Name} is not known.");
            }
        }

        /// <summary>By the logarithm of a real gate.</summary>
        private double[] Logarithmic()
        {
            var by = new double[_gateRe.Length];
            for (int i = 0; i < by.Length; i++)
            {
                by[i] = _gateRe[i] * _path._gateRe[i];
            }

            return by;
        }

        /// <summary>
        /// By the step size, [time, cell]: through the gates e^(Delta A), and through the keys Delta B. The derivatives by the keys become those by B on the way.
        /// </summary>
        private double[] StepDerivative(StepGate step)
        {
            var by = new double[_path._delta.Length];
            for (int i = 0; i < _gateRe.Length; i++)
            {
                ComplexNumber rate = _path.Rate(step, i % _path.Gates);
                double re = _path._gateRe[i], im = _path._gateIm.Length == 0 ? 0 : _path._gateIm[i];
                by[i / _recurrence.GatesPerCell] += (((rate.Re * re) - (rate.Im * im)) * _gateRe[i]) + (_gateIm.Length == 0 ? 0 : ((rate.Re * im) + (rate.Im * re)) * _gateIm[i]);
            }

            (double[] keyRe, double[] keyIm) = _path.Operand(_recurrence.Key, 1);
            for (int i = 0; i < _keyRe.Length; i++)
            {
                int at = i / _recurrence.Keys;
                by[at] += (keyRe[i] * _keyRe[i]) + (keyIm.Length == 0 ? 0 : keyIm[i] * _keyIm[i]);
                _keyRe[i] *= _path._delta[at];
                if (_keyIm.Length > 0)
                {
                    _keyIm[i] *= _path._delta[at];
                }
            }

            return by;
        }

        private void CollectOperand(double[]?[] derivatives, SelectiveOperand? operand, double[] re, double[] im, double factor)
        {
            if (operand?.Signal is not { } signal)
            {
                return;
            }

            for (int i = 0; i < re.Length && factor != 1; i++)
            {
                re[i] *= factor;
            }

            for (int i = 0; i < im.Length && factor != 1; i++)
            {
                im[i] *= factor;
            }

            Collect(derivatives, signal, re, im, _recurrence.Keys);
        }

        /// <summary>Adds derivatives by [time, cell, number] to those by a signal of P blocks; complex numbers are pairs there.</summary>
        private void Collect(double[]?[] derivatives, int signal, double[] re, double[] im, int width)
        {
            int parts = im.Length == 0 ? 1 : 2;
            int all = _recurrence.Signals.Width(signal);
            double[] target = _path._signals.Of(derivatives, signal);
            for (int i = 0; i < re.Length; i++)
            {
                int at = _path.SourceIndex(parts * i, all, parts * width);
                target[at] += re[i];
                if (parts == 2)
                {
                    target[at + 1] += im[i];
                }
            }
        }
    }
}
