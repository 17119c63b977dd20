using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// Oscillators that all channels share, z' = -A x + B v and x' = z. The implicit scheme solves for the new state,
/// <code>
/// z_t = z_{t-1} + Delta (-A x_t + B v_t)      x_t = x_{t-1} + Delta z_t
/// </code>
/// the other one takes x_{t-1} in the first line. M and f are what these lines make of (1, 0), (0, 1) and of B v = 1.
/// </summary>
internal sealed class SharedOscillatorsFormula : ICellFormula
{
    private readonly SharedOscillators _cell;
    private readonly double[][] _z;       // what z_t is of (z, x, B v), [oscillator][3]
    private readonly double[][] _x;       // what x_t is of them
    private readonly Complex[] _input;    // B, [oscillator, input]
    private readonly Complex[] _output;   // C, [readout, oscillator]
    private readonly double[]? _skip;     // [readout]

    public SharedOscillatorsFormula(SharedOscillators cell, ReferenceOptions options)
    {
        Check(cell.A, cell.Oscillators, "A");
        Check(cell.Delta, cell.Oscillators, "Delta");
        Check(cell.B, 2 * cell.Oscillators * cell.Inputs, "B");
        Check(cell.C, 2 * cell.Outputs * cell.Oscillators, "C");
        if (cell.Skip is { } skip)
        {
            Check(skip, cell.Outputs, "D");
            Shapes.Require(cell.Outputs % cell.Inputs == 0, $"D adds {cell.Inputs} inputs to {cell.Outputs} readouts.");
        }

        _cell = cell;
        (double Z, double X)[][] steps = [.. Enumerable.Range(0, cell.Oscillators).Select(p => new[] { Solve(p, 1, 0, 0), Solve(p, 0, 1, 0), Solve(p, 0, 0, 1) })];
        _z = [.. steps.Select(step => Array.ConvertAll(step, each => options.Stored(each.Z)))];
        _x = [.. steps.Select(step => Array.ConvertAll(step, each => options.Stored(each.X)))];
        _input = Array.ConvertAll(cell.B.AsField(Field.Complex), options.Stored);
        _output = Array.ConvertAll(cell.C.AsField(Field.Complex), options.Stored);
        _skip = cell.Skip?.Stored(options);
    }

    /// <summary>z of all oscillators, then x.</summary>
    public int StateSize => 2 * _cell.Oscillators;

    /// <inheritdoc/>
    public double[][]? Backward(double[][] v, LayerProbe[] traces) => null;

    /// <inheritdoc/>
    public double[] Step(double[] v, Complex[] state, LayerProbe trace)
    {
        int count = _cell.Oscillators;
        trace.StateBefore = (Complex[])state.Clone();                                              // [2, oscillator]
        for (int p = 0; p < count; p++)
        {
            Complex drive = Complex.Zero;
            for (int i = 0; i < v.Length; i++)
            {
                drive += _input[(p * v.Length) + i] * v[i];
            }

            (Complex z, Complex x) = (state[p], state[count + p]);
            state[p] = (_z[p][0] * z) + (_z[p][1] * x) + (_z[p][2] * drive);
            state[count + p] = (_x[p][0] * z) + (_x[p][1] * x) + (_x[p][2] * drive);
        }

        var o = new double[_cell.Outputs];                                                         // [readout]
        for (int h = 0; h < o.Length; h++)
        {
            double sum = 0;
            for (int p = 0; p < count; p++)
            {
                sum += (_output[(h * count) + p] * state[count + p]).Real;
            }

            o[h] = sum + (_skip is null ? 0 : _skip[h] * v[h % v.Length]);
        }

        // M11, M12, M21, M22, [4, oscillator].
        trace.Transition = [.. _z.Select(row => (Complex)row[0]), .. _z.Select(row => (Complex)row[1]), .. _x.Select(row => (Complex)row[0]), .. _x.Select(row => (Complex)row[1])];
        trace.InputWeight = _input;
        trace.OutputWeight = _output;
        trace.State = (Complex[])state.Clone();
        return o;
    }

    private (double Z, double X) Solve(int oscillator, double z, double x, double drive)
    {
        double a = _cell.A.Values[oscillator], delta = _cell.Delta.Values[oscillator];
        double next = _cell.Scheme switch
        {
            // x_t put into the first line: z_t (1 + Delta^2 A) = z_{t-1} + Delta (-A x_{t-1} + B v_t)
            OscillatorScheme.Implicit => (z + (delta * ((-a * x) + drive))) / (1 + (delta * delta * a)),
            OscillatorScheme.ImplicitExplicit => z + (delta * ((-a * x) + drive)),
            _ => throw new NotSupportedException($"The scheme {_cell.Scheme} is not known."),
        };

        // Implicitly x_t = (x_{t-1} + Delta (z_{t-1} + Delta B v_t)) / (1 + Delta^2 A): without the cancellation of x_{t-1} + Delta z_t.
        return (next, _cell.Scheme == OscillatorScheme.Implicit ? (x + (delta * (z + (delta * drive)))) / (1 + (delta * delta * a)) : x + (delta * next));
    }

    private static void Check(Tensor tensor, int expected, string name)
    {
        Shapes.Require(tensor.Count == expected, $"The constant {name} has {tensor.Count} numbers; {expected} are expected.");
        Shapes.Require(tensor.IsNumeric, $"{name} holds symbols; the reference needs numbers.");
    }
}
