using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;

namespace OperatorGen.Benchmarks.Report;

/// <summary>
/// Nominal operations of a time step of S4D: 12 per complex mode (a complex multiply-add for the state, half of one for the read), 2 per weight of a linear map,
/// <see cref="FunctionCost.Of"/> per value of a decoder function. They stay what they are however the code computes; skips, norms and residuals are not counted.
/// </summary>
internal static class NominalCount
{
    private const long PerMode = 12;

    /// <summary>The operations; null where a cell is not one of modes per channel, of which only the plan's own count is known.</summary>
    public static long? Of(SequenceModel model) => model.Layers.All(layer => layer.Cell is ChannelModes) ? Map(model.Encoder) + model.Layers.Sum(Layer) : null;

    private static long Layer(Layer layer)
    {
        var cell = (ChannelModes)layer.Cell;
        Decoder decoder = layer.Decoder;
        long unit = decoder.Unit is { } gate ? FunctionCost.Of(gate.Function) * layer.OutputWidth : 0;
        return (PerMode * cell.Channels * cell.Modes) + (FunctionCost.Of(decoder.Activation) * cell.OutputWidth) + Map(decoder.Mixing) + unit;
    }

    private static long Map(Linear? map) => map is null ? 0 : 2L * map.Inputs * map.Outputs;
}
