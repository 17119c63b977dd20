using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes the load of the input: rows with their padding cleared.</summary>
internal sealed class LoadInputWriter : StepWriter<LoadInputStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, LoadInputStep step)
    {
        CodeWriter writer = scope.Writer;
        PlanView target = step.Target;
        if (scope.Direct.IsInput(target))
        {
            scope.Comment(step, "the caller's rows are read by the recurrence");
            return;
        }

        int columns = scope.Plan.Pad(target.Width);
        scope.Comment(step, step.Scaling is null ? "rows, padded with 0" : "scale * input + offset, padded with 0");
        writer.Block("for (int t = 0; t < count; t++)", () =>
        {
            writer.Line($"global::System.Span<{CSharp.Name(scope.Plan.Element)}> row = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref {StepScope.Element(target, $"t * {CSharp.Int(scope.Stride(target))}")}, {CSharp.Int(columns)});");
            if (step.Scaling is not { } scaling)
            {
                writer.Line("input.Slice(t * InputWidth, InputWidth).CopyTo(row);");
            }
            else
            {
                writer.Block("for (int c = 0; c < InputWidth; c++)", () =>
                    writer.Line($"row[c] = (input[(t * InputWidth) + c] * {scope.TableElement(scaling.Scale, "c")}) + {scope.TableElement(scaling.Offset, "c")};"));
                writer.Line();
            }

            if (columns > target.Width)
            {
                writer.Line("row.Slice(InputWidth).Clear();");
            }
        });
    }
}

/// <summary>Writes the load of tokens' rows, with their padding cleared.</summary>
internal sealed class EmbeddingWriter : StepWriter<EmbeddingStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, EmbeddingStep step)
    {
        CodeWriter writer = scope.Writer;
        PlanView target = step.Target;
        ConstantTable table = scope.Plan[step.Table];
        int columns = scope.Plan.Pad(target.Width);
        scope.Comment(step, step.Transposed ? "the columns of tokens in the head's table" : "the rows of tokens");
        writer.Line($"ref readonly {scope.TypeOf(step.Table)} embedding = ref {scope.TableStart(step.Table)};");
        writer.Block("for (int t = 0; t < count; t++)", () =>
        {
            writer.Line($"global::System.Span<{CSharp.Name(scope.Plan.Element)}> row = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref {StepScope.Element(target, $"t * {CSharp.Int(scope.Stride(target))}")}, {CSharp.Int(columns)});");
            string position = step.Transposed ? $"((nint)c * {CSharp.Int(table.Columns)}) + tokens[t]" : $"((nint)tokens[t] * {CSharp.Int(table.Columns)}) + c";
            if (step.Transposed && table.Panel < table.Columns)
            {
                // A column of the panel that the token is in.
                string panel = CSharp.Int(table.Panel);
                bool ragged = table.Columns % table.Panel != 0;
                writer.Line($"nint first = tokens[t] / {panel} * {panel};");
                writer.Line($"nint start = (first * {CSharp.Int(table.Rows)}) + (tokens[t] - first){(ragged ? $", width = global::System.Math.Min({panel}, {CSharp.Int(table.Columns)} - first)" : "")};");
                position = $"start + (c * {(ragged ? "width" : panel)})";
            }

            string element = $"global::System.Runtime.CompilerServices.Unsafe.Add(ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in embedding), {position})";
            writer.Block($"for (int c = 0; c < {CSharp.Int(target.Width)}; c++)", () =>
                writer.Line($"row[c] = {(table.IsBFloat16 ? $"global::System.BitConverter.UInt32BitsToSingle((uint){element} << 16)" : element)};"));
            if (columns > target.Width)
            {
                writer.Line();
                writer.Line($"row.Slice({CSharp.Int(target.Width)}).Clear();");
            }
        });
    }
}

/// <summary>Writes the store of the output: rows without their padding.</summary>
internal sealed class StoreOutputWriter : StepWriter<StoreOutputStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, StoreOutputStep step)
    {
        if (scope.Direct.IsOutput(step.Source))
        {
            scope.Comment(step, "the recurrence has written the caller's rows");
            return;
        }

        scope.Comment(step, "rows without padding");
        scope.Writer.Block("for (int t = 0; t < count; t++)", () =>
            scope.Writer.Line($"global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref {StepScope.Element(step.Source, $"t * {CSharp.Int(scope.Stride(step.Source))}")}, OutputWidth).CopyTo(output.Slice(t * OutputWidth, OutputWidth));"));
    }
}
