using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The waves of the mean gate of a selective layer as text, longest-lived first; why there are none where there are not.</summary>
internal sealed class MeanGateText(LayerDescription layer, SelectiveRecurrence recurrence, DescriptionView view)
{
    private const int LeastRows = 3;

    /// <summary>The lines.</summary>
    /// <param name="room">How many there are at most, unless the view says how much is listed.</param>
    public IEnumerable<string> Lines(int room)
    {
        if (MeanGateWave.Obstacle(recurrence, layer.GateRanges) is { } obstacle)
        {
            return PlainText.Wrap($"no waves of the mean gate: {obstacle}.", 2);
        }

        IReadOnlyList<MeanGateWave> all = MeanGateWave.Of(recurrence, layer.GateRanges);
        MeanGateWave[] waves = [.. all.Where(wave => view.Channel is null || wave.Cell == Math.Min(view.Channel.Value, layer.Channels - 1) / recurrence.Values)];
        string[] formulas = [.. recurrence.MeanGateFormulas.SelectMany(formula => PlainText.Wrap(formula, 2))];
        string[] introduction = [.. PlainText.Wrap(Introduction(waves.Length), 2)];
        string[] growth = Growth(waves);
        int rows = view.Top ?? Math.Max(LeastRows, room - formulas.Length - introduction.Length - growth.Length - 2);
        string[] rest = waves.Length > rows ? [$"    and {PlainText.Count(waves.Length - rows, "more wave")}"] : [];
        return [.. formulas, .. introduction, .. Table([.. waves.Take(rows)]), .. rest, .. growth];
    }

    private string Introduction(int waves)
    {
        string gates = recurrence.Gate is StepGate ? "step size" : "log-gate";
        string phases = recurrence.Gate is GivenGate && recurrence.IsComplex ? "; phases of gates stay selective" : "";
        return $"{PlainText.Count(waves, "wave")} about the mean {gates} c, longest-lived first (steps); rho = (max - min) / |max + min|{phases}:";
    }

    private static string[] Growth(MeanGateWave[] waves)
    {
        double[] growing = [.. waves.Select(wave => wave.Gate.LargestLogGate(wave.Range)).Where(log => log > 0)];
        return growing.Length == 0 ? []
            : [.. PlainText.Wrap($"{NumberText.Format(growing.Length)} of {PlainText.Count(waves.Length, "gate")} {(growing.Length == 1 ? "grows" : "grow")} at some time: the largest log-gate is {PlainText.Number(growing.Max())}, and above 0 states grow; rho says nothing of such gates.", 2)];
    }

    private IEnumerable<string> Table(MeanGateWave[] waves)
    {
        (string Heading, Func<MeanGateWave, string> Cell)[] columns =
        [
            (recurrence.CellName, wave => NumberText.Format((double)wave.Cell)),
            .. Optional(waves.Any(wave => wave.Key is not null), recurrence.KeyName, wave => NumberText.Format((double)wave.Key!)),
            ("lambda", wave => PlainText.Complex(wave.Eigenvalue)),
            ("lifetime", wave => wave.Gate.Decay < 0 ? "grows" : PlainText.Number(wave.Lifetime)),
            .. Optional(waves.Any(wave => wave.Frequency != 0), "period", wave => PlainText.Number(wave.Period)),
            ("c", wave => PlainText.Number(wave.Gate.Centre)),
            ("least", wave => wave.Range.Closed > 0 ? "-infinity" : PlainText.Number(wave.Range.Min)),
            ("greatest", wave => PlainText.Number(wave.Range.Max)),
            ("rho", wave => PlainText.Number(wave.Range.Rho)),
        ];
        return PlainText.Table([.. columns.Select(column => column.Heading)], [.. waves.Select(wave => (string[])[.. columns.Select(column => column.Cell(wave))])]);
    }

    private static IEnumerable<(string, Func<MeanGateWave, string>)> Optional(bool shown, string heading, Func<MeanGateWave, string> cell) => shown ? [(heading, cell)] : [];
}
