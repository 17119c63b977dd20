using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// Checks a plan from the outside, knowing nothing of how it was made: every index exists, every shape agrees, nothing overlaps,
/// and nothing is read before it is written. Generated code has no bounds checks in its inner loops; this is why it needs none.
/// </summary>
public static class PlanVerifier
{
    /// <summary>The first flaw of a plan, as a sentence; null when there is none.</summary>
    public static string? Verify(EvaluationPlan plan) => new Check(plan).Run();

    private sealed class Check(EvaluationPlan plan)
    {
        private readonly HashSet<int> _written = [];
        private string? _flaw;

        public string? Run()
        {
            Layout();
            bool pools = false;
            foreach (PlanStep step in plan.Steps)
            {
                Step(step);
                pools |= step is PoolStep;
            }

            foreach (PlanStep step in plan.HeadSteps)
            {
                Step(step);
            }

            Require(pools == plan.Pooled, "a pooled plan pools, and no other does");
            EquatableArray<PlanStep> last = plan.Pooled ? plan.HeadSteps : plan.Steps;
            Require(
                last.Count > 0 && last[last.Count - 1] is StoreOutputStep store && store.Source.Width == plan.OutputWidth,
                "the last step stores rows of the output's width");
            return _flaw;
        }

        private void Layout()
        {
            int end = 0;
            foreach (PlanBuffer buffer in plan.Buffers)
            {
                Require(buffer.Offset == end, $"buffer {Text(buffer.Index)} starts where the one before it ends");
                Require(buffer.Columns > 0 && buffer.Columns % plan.Lanes == 0 && buffer.Stride >= buffer.Columns, $"buffer {Text(buffer.Index)} has whole vectors in a row");
                end += buffer.Length(plan.ChunkLength);
            }

            Require(end + plan.Lanes <= plan.ScratchLength, "the scratch memory holds all buffers and one vector more");
            end = 0;
            foreach (StateSlot slot in plan.Slots)
            {
                Require(slot.Offset == end && slot.Columns % plan.Lanes == 0, "state slots follow each other in whole vectors");
                end += slot.Rows * slot.Columns;
            }

            Require(end == plan.StateLength, "the state holds all slots");
            foreach (ConstantTable table in plan.Tables)
            {
                Require(table.Values.Span.Length == table.Rows * table.Columns && table.Columns % plan.Lanes == 0, $"table {table.Name} is whole");
            }
        }

