using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>The constants of oscillators in the form of generated code: <c>(z, x) = M (z, x) + f sum_i b_i v_i</c>, <c>o = Re sum_p c_p x_p + D v</c>.</summary>
internal sealed class OscillatorConstants
{
    private const double DoubleUlp = 1.0 / (1L << 52);

    private readonly SharedOscillators _cell;
    private readonly StoredNumber[][] _step; // [oscillator]: M11, M12, M21, M22, f1, f2
    private readonly Complex[] _b;           // [oscillator, input]
    private readonly Complex[] _c;           // [readout, oscillator]
    private readonly double[]? _skip;

    public OscillatorConstants(SharedOscillators cell, Arithmetic arithmetic)
    {
        _cell = cell;
        _step = [.. Enumerable.Range(0, cell.Oscillators).Select(p => Step(cell, p, arithmetic))];
        _b = Numbers(cell.B, arithmetic);
        _c = Numbers(cell.C, arithmetic);
        _skip = cell.Skip?.Values.ToArray().Select(arithmetic.Stored).ToArray();
    }

    public int Count => _cell.Oscillators;

    public int Inputs => _cell.Inputs;

    public int Readouts => _cell.Outputs;

    public Complex B(int oscillator, int input) => _b[(oscillator * Inputs) + input];

    public Complex C(int readout, int oscillator) => _c[(readout * Count) + oscillator];

    public double Skip(int readout) => _skip?[readout] ?? 0;

    /// <summary>M11, M12, M21, M22, f1, f2.</summary>
    public StoredNumber[] Step(int oscillator) => _step[oscillator];

    /// <summary>K(tau) from an input to a readout, with D at lag 0.</summary>
    public double[] Kernel(int readout, int input, int time)
    {
        var kernel = new double[time];
        kernel[0] = readout % Inputs == input ? Skip(readout) : 0;
        for (int p = 0; p < Count; p++)
        {
            double[] m = [.. _step[p].Select(number => number.Value.Real)];
            double weight = (C(readout, p) * B(p, input)).Real;
            (double z, double x) = (m[4], m[5]);
            for (int t = 0; t < time; t++)
            {
                kernel[t] += weight * x;
                (z, x) = ((m[0] * z) + (m[1] * x), (m[2] * z) + (m[3] * x));
            }
        }

        return kernel;
    }

    // Every entry is a few products and a quotient of numbers without cancellation, but 1 - Delta^2 A, which is right to some ulp of 1 + Delta^2 A.
    private static StoredNumber[] Step(SharedOscillators cell, int oscillator, Arithmetic arithmetic)
    {
        double a = cell.A.Values[oscillator], delta = cell.Delta.Values[oscillator];
        double stiffness = delta * delta * a;
        bool isImplicit = cell.Scheme == OscillatorScheme.Implicit;
        double s = isImplicit ? 1 / (1 + stiffness) : 1;
        double[] values = [s, -delta * a * s, delta * s, isImplicit ? s : 1 - stiffness, delta * s, delta * delta * s];
        return [.. values.Select((value, row) => new StoredNumber(
            arithmetic.Stored(value), arithmetic.ConstantError(value, 16 * DoubleUlp * (row == 3 && !isImplicit ? 1 + stiffness : Math.Abs(value)))))];
    }

    private static Complex[] Numbers(Tensor tensor, Arithmetic arithmetic) =>
        [.. tensor.Values.ToArray().Chunk(2).Select(parts => arithmetic.Stored(new Complex(parts[0], parts[1])))];
}
