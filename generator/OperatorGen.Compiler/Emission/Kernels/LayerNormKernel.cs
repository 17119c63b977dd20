using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes the LayerNorm over the channels of each time step.</summary>
internal sealed class LayerNormKernel : StepWriter<LayerNormStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, LayerNormStep step)
    {
        scope.Comment(step, "y = (x - mean(x)) / sqrt(var(x) + epsilon) * weight + bias");
        scope.Call(
            $"LayerNorm{CSharp.Int(step.Source.Width)}",
            (w, n) => WriteKernel(w, n, scope.Plan.Element, step, scope.Plan[step.Table].Columns, scope.Stride(step.Source), scope.Stride(step.Target)),
            StepScope.Ref(step.Source),
            StepScope.Ref(step.Target),
            scope.Table(step.Table));
    }

    /// <summary>Sums run in a fixed order, padding counts 0.</summary>
    private static void WriteKernel(CodeWriter writer, string name, ElementType element, LayerNormStep step, int columns, int sourceStride, int targetStride)
    {
        string type = CSharp.Name(element);
        string width = CSharp.Literal(step.Source.Width, element);
        writer.Line("/// <summary>");
        writer.Line($"/// <c>y = (x - mean(x)) / sqrt(var(x) + epsilon) * weight + bias</c> over {CSharp.Count(step.Source.Width, "channel")}, var with divisor {CSharp.Int(step.Source.Width)}.");
        writer.Line("/// The table holds weight, bias, and a mask that is 0 on padding.");
        writer.Line("/// </summary>");
        string loop = $"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)";
        writer.Kernel(name, element, $"ref readonly {type} x, ref {type} y, ref readonly {type} table", () =>
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
            {
                writer.Line($"nuint i = t * {CSharp.Int(sourceStride)}, j = t * {CSharp.Int(targetStride)};");
                writer.Line("TVector sum = TSimd.Zero;");
                writer.Block(loop, () => writer.Line($"sum = TSimd.MultiplyAdd(TSimd.Load(in x, i + c), TSimd.Load(in table, c + {CSharp.Int(2 * columns)}), sum);"));
                writer.Line();
                writer.Line($"TVector mean = TSimd.Broadcast(TSimd.Sum(sum) / {width});");
                writer.Line("TVector squares = TSimd.Zero;");
                writer.Block(loop, () =>
                {
                    writer.Line($"TVector d = TSimd.Multiply(TSimd.Subtract(TSimd.Load(in x, i + c), mean), TSimd.Load(in table, c + {CSharp.Int(2 * columns)}));");
                    writer.Line("squares = TSimd.MultiplyAdd(d, d, squares);");
                    writer.Line("TSimd.Store(d, ref y, j + c);");
                });
                writer.Line();
                writer.Line($"TVector scale = TSimd.Broadcast({CSharp.Literal(1, element)} / {type}.Sqrt((TSimd.Sum(squares) / {width}) + {CSharp.Literal(step.Epsilon, element)}));");
                writer.Block(loop, () => writer.Line($"TSimd.Store(TSimd.MultiplyAdd(TSimd.Multiply(TSimd.Load(ref y, j + c), scale), TSimd.Load(in table, c), TSimd.Load(in table, c + {CSharp.Int(columns)})), ref y, j + c);"));
            }));
    }
}
