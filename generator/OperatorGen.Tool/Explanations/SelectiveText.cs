using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;

namespace OperatorGen.Tool.Explanations;

/// <summary>The explanation of a selective model's score as the tool prints it.</summary>
internal static class SelectiveText
{
    /// <summary>Writes the parts of greatest size; the others are one row, so that the rows of a table add up.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="subject">The sequence.</param>
    /// <param name="attribution">The attribution.</param>
    /// <param name="cells">The recurrence of the last layer.</param>
    /// <param name="top">How many parts are listed.</param>
    public static void Write(Terminal terminal, ExplainedSequence subject, SelectiveAttribution attribution, SelectiveRecurrence cells, int top)
    {
        Decision decision = subject.Decision;
        bool tokens = decision.Operator.Vocabulary is not null;
        string sample = tokens ? "token" : "sample", zero = tokens ? "zero embedding" : "zero input", score = tokens ? "logit" : "score";
        string name = $"{score} {DecisionText.Named(attribution.Index, decision.Label(attribution.Index))}{(attribution.Against is { } other ? $" less {score} {DecisionText.Named(other, decision.Label(other))}" : "")}";
        terminal.Line(subject.Heading);
        DecisionText.Write(terminal, decision, $"what {sample}s add to a {score}", subject.Label, attribution.Against is { } less ? [attribution.Index, less] : [attribution.Index]);
        terminal.Line($"{name}: {PlainText.Number(attribution.Score)}; of the {zero} {PlainText.Number(attribution.ZeroScore)}");
        terminal.Line("");
        terminal.Line($"along the straight path from the {zero} to this one: what each {sample} adds through values, gates held, and through gates, values held; the scales of norms are held at those of this input");
        int told = tokens && decision.Step is { } last ? last + 1 : attribution.Steps; // a later token adds nothing
        double[]? ids = tokens ? subject.Data.Stored(subject.Index) : null;
        Columns(terminal, attribution, top, told, sample, ids is null ? null : t => DecisionText.Named((int)ids[t], decision.Label((int)ids[t])));
        terminal.Line($"gap: what both columns miss of the difference to the {zero}, by a quadrature of {CountText.Of(attribution.Panels, "panel")} of 16 nodes");
        terminal.Line($"bound of each number: none; {SelectiveAttribution.BoundReason}");
        terminal.Line("");
        terminal.Line($"with everything of layer {decision.Layer} held at its values for this input: gates, keys, queries, gate streams and scales of norms. Readouts are linear in values then, and the {score} is a sum, exact but for rounding");
        NamedContribution[] rest =
        [
            new("past the states: skip and bonus", attribution.Direct.Sum()),
            new("past the cells: residual stream, biases", attribution.Beside),
        ];
        Table(terminal, cells.CellName, Named(attribution.ByCell(), cell => $"{cells.CellName} {cell}"), rest, attribution.Score, top);
        Table(terminal, "wave", Named(attribution.ByWave(), wave => $"{cells.CellName} {wave / attribution.Keys}, {cells.KeyName} {wave % attribution.Keys}"), rest, attribution.Score, top);
        Table(terminal, "time", Named([.. attribution.ByTime().Take(told)], time => $"step {time}"), rest, attribution.Score, top);
        terminal.Line($"a {cells.CellName} is a cell of the layer; a wave is what one {cells.KeyName} of it carries; a time is that at which values enter the states");
    }

    private static NamedContribution[] Named(IReadOnlyList<double> values, Func<int, string> name) => [.. values.Select((value, i) => new NamedContribution(name(i), value))];

    private static void Columns(Terminal terminal, SelectiveAttribution attribution, int top, int told, string sample, Func<int, string>? token)
    {
        int[] ordered = [.. Enumerable.Range(0, told).OrderByDescending(t => Math.Abs(attribution.Value[t] + attribution.Gate[t]))];
        int listed = Math.Min(top, ordered.Length);
        List<string[]> rows = [.. ordered.Take(listed).Select(t => Row(attribution.Value[t], attribution.Gate[t], $"step {t}", token?.Invoke(t)))];
        if (ordered.Length > listed)
        {
            rows.Add(Row(ordered.Skip(listed).Sum(t => attribution.Value[t]), ordered.Skip(listed).Sum(t => attribution.Gate[t]), CountText.Of(ordered.Length - listed, "other " + sample)));
        }

        rows.Add(Row(attribution.Value.Sum(), attribution.Gate.Sum(), "sum"));
        rows.Add([PlainText.Signed(attribution.Gap), "", "", "gap", ""]);
        terminal.Table(token is null ? ["both", "values", "gates", sample] : ["both", "values", "gates", "step", sample], [.. rows.Select(row => token is null ? row[..4] : row)]);
    }

    private static string[] Row(double value, double gate, string sample, string? token = null) => [PlainText.Signed(value + gate), PlainText.Signed(value), PlainText.Signed(gate), sample, token ?? ""];

    private static void Table(Terminal terminal, string noun, NamedContribution[] parts, NamedContribution[] rest, double score, int top)
    {
        NamedContribution[] ordered = [.. parts.OrderByDescending(part => Math.Abs(part.Contribution))]; // stable: equal ones stay in their order
        NamedContribution[] others = ordered.Length <= top ? [] : [new(CountText.Of(ordered.Length - top, "other " + noun), ordered.Skip(top).Sum(part => part.Contribution))];
        terminal.Table(
            ["contribution", "by " + noun],
            [.. new[] { ordered.Take(top), others, rest, [new NamedContribution("score", score)] }.SelectMany(row => row).Select(row => new[] { PlainText.Signed(row.Contribution), row.Name })]);
    }
}
