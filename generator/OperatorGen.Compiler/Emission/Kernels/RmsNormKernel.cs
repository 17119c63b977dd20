using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes the norm by the root mean square over groups of channels.</summary>
internal sealed class RmsNormKernel : StepWriter<RmsNormStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, RmsNormStep step)
    {
        scope.Comment(step, "y = x / sqrt(mean(x^2) + epsilon) * weight");
        scope.Call(
            $"RmsNorm{CSharp.Int(step.Source.Width)}{(step.GroupWidth == step.Source.Width ? "" : $"by{CSharp.Int(step.GroupWidth)}")}",
            (w, n) => WriteKernel(w, n, scope, step),
            StepScope.Ref(step.Source),
            StepScope.Ref(step.Target),
            scope.Table(step.Table));
    }

    private static void WriteKernel(CodeWriter writer, string name, StepScope scope, RmsNormStep step)
    {
        ElementType element = scope.Plan.Element;
        string type = CSharp.Name(element);
        int width = step.Source.Width, columns = scope.Plan.Pad(width);
        string root = $"{CSharp.Literal(1, element)} / {type}.Sqrt((sum / {CSharp.Literal(step.GroupWidth, element)}) + {CSharp.Literal(step.Epsilon, element)})";
        writer.Line("/// <summary>");
        writer.Line($"/// <c>y = x / sqrt(mean(x^2) + epsilon) * weight</c> over {(step.GroupWidth == width ? CSharp.Count(width, "channel") : $"groups of {CSharp.Count(step.GroupWidth, "channel")} of {CSharp.Int(width)}")}.");
        writer.Line("/// The table holds weight, and a mask that is 0 on padding.");
        writer.Line("/// </summary>");
        writer.Kernel(name, element, $"ref readonly {type} x, ref {type} y, ref readonly {type} table", () =>
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
            {
                writer.Line($"nuint i = t * {CSharp.Int(scope.Stride(step.Source))}, j = t * {CSharp.Int(scope.Stride(step.Target))};");
                if (step.GroupWidth == width)
                {
                    NormLoops.Write(writer, element, columns, root);
                }
                else if (step.GroupWidth == scope.Plan.Pad(step.GroupWidth))
                {
                    writer.Block($"for (nuint g = 0; g < {CSharp.Int(width)}; g += {CSharp.Int(step.GroupWidth)})", () =>
                    {
                        writer.Line("TVector squares = TSimd.Zero;");
                        string loop = $"for (nuint c = g; c < g + {CSharp.Int(step.GroupWidth)}; c += (nuint)TSimd.Count)";
                        writer.Block(loop, () => writer.Line("squares = TSimd.MultiplyAdd(TSimd.Load(in x, i + c), TSimd.Load(in x, i + c), squares);"));
                        writer.Line();
                        writer.Line($"{type} sum = TSimd.Sum(squares);");
                        writer.Line($"TVector scale = TSimd.Broadcast({root});");
                        writer.Block(loop, () => writer.Line("TSimd.Store(TSimd.Multiply(TSimd.Multiply(TSimd.Load(in x, i + c), scale), TSimd.Load(in table, c)), ref y, j + c);"));
                    });
                }
                else
                {
                    WriteSmallGroups(writer, type, width, step.GroupWidth, root);
                }
            }));
    }

    /// <summary>Groups that are no whole vectors, number by number.</summary>
    private static void WriteSmallGroups(CodeWriter writer, string type, int width, int group, string root)
    {
        const string Add = "global::System.Runtime.CompilerServices.Unsafe.Add";
        const string AsRef = "global::System.Runtime.CompilerServices.Unsafe.AsRef";
        writer.Line($"ref {type} row = ref {Add}(ref {AsRef}(in x), i), target = ref {Add}(ref y, j), weight = ref {AsRef}(in table);");
        writer.Block($"for (nuint g = 0; g < {CSharp.Int(width)}; g += {CSharp.Int(group)})", () =>
        {
            writer.Line($"{type} sum = 0;");
            string loop = $"for (nuint c = g; c < g + {CSharp.Int(group)}; c++)";
            writer.Block(loop, () => writer.Line($"sum += {Add}(ref row, c) * {Add}(ref row, c);"));
            writer.Line();
            writer.Line($"{type} scale = {root};");
            writer.Block(loop, () => writer.Line($"{Add}(ref target, c) = {Add}(ref row, c) * scale * {Add}(ref weight, c);"));
        });
    }
}

/// <summary>Writes the norm by the length of the vector of channels.</summary>
internal sealed class LengthNormKernel : StepWriter<LengthNormStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, LengthNormStep step)
    {
        scope.Comment(step, "y = x / max(|x|, floor) * sqrt(width) weight");
        scope.Call(
            $"LengthNorm{CSharp.Int(step.Source.Width)}",
            (w, n) => WriteKernel(w, n, scope, step),
            StepScope.Ref(step.Source),
            StepScope.Ref(step.Target),
            scope.Table(step.Table));
    }

    private static void WriteKernel(CodeWriter writer, string name, StepScope scope, LengthNormStep step)
    {
        ElementType element = scope.Plan.Element;
        string type = CSharp.Name(element);
        writer.Line("/// <summary>");
        writer.Line($"/// <c>y = x / max(|x|, floor) * sqrt(width) weight</c> over {CSharp.Count(step.Source.Width, "channel")}.");
        writer.Line("/// The table holds sqrt(width) weight, and a mask that is 0 on padding.");
        writer.Line("/// </summary>");
        writer.Kernel(name, element, $"ref readonly {type} x, ref {type} y, ref readonly {type} table", () =>
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
            {
                writer.Line($"nuint i = t * {CSharp.Int(scope.Stride(step.Source))}, j = t * {CSharp.Int(scope.Stride(step.Target))};");
                NormLoops.Write(writer, element, scope.Plan.Pad(step.Source.Width), $"{CSharp.Literal(1, element)} / {type}.Max({type}.Sqrt(sum), {CSharp.Literal(step.Floor, element)})");
            }));
    }
}

/// <summary>The loops of a norm that divides by what the sum of squares says.</summary>
internal static class NormLoops
{
    /// <summary>Sums squares of the row x at i, and writes the scaled and weighted row to y at j. Sums run in a fixed order, padding counts 0.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="element">The number type.</param>
    /// <param name="columns">The padded channels.</param>
    /// <param name="scale">The factor, an expression of <c>sum</c>.</param>
    public static void Write(CodeWriter writer, ElementType element, int columns, string scale)
    {
        string loop = $"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)";
        writer.Line("TVector squares = TSimd.Zero;");
        writer.Block(loop, () =>
        {
            writer.Line($"TVector masked = TSimd.Multiply(TSimd.Load(in x, i + c), TSimd.Load(in table, c + {CSharp.Int(columns)}));");
            writer.Line("squares = TSimd.MultiplyAdd(masked, masked, squares);");
        });
        writer.Line();
        writer.Line($"{CSharp.Name(element)} sum = TSimd.Sum(squares);");
        writer.Line($"TVector scale = TSimd.Broadcast({scale});");
        writer.Block(loop, () => writer.Line("TSimd.Store(TSimd.Multiply(TSimd.Multiply(TSimd.Load(in x, i + c), scale), TSimd.Load(in table, c)), ref y, j + c);"));
    }
}
