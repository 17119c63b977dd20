using System;
using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen.Tool.Rings;

/// <summary>What a sequence does on a ring.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Input">v, the input of the cells that the ring hears, [time].</param>
/// <param name="Activity">The nodes' states and the ring's readout.</param>
/// <param name="Readouts">The readout of the modal recurrence, [time].</param>
internal sealed record RingRun(RingSequence Sequence, double[] Input, RingActivity Activity, double[] Readouts)
{
    /// <summary>The greatest difference of the two readouts.</summary>
    public double Difference => Readouts.Zip(Activity.Outputs, (a, b) => Math.Abs(a - b)).Max();

    /// <summary>The difference, relative to the largest readout that an input of this size can make, by the modes' reaches, or makes; 0 where nothing differs.</summary>
    public double RelativeDifference(WaveRing ring)
    {
        double scale = Math.Max(Readouts.Max(Math.Abs), ring.Modes.Where(mode => mode.Decay < 1).Sum(mode => mode.Wave.Reach) * Input.Max(Math.Abs));
        return Difference == 0 ? 0 : Difference / scale;
    }
}
