using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes the running sums over time.</summary>
internal sealed class PoolKernel : StepWriter<PoolStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, PoolStep step)
    {
        scope.Comment(step, "the running sum over time, in double");
        scope.Writer.Line("ref double sums = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(Sums);");
        scope.Call(
            $"Pool{CSharp.Int(step.Source.Width)}",
            (w, n) => WriteKernel(w, n, scope.Plan.Element, scope.Plan.SumWidth, scope.Stride(step.Source)),
            StepScope.In(step.Source),
            "ref sums");
    }

    /// <summary>Adds every time step to running sums in double.</summary>
    private static void WriteKernel(CodeWriter writer, string name, ElementType element, int columns, int stride)
    {
        string type = CSharp.Name(element);
        writer.Line("/// <summary>Adds the rows to running sums in double, in the order of time.</summary>");
        writer.Kernel(name, element, $"ref readonly {type} x, ref double sums", () =>
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
                writer.Block($"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)", () =>
                    writer.Line($"TSimd.AddWidened(TSimd.Load(in x, (t * {CSharp.Int(stride)}) + c), ref sums, c);"))));
    }
}

/// <summary>Writes the mean of what was summed.</summary>
internal sealed class MeanWriter : StepWriter<MeanStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, MeanStep step)
    {
        scope.Comment(step, "the mean over all samples seen");
        scope.Writer.Block($"for (int c = 0; c < {CSharp.Int(step.Target.Width)}; c++)", () =>
            scope.Writer.Line($"{StepScope.Element(step.Target, "c")} = ({CSharp.Name(scope.Plan.Element)})(Sums[c] / Steps);"));
    }
}

/// <summary>Writes the newest row into the state.</summary>
internal sealed class KeepWriter : StepWriter<KeepStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, KeepStep step)
    {
        scope.Comment(step, "the newest row");
        scope.Writer.Line($"{Row($"ref {StepScope.Element(step.Source, $"(count - 1) * {CSharp.Int(scope.Stride(step.Source))}")}", step.Source.Width)}.CopyTo({Row(scope.Slot(step.Slot), step.Source.Width)});");
    }

    /// <summary>A row as a span.</summary>
    public static string Row(string start, int width) => $"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan({start}, {CSharp.Int(width)})";
}

/// <summary>Writes the row that was kept.</summary>
internal sealed class RecallWriter : StepWriter<RecallStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, RecallStep step)
    {
        scope.Comment(step, "the newest row");
        scope.Writer.Line($"{KeepWriter.Row(scope.Slot(step.Slot), step.Target.Width)}.CopyTo({KeepWriter.Row(StepScope.Ref(step.Target), step.Target.Width)});");
    }
}
