using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// What the waves of a layer are at most, at every step and for every input of a range. The state of a shared mode is bounded by its drive: with m_i the middle of
/// the range of v_i and r_i its radius,
/// <code>
/// |s_n(t)| &lt;= (|sum_i b_ni m_i| + sum_i |b_ni| r_i) sum_tau |lambda_n|^tau
/// </code>
/// and of a block by the norms of its powers.
/// </summary>
/// <param name="enclosure">The layer's ranges.</param>
public sealed class WaveMagnitudes(LayerEnclosure enclosure)
{
    private const double Raised = 1 + (1.0 / (1L << 40)); // far above the rounding of a magnitude

    private readonly ModeBank _bank = enclosure.Layer.Bank ?? throw new ArgumentException("A selective layer has no waves.", nameof(enclosure));

    /// <summary>|w| of a mode of one channel.</summary>
    /// <param name="readout">The readout.</param>
    /// <param name="mode">Its wave.</param>
    public double Wave(int readout, int mode)
    {
        if (_bank.BlockOf(_bank.ModeOf(readout, mode)) is not { } block)
        {
            return KernelEnclosure.Image([_bank[readout, mode]], 0, Input(readout), enclosure.MaxLength).Magnitude;
        }

        int place = _bank.ModeOf(readout, mode) - block.First;
        var drive = new ComplexNumber[block.Size];
        var reads = new ComplexNumber[block.Size];
        for (int n = 0; n < block.Size; n++)
        {
            drive[n] = _bank.Drive(block.First + n, _bank.InputOf(readout));
            reads[n] = n == place ? _bank[readout, mode].Weight : ComplexNumber.Zero;
        }

        return KernelEnclosure.Image([new Kernel([], 0, Input(readout)) { Blocks = [new BlockKernel(PowersOf(block), drive, reads)] }], enclosure.MaxLength).Magnitude;
    }

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
        if (_bank.BlockOf(mode) is { } block)
        {
            BlockPowers powers = PowersOf(block);
            double[] drives = [.. Enumerable.Range(block.First, block.Size).Select(DriveOf)];
            double[] read = new double[block.Size];
            read[mode - block.First] = 1;
            return KernelRun.Product(KernelRun.Product(powers.Dual(read), powers.Size(drives)), powers.Sum(enclosure.MaxLength)).High;
        }

        double drive = DriveOf(mode);
        return drive == 0 ? 0 : drive * Raised * KernelEnclosure.AbsoluteSum([new Wave(_bank.Eigenvalue(mode).Magnitude * Raised, 1)], 0, enclosure.MaxLength).High;
    }

    // At least |x| of a mode, what its drive is at any step.
    private double DriveOf(int mode)
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

        return ((new ComplexNumber(re.Magnitude, im.Magnitude).Magnitude * Raised) + radii.High) * Raised;
    }

    private BlockPowers PowersOf(ModeBlock block) => BlockPowers.Of(block, enclosure.MaxLength);

    private Interval Input(int readout) => enclosure.CellInput[_bank.InputOf(readout)];
}
