using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// Oscillators read backwards. With the sensitivities p_h,t to the readouts, that to the state of an oscillator is
/// <c>q_t = (0, sum_h c_h p_h,t) + M' q_(t+1)</c>, in the sense that a change d of the state moves the output by Re(q d); that to v_i is
/// <c>sum_p Re((f . q_t) b_pi) + D_i p_i,t</c>. <see cref="SharedOscillatorsRounding"/> derives the roundings, here without the deviations that they start from.
/// </summary>
internal sealed class SharedOscillatorsSensitivity
{
    private readonly OscillatorConstants _constants;
    private readonly ScannedOscillator[] _scans;
    private readonly double[][] _reads; // [time][readout]

    public SharedOscillatorsSensitivity(SharedOscillators cell, LayerProbe[] traces, Arithmetic arithmetic)
    {
        Approximate[] v = [.. traces.Select(trace => Approximate.Exact(trace.CellInput))];
        _constants = new OscillatorConstants(cell, arithmetic);
        _scans = [.. Enumerable.Range(0, _constants.Count).Select(p => ScannedOscillator.Of(_constants, p, v, arithmetic) with { Deviation = new double[v.Length] })];
        _reads = [.. v.Select((step, t) => SharedOscillatorsRounding.Reads(_constants, _scans, step, t, arithmetic))];
    }

    public double[][] Of(double[][] readout, Sensitivity sensitivity)
    {
        double[][] input = [.. readout.Select(_ => new double[_constants.Inputs])];
        for (int p = 0; p < _constants.Count; p++)
        {
            double[] m = [.. _constants.Step(p).Select(number => number.Value.Real)];
            (Complex z, Complex x) = (Complex.Zero, Complex.Zero);
            for (int t = readout.Length - 1; t >= 0; t--)
            {
                (z, x) = ((m[0] * z) + (m[2] * x), (m[1] * z) + (m[3] * x));
                for (int h = 0; h < _constants.Readouts; h++)
                {
                    x += _constants.C(h, p) * readout[t][h];
                }

                sensitivity.Add(Complex.Abs(z), _scans[p].Local[t].Z);
                sensitivity.Add(Complex.Abs(x), _scans[p].Local[t].X);
                for (int i = 0; i < _constants.Inputs; i++)
                {
                    input[t][i] += (((m[4] * z) + (m[5] * x)) * _constants.B(p, i)).Real;
                }
            }
        }

        for (int t = 0; t < readout.Length; t++)
        {
            sensitivity.Add(readout[t], _reads[t]);
            for (int h = 0; h < _constants.Readouts; h++)
            {
                input[t][h % _constants.Inputs] += _constants.Skip(h) * readout[t][h];
            }
        }

        return input;
    }
}
