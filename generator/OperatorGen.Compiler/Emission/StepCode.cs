using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes how a state takes a sequence in: chunk by chunk, every step of the plan in order, at one vector width.</summary>
internal sealed class StepCode(EvaluationPlan plan, string helper, KernelSet kernels)
{
    private readonly string _type = CSharp.Name(plan.Element);

    /// <summary>Writes Run and what it calls.</summary>
    public void WriteRun(CodeWriter writer)
    {
        string rest = (plan.Vocabulary is null ? "input, output, steps" : "tokens, logits, all") + Weights("in weights");
        string parameters = plan.Vocabulary is null
            ? $"global::System.ReadOnlySpan<{_type}> input, global::System.Span<{_type}> output, int steps"
            : $"global::System.ReadOnlySpan<int> tokens, global::System.Span<{_type}> logits, bool all";
        writer.Block($"internal void Run({parameters}, global::OperatorGen.VectorWidth width)", () =>
        {
            WriteLease(writer, "_model");
            WriteWidths(writer, "Run", rest);
        });
        writer.Line();
        writer.Line(CSharp.Kernel);
        writer.Block($"private void Run<TSimd, TVector>({parameters}{Weights("ref readonly byte weights")})\n    {CSharp.WidthConstraints(plan.Element)}", () =>
        {
            // A state of the second precision has its own chunk length: its scratch memory is cut to that.
            writer.Line($"const int chunk = {CSharp.Int(plan.ChunkLength)};");
            if (!plan.IsCausal)
            {
                writer.Line("Reserve(steps);");
            }

            if (plan.Vocabulary is not null)
            {
                WriteTokenLoop(writer);
                return;
            }

            for (int i = 0; i < plan.Passes.Count; i++)
            {
                WriteLoop(writer, i);
            }

            if (plan.Pooled)
            {
                writer.Line();
                writer.Line($"Head<TSimd, TVector>(output{Weights("in weights")});");
            }
        });
        for (int i = 0; i < plan.Passes.Count; i++)
        {
            string values = string.Join("", Values(i).Select(value => value.Type + " " + value.Name + ", "));
            string start = plan.IsCausal ? "" : "int start, ";
            writer.Line();
            writer.Line(CSharp.Kernel);
            writer.Block($"private void {Name(i)}<TSimd, TVector>({values}{start}int count{Weights("ref readonly byte weights")})\n    {CSharp.WidthConstraints(plan.Element)}", () => WriteSteps(writer, plan.Passes[i].Steps));
        }

        if (plan.HeadSteps.Count > 0)
        {
            string rows = plan.Pooled ? "" : ", int first, int count";
            writer.Line();
            writer.Line(CSharp.Kernel);
            writer.Block($"private void Head<TSimd, TVector>(global::System.Span<{_type}> output{rows}{Weights("ref readonly byte weights")})\n    {CSharp.WidthConstraints(plan.Element)}", () =>
            {
                if (plan.Pooled)
                {
                    writer.Line("const int count = 1;");
                }

                WriteSteps(writer, plan.HeadSteps, plan.Pooled ? null : "first");
            });
        }
    }

    /// <summary>Where the weights are external, what keeps them there for the call.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="model">The instance that has them.</param>
    public void WriteLease(CodeWriter writer, string model)
    {
        if (plan.IsExternal)
        {
            writer.Line($"using global::OperatorGen.Safetensors.MappedLease lease = {model}.Loaded.Weights.Acquire();");
            writer.Line("ref readonly byte weights = ref lease.First;");
        }
    }

    /// <summary>The call of a method at the width that is asked for.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="method">The method.</param>
    /// <param name="arguments">Its arguments.</param>
    public void WriteWidths(CodeWriter writer, string method, string arguments)
    {
        string Condition(int bits) =>
            $"width == global::OperatorGen.VectorWidth.Bits{CSharp.Int(bits)} || (width == global::OperatorGen.VectorWidth.Widest && global::System.Runtime.Intrinsics.Vector{CSharp.Int(bits)}.IsHardwareAccelerated)";
        string Call(int bits) =>
            $"{method}<global::OperatorGen.Vectors.Simd{CSharp.Int(bits)}<{_type}>, global::System.Runtime.Intrinsics.Vector{CSharp.Int(bits)}<{_type}>>({arguments});";
        writer.Block($"if ({Condition(512)})", () => writer.Line(Call(512)));
        writer.Block($"else if ({Condition(256)})", () => writer.Line(Call(256)));
        writer.Block("else", () => writer.Line(Call(128)));
    }

    /// <summary>The chunks of a text: all layers for every token, the head for the rows whose logits are asked for, a few at a time.</summary>
    private void WriteTokenLoop(CodeWriter writer) =>
        writer.Block("for (int start = 0, count; start < tokens.Length; start += count)", () =>
        {
            writer.Line("count = global::System.Math.Min(chunk, tokens.Length - start);");
            writer.Line($"Chunk<TSimd, TVector>(tokens.Slice(start, count), count{Weights("in weights")});");
            writer.Line();
            writer.Line("// the head, for the tokens whose logits are asked for, a few rows at a time");
            writer.Line("int first = all ? 0 : start + count == tokens.Length ? count - 1 : count;");
            writer.Block("for (int rows; first < count; first += rows)", () =>
            {
                writer.Line($"rows = global::System.Math.Min({CSharp.Int(EvaluationPlan.HeadRows)}, count - first);");
                writer.Line($"Head<TSimd, TVector>(all ? logits.Slice((start + first) * OutputWidth, rows * OutputWidth) : logits, first, rows{Weights("in weights")});");
            });
            writer.Line();
            writer.Line("Advance(count);");
        });

