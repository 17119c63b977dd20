using System.Linq;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>The readouts of a recurrence over all time steps, with their errors; one derivation per kind.</summary>
/// <param name="v">The cells' input.</param>
/// <param name="traces">What the reference computed, per step.</param>
/// <param name="arithmetic">The arithmetic of the code under test.</param>
internal sealed class CellRounding(Approximate[] v, LayerProbe[] traces, Arithmetic arithmetic) : ICellVisitor<Approximate[]>
{
    public Approximate[] Visit(ChannelModes cell) => Modes(ModeConstants.Of(cell, arithmetic), ModeConstants.Backward(cell, arithmetic), cell.Backward);

    public Approximate[] Visit(LowRankModes cell) => new LowRankModesRounding(cell, traces, arithmetic).Of(v);

    public Approximate[] Visit(SharedModes cell) => Modes(ModeConstants.Of(cell, arithmetic), ModeConstants.Backward(cell, arithmetic), cell.Backward);

    public Approximate[] Visit(SharedOscillators cell) => SharedOscillatorsRounding.Of(cell, v, traces, arithmetic);

    public Approximate[] Visit(SelectiveCell cell) => SelectiveCellRounding.Of(cell, v, traces, arithmetic);

    public Approximate[] Visit(LinearCde cell) => new LinearCdeRounding(cell, arithmetic).Of(v, traces);

    private Approximate[] Modes(ModeConstants forward, ModeConstants? backward, BackwardRead? read)
    {
        double[][] errors = ModeRounding.Errors(forward, v, arithmetic);
        if (backward is not null)
        {
            errors = BackwardRounding.Added(errors, ModeRounding.Errors(backward, [.. v.Reverse()], arithmetic), read!.Delay, traces, arithmetic);
        }

        return [.. errors.Select((error, t) => new Approximate(traces[t].Readout, error))];
    }
}
