using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes the softmax of every row, or its logarithm. With the greatest score taken off first no exponential overflows and their sum is at least 1. The
/// exponentials are vectors; greatest score and sum run over the row's numbers in order, the sum in double, so that they do not depend on the vector width.
/// </summary>
internal sealed class SoftmaxKernel : StepWriter<SoftmaxStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, SoftmaxStep step)
    {
        const string Exponential = "e^(x - max x)";
        scope.Comment(step, step.Log ? $"y = x - max x - log sum {Exponential}" : $"y = {Exponential} / sum {Exponential}");
        scope.Call(
            $"{(step.Log ? "Log" : "")}Softmax{CSharp.Int(step.Source.Width)}",
            (w, n) => WriteKernel(w, n, scope.Plan.Element, step, scope.Plan.Pad(step.Source.Width), scope.Stride(step.Source), scope.Stride(step.Target)),
            StepScope.In(step.Source),
            StepScope.Ref(step.Target));
    }

    private static void WriteKernel(CodeWriter writer, string name, ElementType element, SoftmaxStep step, int columns, int sourceStride, int targetStride)
    {
        string type = CSharp.Name(element);
        string loop = $"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)";
        string numbers = $"for (nuint c = 0; c < {CSharp.Int(step.Source.Width)}; c++)";
        string Element(string start, string place) => $"global::System.Runtime.CompilerServices.Unsafe.Add(ref {start}, {place} + c)";
        writer.Line("/// <summary>");
        writer.Line($"/// <c>y = {(step.Log ? "x - m - log sum e^(x - m)" : "e^(x - m) / sum e^(x - m)")}</c>, m the greatest x, over {CSharp.Count(step.Source.Width, "channel")}.");
        writer.Line("/// </summary>");
        writer.Kernel(name, element, $"ref readonly {type} x, ref {type} y", () =>
        {
            writer.Line($"ref {type} source = ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in x);");
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
            {
                writer.Line($"nuint i = t * {CSharp.Int(sourceStride)}, j = t * {CSharp.Int(targetStride)};");
                writer.Line($"{type} greatest = {type}.NegativeInfinity;");
                writer.Block(numbers, () => writer.Line($"greatest = global::System.Math.Max(greatest, {Element("source", "i")});"));
                writer.Line();
                writer.Line("TVector m = TSimd.Broadcast(greatest);");
                writer.Block(loop, () => writer.Line(
                    $"TSimd.Store({CSharp.Exponential("TSimd.Subtract(TSimd.Load(in x, i + c), m)", element)}, ref y, j + c);"));
                writer.Line();
                writer.Line("double sum = 0;");
                writer.Block(numbers, () => writer.Line($"sum += {Element("y", "j")};"));
                writer.Line();
                writer.Line($"TVector s = TSimd.Broadcast(({type}){(step.Log ? "global::System.Math.Log(sum)" : "sum")});");
                writer.Block(loop, () => writer.Line(step.Log
                    ? "TSimd.Store(TSimd.Subtract(TSimd.Subtract(TSimd.Load(in x, i + c), m), s), ref y, j + c);"
                    : "TSimd.Store(TSimd.Divide(TSimd.Load(ref y, j + c), s), ref y, j + c);"));
            });
        });
    }
}
