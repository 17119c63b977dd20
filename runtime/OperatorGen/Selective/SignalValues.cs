using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>The signals of a selective recurrence for one sequence, and how a change of them comes from a change of the cells' input.</summary>
internal sealed class SignalValues
{
    private readonly SelectiveSignals _signals;
    private readonly int _steps;
    private readonly double[][] _values;

    /// <summary>Evaluates all signals.</summary>
    /// <param name="signals">The signals.</param>
    /// <param name="input">The cells' input, [time, input].</param>
    /// <param name="steps">The number of time steps.</param>
    public SignalValues(SelectiveSignals signals, double[] input, int steps)
    {
        (_signals, _steps) = (signals, steps);
        _values = new double[signals.Count][];
        _values[0] = input;
        for (int i = 1; i < _values.Length; i++)
        {
            _values[i] = Value(signals.Nodes[i - 1], signals.Width(signals.Nodes[i - 1].Source));
        }
    }

    /// <summary>A signal, [time, component].</summary>
    public double[] this[int signal] => _values[signal];

    /// <summary>Room for the derivatives by all signals, filled as <see cref="InputDerivative"/> needs it.</summary>
    public double[]?[] Derivatives() => new double[_values.Length][];

    /// <summary>Room for the derivative by a signal, made when it is asked for.</summary>
    /// <param name="derivatives">Of all signals.</param>
    /// <param name="signal">The signal.</param>
    public double[] Of(double[]?[] derivatives, int signal) => derivatives[signal] ??= new double[_values[signal].Length];

    /// <summary>The derivative by the cells' input, [time, input]; what was collected for the signals is passed on to what they are made of.</summary>
    /// <param name="derivatives">The derivatives by the signals.</param>
    public double[] InputDerivative(double[]?[] derivatives)
    {
        for (int i = _values.Length - 1; i > 0; i--)
        {
            if (derivatives[i] is { } dy)
            {
                SignalNode node = _signals.Nodes[i - 1];
                PassOn(node, dy, _values[i], Of(derivatives, node.Source), _signals.Width(node.Source));
            }
        }

        return Of(derivatives, 0);
    }

    private double[] Value(SignalNode node, int width)
    {
        double[] x = _values[node.Source];
        if (node is ProjectedNode projected)
        {
            return Rows.Map(projected.Map, x, _steps);
        }

        if (node is SlicedNode sliced)
        {
            return SequenceRows.Columns(x, _steps, sliced.Start, sliced.Length);
        }

        var y = new double[x.Length];
        switch (node)
        {
            case MappedNode mapped:
                FunctionValues.Apply(mapped.Function, x, y);
                break;
            case AffineNode affine:
                for (int i = 0; i < x.Length; i++)
                {
                    y[i] = (affine.Factor * x[i]) + (affine.Offset?[i % width] ?? 0);
                }

                break;
            case ClampedNode clamped:
                for (int i = 0; i < x.Length; i++)
                {
                    y[i] = Math.Min(Math.Max(x[i], clamped.Lower), clamped.Upper);
                }

                break;
            case PolarNode:
                for (int i = 0; i < x.Length; i += 2)
                {
                    (y[i], y[i + 1]) = Polar(x[i], x[i + 1]);
                }

                break;
            default:
                throw new ArgumentException($"The signal {node.GetType().Name} is not known.", nameof(node));
        }

        return y;
    }

    private void PassOn(SignalNode node, double[] dy, double[] y, double[] dx, int width)
    {
        double[] x = _values[node.Source];
        switch (node)
        {
            case ProjectedNode projected:
                LinearAdjoint.Add(projected.Map, dy, dx, _steps);
                break;
            case SlicedNode sliced:
                for (int i = 0; i < dy.Length; i++)
                {
                    dx[(i / sliced.Length * width) + sliced.Start + (i % sliced.Length)] += dy[i];
                }

                break;
            case MappedNode mapped:
                var slopes = new double[x.Length];
                FunctionSlopes.Apply(mapped.Function, x, slopes);
                for (int i = 0; i < x.Length; i++)
                {
                    dx[i] += slopes[i] * dy[i];
                }

                break;
            case AffineNode affine:
                for (int i = 0; i < x.Length; i++)
                {
                    dx[i] += affine.Factor * dy[i];
                }

                break;
            case ClampedNode clamped:
                for (int i = 0; i < x.Length; i++)
                {
                    dx[i] += x[i] > clamped.Lower && x[i] < clamped.Upper ? dy[i] : 0;
                }

                break;
            case PolarNode:
                for (int i = 0; i < x.Length; i += 2)
                {
                    PolarAdjoint(x[i], x[i + 1], dy[i], dy[i + 1], ref dx[i], ref dx[i + 1]);
                }

                break;
            default:
                throw new ArgumentException($"The signal {node.GetType().Name} is not known.", nameof(node));
        }
    }

    private static (double Re, double Im) Polar(double re, double im)
    {
        double length = Math.Sqrt((re * re) + (im * im));
        double gate = length == 0 ? 0 : RealMath.Sigmoid(length) / length;
        return length == 0 ? (0.5, 0) : (gate * re, gate * im);
    }

    /// <summary>y = f(r) x with f = sigmoid(r) / r, so dy = f dx + f' / r x (x dx).</summary>
    private static void PolarAdjoint(double re, double im, double dyRe, double dyIm, ref double dxRe, ref double dxIm)
    {
        double length = Math.Sqrt((re * re) + (im * im));
        if (length == 0)
        {
            return;
        }

        double gate = RealMath.Sigmoid(length);
        double f = gate / length;
        double slope = ((gate * (1 - gate)) - f) / (length * length);
        double along = (re * dyRe) + (im * dyIm);
        dxRe += (f * dyRe) + (slope * re * along);
        dxIm += (f * dyIm) + (slope * im * along);
    }
}

/// <summary>The transpose of a linear map.</summary>
internal static class LinearAdjoint
{
    /// <summary>dx += W^T dy for every time step.</summary>
    /// <param name="map">W.</param>
    /// <param name="dy">[time, output].</param>
    /// <param name="dx">[time, input].</param>
    /// <param name="steps">The number of time steps.</param>
    public static void Add(LinearDescription map, ReadOnlySpan<double> dy, Span<double> dx, int steps)
    {
        for (int t = 0; t < steps; t++)
        {
            Span<double> row = dx.Slice(t * map.Inputs, map.Inputs);
            for (int output = 0; output < map.Outputs; output++)
            {
                double factor = dy[(t * map.Outputs) + output];
                if (factor != 0)
                {
                    System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(map.Row(output), factor, row, row);
                }
            }
        }
    }
}
