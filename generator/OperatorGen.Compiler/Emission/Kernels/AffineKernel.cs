using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes y = factor x + summand, channel by channel; both are 0 on padding.</summary>
internal sealed class AffineKernel : StepWriter<AffineStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, AffineStep step)
    {
        scope.Comment(step, "y = factor x + summand");
        scope.Call(
            $"Affine{CSharp.Int(step.Source.Width)}",
            (w, n) => WriteKernel(w, n, scope.Plan.Element, scope.Plan[step.Table].Columns, scope.Stride(step.Source), scope.Stride(step.Target)),
            StepScope.In(step.Source),
            StepScope.Ref(step.Target),
            scope.Table(step.Table));
    }

    private static void WriteKernel(CodeWriter writer, string name, ElementType element, int columns, int sourceStride, int targetStride)
    {
        string type = CSharp.Name(element);
        writer.Line("/// <summary><c>y = factor x + summand</c>; the table holds factor and summand.</summary>");
        writer.Kernel(name, element, $"ref readonly {type} x, ref {type} y, ref readonly {type} table", () =>
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
                writer.Block($"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)", () =>
                    writer.Line($"TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(in x, (t * {CSharp.Int(sourceStride)}) + c), TSimd.Load(in table, c), TSimd.Load(in table, c + {CSharp.Int(columns)})), ref y, (t * {CSharp.Int(targetStride)}) + c);"))));
    }
}
