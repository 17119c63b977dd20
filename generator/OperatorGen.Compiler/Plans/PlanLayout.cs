using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>What must hold of a plan's memory: buffers and slots follow each other, rows are whole vectors, constants are numbers.</summary>
internal static class PlanLayout
{
    /// <summary>The claims, in order.</summary>
    public static IEnumerable<PlanClaim> Claims(EvaluationPlan plan)
    {
        yield return new(plan.ChunkLength > 0, "a chunk has time steps");
        int end = 0;
        for (int i = 0; i < plan.Buffers.Count; i++)
        {
            PlanBuffer buffer = plan.Buffers[i];
            string name = "buffer " + NumberText.Format(i);
            yield return new(buffer.Index == i, $"{name} has its own index");
            yield return new(buffer.Offset == end && buffer.LeadingRows >= 0, $"{name} starts where the one before it ends");
            yield return new(buffer.Columns > 0 && buffer.Columns % plan.Lanes == 0, $"{name} has whole vectors in a row");
            yield return new(buffer.Stride >= buffer.Columns, $"the rows of {name} do not overlap");
            end += buffer.Length(plan.ChunkLength);
        }

        end = 0;
        foreach (StateSlot slot in plan.Slots)
        {
            yield return new(slot.Offset == end && slot.Columns % plan.Lanes == 0, "state slots follow each other in whole vectors");
            int last = 0;
            foreach (StateAxis axis in slot.Axes)
            {
                yield return new(axis.Size > 0 && axis.Stride > 0, "the axes of a state slot have a size and a stride");
                last += (axis.Size - 1) * axis.Stride;
            }

            yield return new(last < slot.Rows * slot.Columns, "the axes of a state slot stay inside it");
            end += slot.Rows * slot.Columns;
        }

        yield return new(end == plan.StateLength, "the state holds all slots");
        end = 0;
        foreach (SequenceBuffer sequence in plan.Sequences)
        {
            yield return new(
                sequence.Offset == end && sequence.Columns > 0 && sequence.Columns % plan.Lanes == 0, "sequence buffers follow each other in whole vectors");
            end += sequence.Columns;
        }

        foreach (ConstantTable table in plan.Tables)
        {
            yield return new((plan.IsExternal || (table.Values.AreBaked && table.Values.Span.Length == table.Rows * table.Columns)) && table.Columns % plan.Lanes == 0, $"table {table.Name} is whole");
            yield return new(plan.IsExternal || AreFinite(table), $"the numbers of table {table.Name} are finite");
            yield return new(plan.IsExternal || !table.IsBFloat16, $"table {table.Name} of the assembly has the plan's elements");
        }
    }

    private static bool AreFinite(ConstantTable table)
    {
        foreach (double value in table.Values.Span)
        {
            if (double.IsNaN(value) || double.IsInfinity(value))
            {
                return false;
            }
        }

        return true;
    }
}
