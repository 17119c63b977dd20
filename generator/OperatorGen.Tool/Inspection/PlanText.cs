using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;

namespace OperatorGen.Tool.Inspection;

/// <summary>Evaluation plans for people.</summary>
internal static class PlanText
{
    /// <summary>Writes all plans; a model with symbols has none.</summary>
    public static void Write(Terminal terminal, PlanSet plans)
    {
        foreach (EvaluationPlan plan in plans.Plans)
        {
            Write(terminal, plan);
        }
    }

    private static void Write(Terminal terminal, EvaluationPlan plan)
    {
        terminal.Output.WriteLine(
            $"{(plan.Element == ElementType.Single ? "single" : "double")}: {plan.InputWidth} in, {plan.OutputWidth} out, chunks of {plan.ChunkLength} time steps, "
            + $"scratch {plan.ScratchLength}, state {CountText.Of(plan.StateLength, "number")}{(plan.SumWidth == 0 ? "" : $" and {CountText.Of(plan.SumWidth, "running sum")}")}");
        terminal.Output.WriteLine("buffers");
        terminal.Table(["buffer", "columns", "stride", "leading rows"], [.. plan.Buffers.Select(buffer => Row($"b{buffer.Index}", buffer.Columns, buffer.Stride, buffer.LeadingRows))]);
        terminal.Output.WriteLine($"tables, {CountText.Of(plan.TableBytes, "byte")}");
        terminal.Table(["table", "shape", "what"], [.. plan.Tables.Select(table => Row(table.Name, $"[{table.Rows}, {table.Columns}]", table.Summary))]);
        terminal.Output.WriteLine("state");
        terminal.Table(["slot", "name", "shape", "upstream's shape"], [.. plan.Slots.Select((slot, i) => Row($"s{i}", slot.Name ?? "", $"[{slot.Rows}, {slot.Columns}]", slot.Name is null ? "" : "[" + string.Join(", ", slot.Axes.Select(axis => axis.Size)) + "]"))]);
        if (plan.Sequences.Count > 0)
        {
            terminal.Output.WriteLine($"kept of whole sequences, {CountText.Of(plan.SequenceStride, "number")} per time step");
            terminal.Table(["sequence", "columns"], [.. plan.Sequences.Select((sequence, i) => Row($"q{i}", sequence.Columns))]);
        }

        terminal.Output.WriteLine($"steps, {CountText.Of(plan.Operations, "operation")} per time step");
        for (int i = 0; i < plan.Passes.Count; i++)
        {
            if (!plan.IsCausal)
            {
                terminal.Output.WriteLine($"pass {i}, {(plan.Passes[i].Direction == TimeDirection.Forward ? "forward" : "backward")}");
            }

            terminal.Table(["part", "step", "operations"], [.. plan.Passes[i].Steps.Select(step => Row(step.Heading, step.Describe(plan), step.Operations))]);
        }

        if (plan.HeadSteps.Count > 0)
        {
            terminal.Output.WriteLine("once per sequence");
            terminal.Table(["part", "step", "operations"], [.. plan.HeadSteps.Select(step => Row(step.Heading, step.Describe(plan), step.Operations))]);
        }
    }

    private static IReadOnlyList<string> Row(params IEnumerable<object> cells) => [.. cells.Select(cell => System.Convert.ToString(cell, System.Globalization.CultureInfo.InvariantCulture)!)];
}