        private void Step(PlanStep step)
        {
            switch (step)
            {
                case LoadInputStep s:
                    OptionalTable(s.Scale, 1, s.Target.Width);
                    OptionalTable(s.Offset, 1, s.Target.Width);
                    Write(s.Target);
                    break;
                case LinearStep s:
                    Read(s.Source);
                    Table(s.Weight, s.Source.Width, s.Target.Width);
                    OptionalTable(s.Bias, 1, s.Target.Width);
                    Require(s.Source.Buffer != s.Target.Buffer, "a linear step does not write what it reads");
                    Require(_flaw is not null || plan.Tables[s.Weight].Columns + s.Target.Column <= plan.Buffers[s.Target.Buffer].Columns, "a linear step fits its target");
                    Require(_flaw is not null || s.Bias < 0 || plan.Tables[s.Bias].Columns == plan.Tables[s.Weight].Columns, "a linear step's bias has its weight's columns");
                    Write(s.Target);
                    break;
                case LayerNormStep s:
                    Read(s.Source);
                    Table(s.Table, 3, s.Source.Width);
                    Same(s.Source, s.Target);
                    Write(s.Target);
                    break;
                case ConvolutionStep s:
                    Read(s.Source);
                    Table(s.Weight, s.Taps, s.Source.Width);
                    OptionalTable(s.Bias, 1, s.Source.Width);
                    Slot(s.Slot, s.Taps, s.Source.Width);
                    Same(s.Source, s.Target);
                    Require(s.Source.Buffer != s.Target.Buffer, "a convolution does not write what it reads");
                    Require(_flaw is not null || plan.Buffers[s.Source.Buffer].LeadingRows == s.Taps, "a convolution's source has room for its history");
                    Write(s.Target);
                    break;
                case MapStep s:
                    Read(s.Source);
                    Same(s.Source, s.Target);
                    Write(s.Target);
                    break;
                case ScanStep s:
                    Read(s.Source);
                    Same(s.Source, s.Target);
                    int rows = s.Modes * (s.Complex ? 2 : 1);
                    Table(s.Transition, rows, s.Source.Width);
                    Table(s.Weight, rows, s.Source.Width);
                    OptionalTable(s.Skip, 1, s.Source.Width);
                    Slot(s.Slot, rows, s.Source.Width);
                    Require(s.Source.Buffer != s.Target.Buffer, "a scan does not write what it reads");
                    Write(s.Target);
                    break;
                case SelectiveScanStep s:
                    Read(s.Source);
                    Read(s.Delta);
                    Read(s.B);
                    Read(s.C);
                    Same(s.Source, s.Target);
                    Same(s.Source, s.Delta);
                    Require(s.B.Width == s.Modes && s.C.Width == s.Modes, "B and C have one number per mode");
                    Table(s.Transition, s.Modes, s.Source.Width);
                    OptionalTable(s.Skip, 1, s.Source.Width);
                    Slot(s.Slot, s.Modes, s.Source.Width);
                    Require(
                        s.Target.Buffer != s.Source.Buffer && s.Target.Buffer != s.Delta.Buffer && s.Target.Buffer != s.B.Buffer && s.Target.Buffer != s.C.Buffer,
                        "a selective scan does not write what it reads");
                    Write(s.Target);
                    break;
                case GateStep s:
                    Read(s.Value);
                    Read(s.Gate);
                    Same(s.Value, s.Gate);
                    Same(s.Value, s.Target);
                    Write(s.Target);
                    break;
                case AddStep s:
                    Read(s.Source);
                    Read(s.Target);
                    Same(s.Source, s.Target);
                    break;
                case PoolStep s:
                    Read(s.Source);
                    Require(s.Source.Width <= plan.SumWidth && plan.SumWidth % plan.Lanes == 0, "the pooling's sums hold the pooled channels");
                    break;
                case MeanStep s:
                    Require(s.Target.Width <= plan.SumWidth, "the mean has the pooled channels");
                    Write(s.Target);
                    break;
                case StoreOutputStep s:
                    Read(s.Source);
                    break;
                default:
                    Require(false, $"a {step.GetType().Name} is a step that the verifier knows");
                    break;
            }
        }

        private void Read(PlanView view)
        {
            Inside(view);
            Require(_written.Contains(view.Buffer), $"buffer {Text(view.Buffer)} is written before it is read");
        }

        private void Write(PlanView view)
        {
            Inside(view);
            _written.Add(view.Buffer);
        }

        private void Inside(PlanView view) => Require(
            view.Buffer >= 0 && view.Buffer < plan.Buffers.Count && view.Column >= 0 && view.Width > 0
            && view.Column + view.Width <= plan.Buffers[view.Buffer].Columns,
            $"a view lies inside buffer {Text(view.Buffer)}");

        private void Same(PlanView left, PlanView right) => Require(left.Width == right.Width, $"widths {Text(left.Width)} and {Text(right.Width)} agree");

        private void OptionalTable(int index, int rows, int width)
        {
            if (index >= 0)
            {
                Table(index, rows, width);
            }
        }

        private void Table(int index, int rows, int width) => Require(
            index >= 0 && index < plan.Tables.Count && plan.Tables[index].Rows == rows && plan.Tables[index].Columns >= width,
            $"table {Text(index)} has {Text(rows)} rows of {Text(width)} channels");

        private void Slot(int index, int rows, int width) => Require(
            index >= 0 && index < plan.Slots.Count && plan.Slots[index].Rows == rows && plan.Slots[index].Columns >= width,
            $"state slot {Text(index)} has {Text(rows)} rows of {Text(width)} channels");

        private void Require(bool holds, string claim)
        {
            if (!holds && _flaw is null)
            {
                _flaw = "it does not hold that " + claim;
            }
        }

        private static string Text(int number) => NumberText.Format(number);
    }
}
