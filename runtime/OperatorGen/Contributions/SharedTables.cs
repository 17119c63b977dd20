using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// The tables of a bank whose modes all readouts share, lanes = modes. A state has a block of columns for its real part and, unless eigenvalues and drive are
/// real, one for its imaginary part; rows are padded with zeros.
/// </summary>
internal sealed class SharedTables
{
    public SharedTables(ModeBank bank)
    {
        Inputs = bank.Inputs;
        Blocks = bank.Blocks;
        Readouts = bank.Readouts;
        Modes = bank.ModeCount;
        Noncausal = [.. Enumerable.Range(0, Modes).Where(m => bank.Timing(m) != ModeTiming.Causal)];
        Parts = bank.StateParts == bank.ModeCount ? 1 : 2;
        PartWidth = MatrixProduct.Padded(Modes * Parts) / Parts;
        ReadoutStride = MatrixProduct.Padded(Readouts);
        EigenvaluesRe = new double[PartWidth];
        EigenvaluesIm = new double[PartWidth];
        Drive = new double[Inputs * Width];
        Reads = new double[Width * ReadoutStride];
        ReadRows = new double[Readouts * Width];
        for (int n = 0; n < Modes; n++)
        {
            (EigenvaluesRe[n], EigenvaluesIm[n]) = bank.BlockOf(n) is null ? (bank.Eigenvalue(n).Re, bank.Eigenvalue(n).Im) : (0, 0);
            for (int i = 0; i < Inputs; i++)
            {
                Write(Drive, (i * Width) + n, PartWidth, bank.Drive(n, i));
            }

            for (int h = 0; h < Readouts; h++)
            {
                ComplexNumber c = bank[h, n].Weight;
                Write(Reads, (n * ReadoutStride) + h, PartWidth * ReadoutStride, c.Conjugate());
                Write(ReadRows, (h * Width) + n, PartWidth, c.Conjugate());
            }
        }

        Skip = new double[bank.HasSkip ? Readouts : 0];
        for (int h = 0; h < Skip.Length; h++)
        {
            Skip[h] = bank.Skip(h);
        }
    }

    public int Inputs { get; }

    public int Readouts { get; }

    public int Modes { get; }

    /// <summary>The modes that run backward in time or leave the current sample out.</summary>
    public int[] Noncausal { get; }

    /// <summary>1 where states are real, else 2.</summary>
    public int Parts { get; }

    /// <summary>Columns of one part, padded.</summary>
    public int PartWidth { get; }

    /// <summary>Columns of all states, a multiple of <see cref="MatrixProduct.Block"/>.</summary>
    public int Width => Parts * PartWidth;

    /// <summary>Readouts, padded to a multiple of <see cref="MatrixProduct.Block"/>.</summary>
    public int ReadoutStride { get; }

    /// <summary>The blocks of modes; their eigenvalues are 0 in the tables, so that a scan of single modes leaves their drives as they are.</summary>
    public IReadOnlyList<ModeBlock> Blocks { get; }

    /// <summary>How many numbers the states have: one per column, and the same again for the blocks where there are some.</summary>
    public int States => Blocks.Count > 0 ? 2 * Width : Width;

    /// <summary>Re lambda, [mode].</summary>
    public double[] EigenvaluesRe { get; }

    /// <summary>Im lambda, [mode].</summary>
    public double[] EigenvaluesIm { get; }

    /// <summary>b, [input, (part, mode)].</summary>
    public double[] Drive { get; }

    /// <summary>Re c, and -Im c, so that o = s Reads; [(part, mode), readout].</summary>
    public double[] Reads { get; }

    /// <summary>The same, [readout, (part, mode)].</summary>
    public double[] ReadRows { get; }

    /// <summary>D, [readout]; empty without.</summary>
    public double[] Skip { get; }

    private void Write(double[] table, int place, int toImaginary, ComplexNumber value)
    {
        table[place] = value.Re;
        if (Parts == 2)
        {
            table[place + toImaginary] = value.Im;
        }
    }
}
