using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// What the waves of a layer are at most, at every step and for every input of a range. The state of a shared mode is bounded by its drive: with m_i the middle of
/// the range of v_i and r_i its radius,
/// <code>
/// |s_n(t)| &lt;= (|sum_i b_ni m_i| + sum_i |b_ni| r_i) sum_tau |lambda_n|^tau
/// </code>
/// </summary>
/// <param name="enclosure">The layer's ranges.</param>
public sealed class WaveMagnitudes(LayerEnclosure enclosure)
{
    private const double Raised = 1 + (1.0 / (1L << 40)); // far above the rounding of a magnitude

    private readonly ModeBank _bank = enclosure.Layer.Bank ?? throw new ArgumentException("A selective layer has no waves.", nameof(enclosure));

    /// <summary>|w| of a mode of one channel.</summary>
    /// <param name="readout">The readout.</param>
    /// <param name="mode">Its wave.</param>
    public double Wave(int readout, int mode) => KernelEnclosure.Image([_bank[readout, mode]], 0, Input(readout), enclosure.MaxLength).Magnitude;

    /// <summary>|D v| of a readout.</summary>
    /// <param name="readout">The readout.</param>
    public double Skip(int readout) => Math.Abs(_bank.Skip(readout)) * Input(readout).Magnitude;

    /// <summary>|z|, the gate stream's argument of a readout.</summary>
    /// <param name="readout">The readout.</param>
    public double Gate(int readout) => enclosure.Gates[readout].Magnitude;

    /// <summary>|s| of a mode that all readouts share.</summary>
    /// <param name="mode">The mode.</param>
    public double Oscillator(int mode)
    {
        Interval re = 0;
        Interval im = 0;
        Interval radii = 0;
        for (int i = 0; i < _bank.Inputs; i++)
        {
            Interval v = enclosure.CellInput[i];
            if (!v.IsFinite)
            {
                return double.PositiveInfinity;
            }

            ComplexNumber b = _bank.Drive(mode, i);
            Interval middle = v.Midpoint;
            re += b.Re * middle;
            im += b.Im * middle;
            radii += (Interval)(b.Magnitude * Raised) * (v - middle).Magnitude;
        }

        double drive = (new ComplexNumber(re.Magnitude, im.Magnitude).Magnitude * Raised) + radii.High;
        return drive == 0 ? 0 : drive * Raised * KernelEnclosure.AbsoluteSum([new Wave(_bank.Eigenvalue(mode).Magnitude * Raised, 1)], 0, enclosure.MaxLength).High;
    }

    private Interval Input(int readout) => enclosure.CellInput[_bank.InputOf(readout)];
}
