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
                pools |= step is PoolStep or KeepStep;
            }

            foreach (PlanStep step in plan.HeadSteps)
            {
                Step(step);
            }

            Require(pools == plan.Pooled, "a pooled plan pools, and no other does");
            EquatableArray<PlanStep> last = plan.Pooled ? plan.HeadSteps : plan.Steps;
            Require(
                last.Count > 0 && last[last.Count - 1] is StoreOutputStep,
                "the last step stores the output");
            return _flaw;
        }

        private void Layout()
        {
            Require(plan.ChunkLength > 0, "a chunk has time steps");
            int end = 0;
            for (int i = 0; i < plan.Buffers.Count; i++)
            {
                PlanBuffer buffer = plan.Buffers[i];
                Require(buffer.Index == i && buffer.Offset == end && buffer.LeadingRows >= 0, $"buffer {Text(i)} starts where the one before it ends");
                Require(buffer.Columns > 0 && buffer.Columns % plan.Lanes == 0 && buffer.Stride >= buffer.Columns, $"buffer {Text(i)} has whole vectors in a row");
                end += buffer.Length(plan.ChunkLength);
            }

            end = 0;
            foreach (StateSlot slot in plan.Slots)
            {
                Require(slot.Offset == end && slot.Columns % plan.Lanes == 0, "state slots follow each other in whole vectors");
                int last = 0;
                foreach (StateAxis axis in slot.Axes)
                {
                    Require(axis.Size > 0 && axis.Stride > 0, "the axes of a state slot have a size and a stride");
                    last += (axis.Size - 1) * axis.Stride;
                }

                Require(last < slot.Rows * slot.Columns, "the axes of a state slot stay inside it");
                end += slot.Rows * slot.Columns;
            }

            Require(end == plan.StateLength, "the state holds all slots");
            foreach (ConstantTable table in plan.Tables)
            {
                Require(table.Values.Span.Length == table.Rows * table.Columns && table.Columns % plan.Lanes == 0, $"table {table.Name} is whole");
                foreach (double value in table.Values.Span)
                {
                    Require(!double.IsNaN(value) && !double.IsInfinity(value), $"the numbers of table {table.Name} are finite");
                }
            }
        }

        private void Step(PlanStep step)
        {
            switch (step)
            {
                case LoadInputStep s:
                    Require(s.Target.Width == plan.InputWidth && s.Target.Column == 0, "the input's rows are loaded whole");
                    OptionalTable(s.Scale, 1, s.Target.Width);
                    OptionalTable(s.Offset, 1, s.Target.Width);
                    Write(s.Target);
                    break;
                case LinearStep s:
                    Linear(s);
                    break;
                case LayerNormStep s:
                    Read(s.Source);
                    Table(s.Table, 3, s.Source.Width);
                    Same(s.Source, s.Target);
                    Require(s.Source.Buffer != s.Target.Buffer || s.Source == s.Target, "a norm writes elsewhere, or where it reads");
                    Write(s.Target);
                    break;
                case AffineStep s:
                    Read(s.Source);
                    Table(s.Table, 2, s.Source.Width);
                    Same(s.Source, s.Target);
                    Require(s.Source.Buffer != s.Target.Buffer || s.Source == s.Target, "an affine step writes elsewhere, or where it reads");
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
                    Require(plan.Pad(s.Source.Width) == plan.SumWidth, "the pooling's sums hold the pooled channels");
                    break;
                case MeanStep s:
                    Require(s.Target.Width <= plan.SumWidth, "the mean has the pooled channels");
                    Write(s.Target);
                    break;
                case KeepStep s:
                    Read(s.Source);
                    Slot(s.Slot, 1, s.Source.Width);
                    break;
                case RecallStep s:
                    Slot(s.Slot, 1, s.Target.Width);
                    Write(s.Target);
                    break;
                case SoftmaxStep s:
                    Read(s.Source);
                    Same(s.Source, s.Target);
                    Require(s.Source.Buffer != s.Target.Buffer, "a softmax does not write what it reads");
                    Write(s.Target);
                    break;
                case StoreOutputStep s:
                    Read(s.Source);
                    Require(s.Source.Width == plan.OutputWidth, "what is stored has the output's width");
                    break;
                default:
                    Require(false, $"a {step.GetType().Name} is a step that the verifier knows");
                    break;
            }
        }

        /// <summary>The columns of all parts of a linear map's outputs stand in its target, whole.</summary>
        private void Linear(LinearStep s)
        {
            Read(s.Source);
            Require(s.Source.Buffer != s.Target.Buffer, "a linear step does not write what it reads");
            Require(
                s.Weight >= 0 && s.Weight < plan.Tables.Count && plan.Tables[s.Weight].Rows == s.Source.Width && plan.Tables[s.Weight].Columns >= s.Outputs
                && s.Outputs >= s.Target.Width,
                "a linear step has a weight per input and output");
            Write(s.Target);
            if (_flaw is null)
            {
                int columns = plan.Tables[s.Weight].Columns;
                Require(s.Target.Column + columns <= plan.Buffers[s.Target.Buffer].Columns, "a linear step fits its target");
                Require(
                    s.Bias < 0 || (s.Bias < plan.Tables.Count && plan.Tables[s.Bias].Rows == 1 && plan.Tables[s.Bias].Columns == columns),
                    "a linear step's bias has its weight's columns");
            }
        }

        /// <summary>A view that is read: in whole vectors, which may reach into the row's padding or, after the last row, the vector behind all buffers.</summary>
        private void Read(PlanView view)
        {
            Inside(view);
            Require(_written.Contains(view.Buffer), $"buffer {Text(view.Buffer)} is written before it is read");
            Require(
                _flaw is not null || view.Column + plan.Pad(view.Width) <= plan.Buffers[view.Buffer].Stride + plan.Lanes,
                $"whole vectors of a view can be read from buffer {Text(view.Buffer)}");
        }

        /// <summary>A view that is written: in whole vectors, aligned, inside its row.</summary>
        private void Write(PlanView view)
        {
            Inside(view);
            Require(
                _flaw is not null || (view.Column % plan.Lanes == 0 && view.Column + plan.Pad(view.Width) <= plan.Buffers[view.Buffer].Columns),
                $"whole vectors of a view can be written to buffer {Text(view.Buffer)}");
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
            index >= 0 && index < plan.Tables.Count && plan.Tables[index].Rows == rows && plan.Tables[index].Columns == plan.Pad(width),
            $"table {Text(index)} has {Text(rows)} rows of {Text(width)} channels");

        private void Slot(int index, int rows, int width) => Require(
            index >= 0 && index < plan.Slots.Count && plan.Slots[index].Rows == rows && plan.Slots[index].Columns == plan.Pad(width),
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
