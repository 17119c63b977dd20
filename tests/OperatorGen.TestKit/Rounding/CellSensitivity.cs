using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>A recurrence read backwards: from the sensitivities to its readouts, [time][readout], to those to its input, [time][input]; one derivation per kind.</summary>
/// <param name="traces">What the reference computed, per step.</param>
/// <param name="readout">The sensitivities to the readouts.</param>
/// <param name="sensitivity">Where the roundings are gathered.</param>
/// <param name="arithmetic">The arithmetic of the code under test.</param>
internal sealed class CellSensitivity(LayerProbe[] traces, double[][] readout, Sensitivity sensitivity, Arithmetic arithmetic) : ICellVisitor<double[][]>
{
    public double[][] Visit(ChannelModes cell) => Modes(cell, () => ModeConstants.Of(cell, arithmetic), () => ModeConstants.Backward(cell, arithmetic)!);

    public double[][] Visit(LowRankModes cell) => traces.Length == 0 ? [] : new LowRankModesRounding(cell, traces, arithmetic).Backwards(readout, sensitivity);

    public double[][] Visit(SharedModes cell) => Modes(cell, () => ModeConstants.Of(cell, arithmetic), () => ModeConstants.Backward(cell, arithmetic)!);

    public double[][] Visit(SharedOscillators cell) => traces.Length == 0
        ? []
        : sensitivity.Cache.Of(cell, traces[0], () => new SharedOscillatorsSensitivity(cell, traces, arithmetic)).Of(readout, sensitivity);

    public double[][] Visit(SelectiveCell cell) => new SelectiveCellSensitivity(cell, sensitivity, arithmetic).Of(traces, readout);

    public double[][] Visit(LinearCde cell) => new LinearCdeSensitivity(cell, arithmetic).Of(traces, readout, sensitivity);

    private double[][] Modes(ModeCell cell, Func<ModeConstants> forward, Func<ModeConstants> backward)
    {
        if (traces.Length == 0)
        {
            return [];
        }

        double[][] input = sensitivity.Cache.Of(cell, traces[0], () => new ModeSensitivity(forward(), traces, arithmetic)).Of(readout, sensitivity);
        if (cell.Backward is not { } read)
        {
            return input;
        }

        for (int t = 0; t < traces.Length; t++)
        {
            sensitivity.Add(readout[t], [.. readout[t].Select((_, h) => arithmetic.Unit * BackwardRounding.Magnitude(traces[t], h))]);
        }

        LayerProbe[] reversed = [.. traces.Reverse()];
        double[][] back = sensitivity.Cache.Of(read, traces[0], () => new ModeSensitivity(backward(), reversed, arithmetic))
            .Of(BackwardRounding.Reversed(readout, read.Delay), sensitivity);
        return [.. input.Select((row, t) => row.Select((value, i) => value + back[traces.Length - 1 - t][i]).ToArray())];
    }
}
