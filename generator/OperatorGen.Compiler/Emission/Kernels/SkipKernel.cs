using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes the skip: y = o + D v.</summary>
internal sealed class SkipKernel : StepWriter<SkipStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, SkipStep step)
    {
        scope.Comment(step, "y = o + D v");
        scope.Call(
            $"Skip{CSharp.Int(step.Source.Width)}",
            (w, n) => WriteKernel(w, n, scope, step),
            StepScope.In(step.Source),
            StepScope.Ref(step.Readout),
            scope.Table(step.Factor),
            StepScope.Ref(step.Target));
    }

    private static void WriteKernel(CodeWriter writer, string name, StepScope scope, SkipStep step)
    {
        string type = CSharp.Name(scope.Plan.Element);
        writer.Line($"/// <summary><c>y = o + D v</c> for {CSharp.Count(step.Source.Width, "channel")}.</summary>");
        writer.Kernel(name, scope.Plan.Element, $"ref readonly {type} v, ref {type} o, ref readonly {type} d, ref {type} y", () =>
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
                writer.Block($"for (nuint c = 0; c < {CSharp.Int(scope.Plan[step.Factor].Columns)}; c += (nuint)TSimd.Count)", () =>
                {
                    writer.Line($"TVector sum = TSimd.Load(ref o, (t * {CSharp.Int(scope.Stride(step.Readout))}) + c);");
                    writer.Line($"TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(in d, c), TSimd.Load(in v, (t * {CSharp.Int(scope.Stride(step.Source))}) + c), sum), ref y, (t * {CSharp.Int(scope.Stride(step.Target))}) + c);");
                })));
    }
}

/// <summary>Writes the copy of padded parts to one place.</summary>
internal sealed class PackWriter : StepWriter<PackStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, PackStep step)
    {
        const string Memory = "global::System.Runtime.InteropServices.MemoryMarshal";
        scope.Comment(step, "parts side by side, padded with 0");
        CodeWriter writer = scope.Writer;
        int columns = scope.Plan.Pad(step.Target.Width);
        string type = CSharp.Name(scope.Plan.Element);
        writer.Block("for (int t = 0; t < count; t++)", () =>
        {
            writer.Line($"global::System.Span<{type}> row = {Memory}.CreateSpan(ref {StepScope.Element(step.Target, $"t * {CSharp.Int(scope.Stride(step.Target))}")}, {CSharp.Int(columns)});");
            int start = 0;
            foreach (PlanView part in step.Sources)
            {
                writer.Line($"{Memory}.CreateReadOnlySpan(ref {StepScope.Element(part, $"t * {CSharp.Int(scope.Stride(part))}")}, {CSharp.Int(part.Width)}).CopyTo(row.Slice({CSharp.Int(start)}));");
                start += part.Width;
            }

            writer.Line($"row.Slice({CSharp.Int(start)}).Clear();");
        });
    }
}
