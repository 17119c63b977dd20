using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.MeanGates;

/// <summary>Where the gates of a model lie, for people.</summary>
internal static class GateTable
{
    /// <summary>One row per layer, and remarks on each layer with gates that grow, are constant or close completely.</summary>
    /// <param name="terminal">Where it is written.</param>
    /// <param name="recurrences">The layers' recurrences.</param>
    /// <param name="calibration">The ranges of their gates.</param>
    public static void Write(Terminal terminal, IReadOnlyList<SelectiveRecurrence> recurrences, Calibration calibration)
    {
        terminal.Table(
            ["layer", "gates", "number", "least", "mean", "greatest", "rho, least", "median", "greatest"],
            [.. recurrences.Select((recurrence, l) => Row(l, recurrence, [.. calibration.Layers[l].GateRanges]))]);
        terminal.Line("rho = (greatest - least) / |greatest + least| of a gate that never grows: below 1 its expansion about the midrange converges at any length; the nearer to 1 the slower.");
        for (int l = 0; l < recurrences.Count; l++)
        {
            foreach (string remark in Remarks(recurrences[l], [.. calibration.Layers[l].GateRanges]))
            {
                terminal.Line($"layer {l}: {remark}");
            }
        }
    }

    private static IEnumerable<string> Remarks(SelectiveRecurrence recurrence, GateRange[] ranges)
    {
        MeanGate[] gates = recurrence.MeanGates([.. ranges.Select(range => range.MeanCentre)]);
        GateRange[] of = [.. Enumerable.Range(0, gates.Length).Select(gate => ranges[recurrence.GateNumber(gate)])];
        double[] growing = [.. gates.Zip(of, (gate, range) => gate.LargestLogGate(range)).Where(log => log > 0)];
        if (growing.Length > 0)
        {
            string steps = recurrence.Gate is StepGate && ranges.Min(range => range.Min) is < 0 and var least ? $", and the least step size {Text(least)}" : "";
            yield return $"{Of(growing.Length)} {(growing.Length == 1 ? "grows" : "grow")} at some time: the largest log-gate is {Text(growing.Max())}{steps}. A gate above 1 (a log-gate above 0) makes states grow; rho says nothing of it, and states may overflow.";
        }

        if (of.All(range => range.Count + range.Closed == 1))
        {
            yield return $"there is one value per gate, of a single time step: whether gates are constant is not known. Calibrate on more time steps.";
        }
        else if (of.Count(IsConstant) is > 0 and var constant)
        {
            yield return $"{Of(constant)} {(constant == 1 ? "is" : "are")} constant on these sequences: order 0 of the expansion is exact for them.";
        }

        if (ClosingGates(gates, of) is > 0 and var closing)
        {
            yield return $"{Of(closing)} {(closing == 1 ? "closes" : "close")} completely: at some time nothing of the state is left in double precision. About no centre does an expansion of low order hold there.";
        }

        string Of(int count) => $"{NumberText.Format((long)count)} of {CountText.Of(gates.Length, "gate")}";
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

    /// <summary>How many gates e^(r g) are 0 in double precision somewhere in their ranges, but not constant.</summary>
    private static int ClosingGates(MeanGate[] gates, GateRange[] ranges) => gates.Zip(ranges).Count(pair =>
        !IsConstant(pair.Second)
        && (pair.Second.Closed > 0 || new[] { pair.Second.Min, pair.Second.Max }.Any(end => (pair.First with { Centre = end }).Eigenvalue == ComplexNumber.Zero)));

    private static bool IsConstant(GateRange range) => range.AlwaysCloses || (range is { Closed: 0, Count: > 0 } && range.Min == range.Max);

    private static string Text(double value) => NumberText.Format(value, 4);
}
