using System.Linq;
using System.Numerics;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// Modes read backwards. With the sensitivities p_h,t to the readouts, that to the state of a mode is <c>q_t = sum_h c_h p_h,t + a q_(t+1)</c> over the readouts
/// that it takes part in, in the sense that a change d of the state moves the output by Re(q d); that to v_i is <c>sum_m Re(q_t b_mi) + D_i p_i,t</c>.
/// <see cref="ModeRounding"/> derives the roundings: the local ones of a step meet q, those of a read meet p. Here they are without the deviations of the states
/// that they start from, which would be of second order.
/// </summary>
internal sealed class ModeSensitivity
{
    private readonly ModeConstants _modes;
    private readonly ScannedMode[] _scans; // [mode]
    private readonly double[][] _reads;    // [time][readout]

    public ModeSensitivity(ModeConstants modes, LayerProbe[] traces, Arithmetic arithmetic)
    {
        Approximate[] v = [.. traces.Select(trace => Approximate.Exact(trace.CellInput))];
        _modes = modes;
        _scans = [.. Enumerable.Range(0, modes.Count).Select(m => ScannedMode.Of(modes, m, v, arithmetic) with { Deviation = new double[v.Length] })];
        _reads = [.. v.Select((step, t) => ModeRounding.Reads(modes, _scans, step, t, arithmetic))];
    }

    public double[][] Of(double[][] readout, Sensitivity sensitivity)
    {
        double[][] input = [.. readout.Select(_ => new double[_modes.Inputs])];
        for (int m = 0; m < _modes.Count; m++)
        {
            int[] readouts = [.. _modes.ReadoutsOf(m)];
            Complex q = Complex.Zero;
            for (int t = readout.Length - 1; t >= 0; t--)
            {
                q *= _modes.A(m).Value;
                foreach (int h in readouts)
                {
                    q += _modes.C(h, m % _modes.ModesPerReadout).Value * readout[t][h];
                }

                sensitivity.Add(Complex.Abs(q), _scans[m].Local[t]);
                for (int j = 0; j < _modes.InputsPerMode; j++)
                {
                    input[t][_modes.InputOf(m, j)] += (q * _modes.B(m, j).Value).Real;
                }
            }
        }

        for (int t = 0; t < readout.Length; t++)
        {
            sensitivity.Add(readout[t], _reads[t]);
            for (int h = 0; h < _modes.Readouts; h++)
            {
                input[t][h % _modes.Inputs] += _modes.Skip(h) * readout[t][h];
            }
        }

        return input;
    }
}
