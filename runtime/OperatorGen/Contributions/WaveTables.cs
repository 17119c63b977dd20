using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>A layer's waves in rows of channels, each row padded with zeros to a whole number of the widest vectors.</summary>
internal sealed class WaveTables
{
    /// <summary>Rows are multiples of this many channels: the lanes of the widest vector.</summary>
    public const int Padding = 8;

    public WaveTables(ModeBank waves)
    {
        Modes = waves.WavesPerReadout;
        CausalModes = NoncausalWaves.First(waves);
        HasSkip = waves.HasSkip;
        Stride = (waves.Readouts + Padding - 1) / Padding * Padding;
        Blocks = BlockWaves.Of(waves, 2 * Modes * Stride);
        States = (2 * Modes * Stride) + (2 * waves.Readouts * Modes * (Blocks.Length > 0 ? 1 : 0));
        EigenvaluesRe = Rows(waves, static w => w.Eigenvalue.Re);
        EigenvaluesIm = Rows(waves, static w => w.Eigenvalue.Im);
        WeightsRe = Rows(waves, static w => w.Weight.Re);
        WeightsIm = Rows(waves, static w => w.Weight.Im);
        Skip = new double[Stride];
        for (int c = 0; c < waves.Readouts; c++)
        {
            Skip[c] = waves.Skip(c);
        }
    }

    public int Modes { get; }

    /// <summary>How many of them, the first ones, run forward and take in the current sample, in all channels.</summary>
    public int CausalModes { get; }

    public bool HasSkip { get; }

    /// <summary>Modes, and the skip where there is one.</summary>
    public int Summands => Modes + (HasSkip ? 1 : 0);

    /// <summary>Channels, padded.</summary>
    public int Stride { get; }

    /// <summary>The waves that are components of blocks of modes, which have zeros in the tables.</summary>
    public BlockWaves[] Blocks { get; }

    /// <summary>How many numbers the states have: [mode, part, stride], then those of the blocks.</summary>
    public int States { get; }

    /// <summary>Re lambda, [mode, channel].</summary>
    public double[] EigenvaluesRe { get; }

    /// <summary>Im lambda, [mode, channel].</summary>
    public double[] EigenvaluesIm { get; }

    /// <summary>Re weight, [mode, channel].</summary>
    public double[] WeightsRe { get; }

    /// <summary>Im weight, [mode, channel].</summary>
    public double[] WeightsIm { get; }

    /// <summary>D, [channel].</summary>
    public double[] Skip { get; }

    private double[] Rows(ModeBank waves, Func<Wave, double> part)
    {
        var rows = new double[Modes * Stride];
        for (int n = 0; n < Modes; n++)
        {
            for (int c = 0; c < waves.Readouts; c++)
            {
                rows[(n * Stride) + c] = waves.BlockOf(waves.ModeOf(c, n)) is null ? part(waves[c, n]) : 0;
            }
        }

        return rows;
    }
}
