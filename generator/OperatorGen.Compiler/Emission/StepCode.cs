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
        string suffix = plan.Element == ElementType.Single ? "F" : "D";
        string parameters = $"global::System.ReadOnlySpan<{_type}> input, global::System.Span<{_type}> output, int steps";
        writer.Block($"internal void Run({parameters}, global::OperatorGen.VectorWidth width)", () =>
        {
            string Condition(int bits) =>
                $"width == global::OperatorGen.VectorWidth.Bits{CSharp.Int(bits)} || (width == global::OperatorGen.VectorWidth.Widest && global::System.Runtime.Intrinsics.Vector{CSharp.Int(bits)}.IsHardwareAccelerated)";
            string Call(int bits) =>
                $"Run<global::OperatorGen.Vectors.Simd{CSharp.Int(bits)}{suffix}, global::System.Runtime.Intrinsics.Vector{CSharp.Int(bits)}<{_type}>>(input, output, steps);";
            writer.Block($"if ({Condition(512)})", () => writer.Line(Call(512)));
            writer.Block($"else if ({Condition(256)})", () => writer.Line(Call(256)));
            writer.Block("else", () => writer.Line(Call(128)));
        });
        writer.Line();
        writer.Line(CSharp.Kernel);
        writer.Block($"private void Run<TSimd, TVector>({parameters})\n    {CSharp.WidthConstraints(plan.Element)}", () =>
        {
            // A state of the second precision has its own chunk length: its scratch memory is cut to that.
            writer.Line($"const int chunk = {CSharp.Int(plan.ChunkLength)};");
            writer.Block("for (int start = 0, count; start < steps; start += count)", () =>
            {
                writer.Line("count = global::System.Math.Min(chunk, steps - start);");
                writer.Line(plan.Pooled
                    ? "Chunk<TSimd, TVector>(input.Slice(start * InputWidth, count * InputWidth), count);"
                    : "Chunk<TSimd, TVector>(input.Slice(start * InputWidth, count * InputWidth), output.Slice(start * OutputWidth, count * OutputWidth), count);");
                writer.Line("Advance(count);");
            });
            if (plan.Pooled)
            {
                writer.Line();
                writer.Line("Head<TSimd, TVector>(output);");
            }
        });
        writer.Line();
        string chunkOutput = plan.Pooled ? "" : $"global::System.Span<{_type}> output, ";
        writer.Line(CSharp.Kernel);
        writer.Block($"private void Chunk<TSimd, TVector>(global::System.ReadOnlySpan<{_type}> input, {chunkOutput}int count)\n    {CSharp.WidthConstraints(plan.Element)}", () =>
            WriteSteps(writer, plan.Steps));
        if (plan.Pooled)
        {
            writer.Line();
            writer.Line(CSharp.Kernel);
            writer.Block($"private void Head<TSimd, TVector>(global::System.Span<{_type}> output)\n    {CSharp.WidthConstraints(plan.Element)}", () =>
            {
                writer.Line("const int count = 1;");
                WriteSteps(writer, plan.HeadSteps);
            });
        }
    }

    private void WriteSteps(CodeWriter writer, IReadOnlyList<PlanStep> steps)
    {
        List<PlanBuffer> used = [.. plan.Buffers.Where(b => steps.Any(s => Uses(s, b.Index)))];
        writer.Line($"ref {_type} scratch = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(Scratch);");
        if (steps.Any(s => s is ScanStep or SelectiveScanStep or ConvolutionStep or KeepStep or RecallStep))
        {
            writer.Line($"ref {_type} memory = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(Memory);");
        }

        foreach (PlanBuffer buffer in used)
        {
            int start = buffer.Offset + (buffer.LeadingRows * buffer.Stride);
            string history = buffer.LeadingRows == 0 ? "" : $", after {CSharp.Count(buffer.LeadingRows, "row")} of history";
            writer.Line($"ref {_type} {Name(buffer.Index)} = ref {Add("scratch", start)}; // [time, {CSharp.Int(buffer.Columns)}], stride {CSharp.Int(buffer.Stride)}{history}");
        }

        foreach (PlanStep step in steps)
        {
            writer.Line();
            WriteStep(writer, step);
        }
    }

    private void WriteStep(CodeWriter writer, PlanStep step)
    {
        switch (step)
        {
            case LoadInputStep s:
                WriteLoad(writer, s);
                break;
            case LinearStep s:
                Comment(writer, s, s.Bias < 0 ? "y = W x" : "y = W x + b");
                Call(writer, $"Linear{CSharp.Int(s.Source.Width)}To{CSharp.Int(s.Outputs)}", (w, n) => LinearKernel.Write(w, n, plan.Element, s, plan.Tables[s.Weight].Columns, Stride(s.Source), Stride(s.Target)),
                    Ref(s.Source), Ref(s.Target), Table(s.Weight), OptionalTable(s.Bias));
                break;
            case LayerNormStep s:
                Comment(writer, s, "y = (x - mean(x)) / sqrt(var(x) + epsilon) * weight + bias");
                Call(writer, $"LayerNorm{CSharp.Int(s.Source.Width)}", (w, n) => RowKernels.WriteLayerNorm(w, n, plan.Element, s, plan.Tables[s.Table].Columns, Stride(s.Source), Stride(s.Target)),
                    Ref(s.Source), Ref(s.Target), Table(s.Table));
                break;
            case AffineStep s:
                Comment(writer, s, "y = factor x + summand");
                Call(writer, $"Affine{CSharp.Int(s.Source.Width)}", (w, n) => RowKernels.WriteAffine(w, n, plan.Element, plan.Tables[s.Table].Columns, Stride(s.Source), Stride(s.Target)),
                    In(s.Source), Ref(s.Target), Table(s.Table));
                break;
            case ConvolutionStep s:
                Comment(writer, s, $"causal convolution over {CSharp.Int(s.Taps)} steps");
                Call(writer, $"Convolution{CSharp.Int(s.Taps)}x{CSharp.Int(s.Source.Width)}", (w, n) => RowKernels.WriteConvolution(w, n, plan.Element, s, plan.Slots[s.Slot].Columns, Stride(s.Source), Stride(s.Target)),
                    "ref " + Add("scratch", plan.Buffers[s.Source.Buffer].Offset + s.Source.Column), Ref(s.Target), Table(s.Weight), Slot(s.Slot), OptionalTable(s.Bias));
                break;
            case ScanStep s:
                Comment(writer, s, $"s_t = lambda s_(t-1) + v_t; o_t = {(s.Skip < 0 ? "" : "D v_t + ")}sum_n Re(w_n s_t[n])");
                Call(writer, $"Scan{CSharp.Int(s.Source.Width)}x{CSharp.Int(s.Modes)}", (w, n) => ScanKernel.Write(w, n, plan.Element, s, plan.Slots[s.Slot].Columns, Stride(s.Source), Stride(s.Target)),
                    In(s.Source), Ref(s.Target), Table(s.Transition), Table(s.Weight), OptionalTable(s.Skip), Slot(s.Slot));
                break;
            case SelectiveScanStep s:
                Comment(writer, s, "s_t[n] = e^(Delta_t A[n]) s_(t-1)[n] + Delta_t B_t[n] v_t; o_t = D v_t + sum_n C_t[n] s_t[n]");
                Call(writer, $"SelectiveScan{CSharp.Int(s.Source.Width)}x{CSharp.Int(s.Modes)}", (w, n) => SelectiveScanKernel.Write(w, n, plan, s),
                    In(s.Source), Ref(s.Target), In(s.Delta), Ref(s.B), Ref(s.C), Table(s.Transition), Slot(s.Slot), OptionalTable(s.Skip));
                break;
            case MapStep s:
                Comment(writer, s, $"y = {s.Function}(x)");
                Elementwise(writer, "Map", $"<c>y = {CSharp.Xml(s.Function)}(x)</c> for {CSharp.Count(s.Source.Width, "channel")}.", s.Target, [s.Source], CSharp.Function(s.Function, "TSimd.Load(in x, i)", plan.Element));
                break;
            case GateStep s:
                Comment(writer, s, $"y = x * {s.Function}(z)");
                Elementwise(writer, "Gate", $"<c>y = x {CSharp.Xml(s.Function)}(z)</c> for {CSharp.Count(s.Value.Width, "channel")}.", s.Target, [s.Value, s.Gate], $"TSimd.Multiply(TSimd.Load(in x, i), {CSharp.Function(s.Function, "TSimd.Load(in z, j)", plan.Element)})");
                break;
            case AddStep s:
                Comment(writer, s, "the residual: y = y + x");
                Elementwise(writer, "Add", $"<c>y = x + z</c> for {CSharp.Count(s.Source.Width, "channel")}.", s.Target, [s.Source, s.Target], "TSimd.Add(TSimd.Load(in x, i), TSimd.Load(in z, j))");
                break;
            case PoolStep s:
                Comment(writer, s, "the running sum over time, in double");
                writer.Line($"ref double sums = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(Sums);");
                Call(writer, $"Pool{CSharp.Int(s.Source.Width)}", (w, n) => RowKernels.WritePool(w, n, plan.Element, plan.SumWidth, Stride(s.Source)), In(s.Source), "ref sums");
                break;
            case MeanStep s:
                Comment(writer, s, "the mean over all samples seen");
                writer.Block($"for (int c = 0; c < {CSharp.Int(s.Target.Width)}; c++)", () =>
                    writer.Line($"{Element(s.Target, "c")} = ({_type})(Sums[c] / Steps);"));
                break;
            case KeepStep s:
                Comment(writer, s, "the newest row");
                writer.Line($"{Row($"ref {Element(s.Source, $"(count - 1) * {CSharp.Int(Stride(s.Source))}")}", s.Source.Width)}.CopyTo({Row(Slot(s.Slot), s.Source.Width)});");
                break;
            case RecallStep s:
                Comment(writer, s, "the newest row");
                writer.Line($"{Row(Slot(s.Slot), s.Target.Width)}.CopyTo({Row(Ref(s.Target), s.Target.Width)});");
                break;
            case SoftmaxStep s:
                string exponential = "e^(x - max x)";
                Comment(writer, s, s.Log ? $"y = x - max x - log sum {exponential}" : $"y = {exponential} / sum {exponential}");
                Call(writer, $"{(s.Log ? "Log" : "")}Softmax{CSharp.Int(s.Source.Width)}", (w, n) => SoftmaxKernel.Write(w, n, plan.Element, s, plan.Pad(s.Source.Width), Stride(s.Source), Stride(s.Target)),
                    In(s.Source), Ref(s.Target));
                break;
            case StoreOutputStep s:
                Comment(writer, s, "rows without padding");
                writer.Block("for (int t = 0; t < count; t++)", () =>
                    writer.Line($"global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref {Element(s.Source, $"t * {CSharp.Int(Stride(s.Source))}")}, OutputWidth).CopyTo(output.Slice(t * OutputWidth, OutputWidth));"));
                break;
        }
    }

    private void WriteLoad(CodeWriter writer, LoadInputStep step)
    {
        string stride = CSharp.Int(Stride(step.Target));
        int padding = plan.Buffers[step.Target.Buffer].Columns - step.Target.Width;
        Comment(writer, step, step.Scale < 0 ? "rows, padded with 0" : "scale * input + offset, padded with 0");
        writer.Block("for (int t = 0; t < count; t++)", () =>
        {
            writer.Line($"global::System.Span<{_type}> row = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref {Element(step.Target, $"t * {stride}")}, {CSharp.Int(step.Target.Width + padding)});");
            if (step.Scale < 0)
            {
                writer.Line("input.Slice(t * InputWidth, InputWidth).CopyTo(row);");
            }
            else
            {
                writer.Block("for (int c = 0; c < InputWidth; c++)", () => writer.Line(
                    $"row[c] = (input[(t * InputWidth) + c] * {helper}.{plan.Tables[step.Scale].Name}[c]) + {helper}.{plan.Tables[step.Offset].Name}[c];"));
                writer.Line();
            }

            if (padding > 0)
            {
                writer.Line("row.Slice(InputWidth).Clear();");
            }
        });
    }

    private void Elementwise(CodeWriter writer, string stem, string summary, PlanView target, PlanView[] sources, string expression)
    {
        int[] strides = [.. sources.Select(Stride), Stride(target)];
        int columns = plan.Pad(target.Width);
        Call(
            writer,
            stem + CSharp.Int(target.Width),
            (w, n) => RowKernels.WriteElementwise(w, n, plan.Element, summary, columns, strides, expression),
            [.. sources.Select(In), Ref(target)]);
    }

    private void Call(CodeWriter writer, string stem, System.Action<CodeWriter, string> write, params string[] arguments)
    {
        string name = kernels.Get(stem, write);
        string list = string.Join(", ", arguments.Where(a => a.Length > 0));
        writer.Line($"{helper}.{name}<TSimd, TVector>(count, {list});");
    }

    private static void Comment(CodeWriter writer, PlanStep step, string formula)
    {
        long flops = OperationCount.Of(step);
        string cost = flops == 0 ? "" : $" ({CSharp.Grouped(flops)} flops per time step)";
        writer.Line($"// {step.Heading.Replace('\n', ' ').Replace('\r', ' ')}: {formula}{cost}");
    }

    private static bool Uses(PlanStep step, int buffer) => ViewsOf(step).Any(v => v.Buffer == buffer);

    private static IEnumerable<PlanView> ViewsOf(PlanStep step) => step switch
    {
        LoadInputStep s => [s.Target],
        LinearStep s => [s.Source, s.Target],
        LayerNormStep s => [s.Source, s.Target],
        AffineStep s => [s.Source, s.Target],
        KeepStep s => [s.Source],
        RecallStep s => [s.Target],
        SoftmaxStep s => [s.Source, s.Target],
        ConvolutionStep s => [s.Target],
        MapStep s => [s.Source, s.Target],
        ScanStep s => [s.Source, s.Target],
        SelectiveScanStep s => [s.Source, s.Target, s.Delta, s.B, s.C],
        GateStep s => [s.Value, s.Gate, s.Target],
        AddStep s => [s.Source, s.Target],
        PoolStep s => [s.Source],
        MeanStep s => [s.Target],
        StoreOutputStep s => [s.Source],
        _ => [],
    };

    private static string Row(string start, int width) =>
        $"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan({start}, {CSharp.Int(width)})";

    private static string Ref(PlanView view) => "ref " + Element(view, null);

    private static string In(PlanView view) => view.Column == 0 ? "in " + Name(view.Buffer) : "in " + Element(view, null);

    private static string Element(PlanView view, string? index)
    {
        string column = view.Column == 0 ? "" : CSharp.Int(view.Column);
        string offset = index is null ? column : column.Length == 0 ? index : $"({index}) + {column}";
        return offset.Length == 0 ? Name(view.Buffer) : $"global::System.Runtime.CompilerServices.Unsafe.Add(ref {Name(view.Buffer)}, {offset})";
    }

    private string Table(int index) => $"in global::System.Runtime.InteropServices.MemoryMarshal.GetReference({helper}.{plan.Tables[index].Name})";

    private string OptionalTable(int index) => index < 0 ? "" : Table(index);

    private string Slot(int index) => "ref " + Add("memory", plan.Slots[index].Offset);

    private static string Add(string start, int offset) => offset == 0 ? start : $"global::System.Runtime.CompilerServices.Unsafe.Add(ref {start}, {CSharp.Int(offset)})";

    private static string Name(int buffer) => "x" + CSharp.Int(buffer);

    private int Stride(PlanView view) => plan.Buffers[view.Buffer].Stride;
}
