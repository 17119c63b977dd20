using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>What must hold of the steps of a plan, one after another, by what they say that they touch.</summary>
internal sealed class StepClaims
{
    private readonly EvaluationPlan _plan;
    private readonly BufferContents _contents;
    private readonly HashSet<SlotHandle> _slots = [];
    private readonly Dictionary<int, (int Value, int Pass)> _sequences = []; // what each sequence buffer holds, and the pass that saved it
    private readonly HashSet<int> _saved = [];
    private int _pass;

    private StepClaims(EvaluationPlan plan)
    {
        _plan = plan;
        _contents = new BufferContents(plan);
    }

    /// <summary>The claims of all steps in order; the plan's layout must hold.</summary>
    public static IEnumerable<PlanClaim> Of(EvaluationPlan plan)
    {
        var claims = new StepClaims(plan);
        foreach (PlanPass pass in plan.Passes)
        {
            foreach (PlanStep step in pass.Steps)
            {
                yield return new(step.Direction is null || step.Direction == pass.Direction, $"a {step.GetType().Name} is in a pass of its direction");
                foreach (PlanClaim claim in claims.Of(step))
                {
                    yield return claim;
                }
            }

            // The head of a plan of tokens reads what the pass left; that of a pooled one has it from the state.
            if (plan.Vocabulary is null)
            {
                claims.EndPass();
            }
        }

        foreach (PlanClaim claim in plan.HeadSteps.SelectMany(claims.Of))
        {
            yield return claim;
        }
    }

    /// <summary>The next pass finds the buffers as another chunk left them.</summary>
    private void EndPass()
    {
        _pass++;
        _contents.Clear();
    }

    private IEnumerable<PlanClaim> Of(PlanStep step)
    {
        IEnumerable<PlanClaim> shapes = step.Tables.SelectMany(Table)
            .Concat(step.Slots.SelectMany(Slot))
            .Concat(step.Reads.SelectMany(Read))
            .Concat(step.Loads.SelectMany(Load))
            .Concat(step.Saves.SelectMany(Save))
            .Concat(step.Writes.SelectMany(view => Write(step, view)));
        foreach (PlanClaim claim in shapes)
        {
            yield return claim;
        }

        foreach (PlanClaim claim in step.Claims(_plan))
        {
            yield return claim;
        }
    }

    private IEnumerable<PlanClaim> Table(TableUse use)
    {
        int index = use.Table.Index;
        yield return new(
            index >= 0 && index < _plan.Tables.Count && _plan[use.Table].Rows == use.Rows && _plan[use.Table].Columns == use.Widths.Sum(_plan.Pad),
            $"table {Text(index)} has {Text(use.Rows)} rows of {string.Join(" and ", use.Widths.Select(width => Text(width)))} channels");
        int panel = use.InPanels ? EvaluationPlan.PanelOf(_plan.Element) : int.MaxValue;
        yield return new(
            index >= 0 && index < _plan.Tables.Count && _plan[use.Table].Panel == Math.Min(panel, _plan[use.Table].Columns),
            $"table {Text(index)} is {(use.InPanels ? "in panels" : "one panel")}");
    }

    private IEnumerable<PlanClaim> Slot(SlotUse use)
    {
        int index = use.Slot.Index;
        yield return new(
            index >= 0 && index < _plan.Slots.Count && _plan[use.Slot].Rows == use.Rows && _plan[use.Slot].Columns == _plan.Pad(use.Width),
            $"state slot {Text(index)} has {Text(use.Rows)} rows of {Text(use.Width)} channels");
        yield return use.ReadOnly
            ? new(_slots.Contains(use.Slot), $"state slot {Text(index)} is written before it is read")
            : new(_slots.Add(use.Slot), $"state slot {Text(index)} belongs to one step");
    }

    /// <summary>A view is read in whole vectors, which reach at most one vector beyond the row: into the next row, or into what follows all buffers.</summary>
    private IEnumerable<PlanClaim> Read(PlanView view)
    {
        yield return Inside(view);
        yield return new(_contents.IsWritten(view), $"buffer {Text(view.Buffer)} is written before it is read");
        yield return new(_contents.Holds(view), $"buffer {Text(view.Buffer)} still holds the value that is read");
    }

    /// <summary>A view is written in whole vectors, aligned, inside its row.</summary>
    private IEnumerable<PlanClaim> Write(PlanStep step, PlanView view)
    {
        yield return Inside(view);
        yield return new(
            view.Column % _plan.Lanes == 0 && view.Column + _plan.Pad(view.Width) <= _plan.Buffers[view.Buffer].Columns,
            $"whole vectors of a view can be written to buffer {Text(view.Buffer)}");
        foreach (PlanView read in step.Reads)
        {
            yield return new(
                !Overlap(read, view) || (step.WorksInPlace && (read.Column, read.Width) == (view.Column, view.Width)),
                $"a {step.GetType().Name} does not write over what it reads in buffer {Text(view.Buffer)}");
        }

        yield return new(_contents.Write(view), $"what is written to buffer {Text(view.Buffer)} is a new value");
    }

    /// <summary>A sequence is whole when the pass that saves it has ended.</summary>
    private IEnumerable<PlanClaim> Load(SequenceView view)
    {
        yield return Inside(view);
        yield return new(_sequences.TryGetValue(view.Buffer, out (int Value, int Pass) saved), $"sequence buffer {Text(view.Buffer)} is saved before it is loaded");
        yield return new(saved.Value == view.Value, $"sequence buffer {Text(view.Buffer)} still holds the value that is loaded");
        yield return new(saved.Pass < _pass, $"sequence buffer {Text(view.Buffer)} is loaded in a later pass than it is saved in");
    }

    private IEnumerable<PlanClaim> Save(SequenceView view)
    {
        yield return Inside(view);
        yield return new(_saved.Add(view.Value), $"what is saved to sequence buffer {Text(view.Buffer)} is a new value");
        _sequences[view.Buffer] = (view.Value, _pass);
    }

    private PlanClaim Inside(SequenceView view) => new(
        view.Buffer >= 0 && view.Buffer < _plan.Sequences.Count && view.Width > 0 && _plan.Pad(view.Width) == _plan.Sequences[view.Buffer].Columns,
        $"sequence buffer {Text(view.Buffer)} has rows of {Text(view.Width)} channels");

    private PlanClaim Inside(PlanView view) => new(
        view.Buffer >= 0 && view.Buffer < _plan.Buffers.Count && view.Column >= 0 && view.Width > 0
        && view.Column + view.Width <= _plan.Buffers[view.Buffer].Columns,
        $"a view lies inside buffer {Text(view.Buffer)}");

    private bool Overlap(PlanView left, PlanView right) =>
        left.Buffer == right.Buffer
        && left.Column < right.Column + _plan.Pad(right.Width)
        && right.Column < left.Column + _plan.Pad(left.Width);

    private static string Text(int number) => NumberText.Format(number);
}
