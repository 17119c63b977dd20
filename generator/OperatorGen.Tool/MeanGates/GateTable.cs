using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.MeanGates;

/// <summary>Where the gates of a model lie, for people.</summary>
internal static class GateTable
{
    /// <summary>One row per layer, and a remark on each layer with gates that close completely.</summary>
    /// <param name="terminal">Where it is written.</param>
    /// <param name="recurrences">The layers' recurrences.</param>
    /// <param name="calibration">The ranges of their gates.</param>
    public static void Write(Terminal terminal, IReadOnlyList<SelectiveRecurrence> recurrences, Calibration calibration)
    {
        terminal.Table(
            ["layer", "gates", "number", "least", "mean", "greatest", "rho, least", "median", "greatest"],
            [.. recurrences.Select((recurrence, l) => Row(l, recurrence, [.. calibration.Layers[l].GateRanges]))]);
        terminal.Line("rho = (greatest - least) / |greatest + least| of a gate: below 1 its expansion about the midrange converges at any length; the nearer to 1 the slower.");
        for (int l = 0; l < recurrences.Count; l++)
        {
            int closing = ClosingGates(recurrences[l], [.. calibration.Layers[l].GateRanges]);
            if (closing > 0)
            {
                terminal.Line($"layer {l}: {closing} of {CountText.Of(recurrences[l].Cells * recurrences[l].GatesPerCell, "gate")} close completely: at some time nothing of the state is left in double precision. About no centre does an expansion of low order hold there.");
            }
        }
    }

    private static string[] Row(int layer, SelectiveRecurrence recurrence, GateRange[] ranges)
    {
        double[] rho = [.. ranges.Select(range => range.Rho).Order()];
        GateRange all = ranges.Aggregate(GateRange.Empty, (sum, range) => sum.Merge(range));
        return
        [
            NumberText.Format((double)layer),
            recurrence.Gate is StepGate ? "step sizes" : "log-gates",
            NumberText.Format((double)ranges.Length),
            all.Closed > 0 ? "-infinity" : Text(all.Min),
            all.Count == 0 ? "-infinity" : Text(all.Mean),
            all.Count == 0 ? "-infinity" : Text(all.Max),
            Text(rho[0]),
            Text(rho[rho.Length / 2]),
            Text(rho[^1]),
        ];
    }

    /// <summary>How many gates e^(r g) are 0 in double precision somewhere in their ranges.</summary>
    private static int ClosingGates(SelectiveRecurrence recurrence, GateRange[] ranges)
    {
        MeanGate[] least = recurrence.MeanGates([.. ranges.Select(range => range.Count == 0 ? 0 : range.Min)]);
        MeanGate[] greatest = recurrence.MeanGates([.. ranges.Select(range => range.Count == 0 ? 0 : range.Max)]);
        return Enumerable.Range(0, least.Length).Count(gate =>
            ranges[recurrence.GateNumber(gate)].Closed > 0 || least[gate].Eigenvalue == ComplexNumber.Zero || greatest[gate].Eigenvalue == ComplexNumber.Zero);
    }

    private static string Text(double value) => NumberText.Format(value, 4);
}