    /// <summary>A further parameter or argument: the first byte of the weights, where they are external.</summary>
    public string Weights(string text) => plan.IsExternal ? ", " + text : "";

    /// <summary>One pass over the chunks of the sequence. The last one counts its samples.</summary>
    private void WriteLoop(CodeWriter writer, int pass)
    {
        bool last = pass == plan.Passes.Count - 1;
        string values = string.Join("", Values(pass).Select(value => $"{value.Name}.Slice(start * {value.Width}, count * {value.Width}), "));
        string call = $"{Name(pass)}<TSimd, TVector>({values}{(plan.IsCausal ? "" : "start, ")}count{Weights("in weights")});";
        if (!plan.IsCausal)
        {
            writer.Line();
        }

        if (plan.Passes[pass].Direction == TimeDirection.Backward)
        {
            writer.Line("// from the last chunk to the first, in the pieces of the other passes");
            writer.Block("for (int end = steps, count; end > 0; end -= count)", () =>
            {
                writer.Line("count = ((end - 1) % chunk) + 1;");
                writer.Line("int start = end - count;");
                writer.Line(call);
            });
        }
        else
        {
            writer.Block("for (int start = 0, count; start < steps; start += count)", () =>
            {
                writer.Line("count = global::System.Math.Min(chunk, steps - start);");
                writer.Line(call);
                if (last)
                {
                    writer.Line("Advance(count);");
                }
            });
        }
    }

    /// <summary>The chunk's values that a pass is given: the input in the first one, the output in the last one.</summary>
    private IEnumerable<(string Type, string Name, string Width)> Values(int pass)
    {
        if (plan.Vocabulary is not null)
        {
            yield return ("global::System.ReadOnlySpan<int>", "tokens", "1");
            yield break;
        }

        if (pass == 0)
        {
            yield return ($"global::System.ReadOnlySpan<{_type}>", "input", "InputWidth");
        }

        if (pass == plan.Passes.Count - 1 && !plan.Pooled)
        {
            yield return ($"global::System.Span<{_type}>", "output", "OutputWidth");
        }
    }

    private string Name(int pass) => plan.IsCausal ? "Chunk" : (plan.Passes[pass].Direction == TimeDirection.Backward ? "Backward" : "Forward") + CSharp.Int(pass);

    /// <summary>The steps one after another.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="first">The first row of a chunk's buffers that is meant; null: 0.</param>
    /// <param name="scratch">Whether the scratch memory is to be taken: it is no parameter.</param>
    public void WriteSteps(CodeWriter writer, IReadOnlyList<PlanStep> steps, string? first = null, bool scratch = true)
    {
        DirectRows direct = first is null ? DirectRows.Of(steps) : DirectRows.None;
        WriteReferences(writer, steps, first, direct, scratch);
        var scope = new StepScope(writer, plan, helper, kernels, first, direct);
        foreach (PlanStep step in steps)
        {
            writer.Line();
            StepWriters.Of(step).Write(scope, step);
        }
    }

    /// <summary>What steps read and write, by name.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="first">The first row of the buffers that is meant; null: 0.</param>
    /// <param name="direct">Which rows are the caller's own.</param>
    /// <param name="scratch">Whether the scratch memory is to be taken: it is no parameter.</param>
    /// <param name="memory">Whether the steps use the memory of the state whose method this is.</param>
    public void WriteReferences(CodeWriter writer, IReadOnlyList<PlanStep> steps, string? first, DirectRows direct, bool scratch = true, bool memory = true)
    {
        var used = new HashSet<int>(steps.SelectMany(step => step.Reads.Concat(step.Writes)).Where(view => !direct.IsInput(view) && !direct.IsOutput(view)).Select(view => view.Buffer));
        if (scratch && used.Count > 0)
        {
            writer.Line($"ref {_type} scratch = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(Scratch);");
        }

        if (memory && steps.Any(step => step.Slots.Count > 0))
        {
            writer.Line($"ref {_type} memory = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(Memory);");
        }

        if (steps.Any(step => step.Saves.Count + step.Loads.Count > 0))
        {
            writer.Line($"ref {_type} sequence = ref Row(start); // [time, {CSharp.Int(plan.SequenceStride)}]: what passes leave to later ones");
        }

        foreach (PlanBuffer buffer in plan.Buffers.Where(buffer => used.Contains(buffer.Index)))
        {
            int start = buffer.Offset + (buffer.LeadingRows * buffer.Stride);
            string history = buffer.LeadingRows == 0 ? "" : $", after {CSharp.Count(buffer.LeadingRows, "row")} of history";
            string place = first is null || buffer.HeadRows is not null
                ? StepScope.Add("scratch", start)
                : $"global::System.Runtime.CompilerServices.Unsafe.Add(ref scratch, {(start == 0 ? $"{first} * {CSharp.Int(buffer.Stride)}" : $"{CSharp.Int(start)} + ({first} * {CSharp.Int(buffer.Stride)})")})";
            writer.Line($"ref {_type} {StepScope.Name(buffer.Index)} = ref {place}; // [{(first is null ? "time" : "row")}, {CSharp.Int(buffer.Columns)}], stride {CSharp.Int(buffer.Stride)}{history}");
        }
    }
}
