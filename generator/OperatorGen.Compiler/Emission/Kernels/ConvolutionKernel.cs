using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes the causal depthwise convolution.</summary>
internal sealed class ConvolutionKernel : StepWriter<ConvolutionStep>
{
    private const int MostUnrolledTaps = 8;

    /// <inheritdoc/>
    protected override void Write(StepScope scope, ConvolutionStep step)
    {
        scope.Comment(step, $"causal convolution over {CSharp.Int(step.Taps)} steps");
        scope.Call(
            $"Convolution{CSharp.Int(step.Taps)}x{CSharp.Int(step.Source.Width)}",
            (w, n) => WriteKernel(w, n, scope.Plan.Element, step, scope.Plan[step.Slot].Columns, scope.Stride(step.Source), scope.Stride(step.Target)),
            scope.History(step.Source),
            StepScope.Ref(step.Target),
            scope.Table(step.Weight),
            scope.Slot(step.Slot),
            scope.Table(step.Bias));
    }

    /// <summary>x starts with the history, which comes from the state and goes back to it.</summary>
    private static void WriteKernel(CodeWriter writer, string name, ElementType element, ConvolutionStep step, int columns, int sourceStride, int targetStride)
    {
        string type = CSharp.Name(element);
        bool unrolled = step.Taps <= MostUnrolledTaps;
        int[] tap = unrolled ? [.. Enumerable.Range(0, step.Taps)] : [];
        string taps = $"for (nuint j = 0; j < {CSharp.Int(step.Taps)}; j++)";
        string bias = step.Bias is null ? "" : $", ref readonly {type} b";
        writer.Line("/// <summary>");
        writer.Line($"/// <c>y_t = {(step.Bias is null ? "" : "b + ")}sum_j w[j] x_(t-{CSharp.Int(step.Taps - 1)}+j)</c> for {CSharp.Count(step.Source.Width, "channel")} and {CSharp.Count(step.Taps, "tap")}; {CSharp.Grouped(step.Operations)} flops per time step.");
        writer.Line($"/// The first {CSharp.Count(step.Taps, "row")} of x hold its history: the last inputs of the chunk before, kept in s.");
        writer.Line("/// </summary>");
        string parameters = $"ref {type} x, ref {type} y, ref readonly {type} w, ref {type} s{bias}";
        writer.Kernel(name, element, parameters, () =>
        {
            writer.Block("if (steps == 1)", () =>
            {
                writer.Line($"{name}Step<TSimd, TVector>(ref x, ref y, in w, ref s{(step.Bias is null ? "" : ", in b")});");
                writer.Line("return;");
            });
            writer.Line();
            writer.Block($"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)", () =>
            {
                writer.Block(taps, () =>
                    writer.Line($"TSimd.Store(TSimd.Load(ref s, c + (j * {CSharp.Int(columns)})), ref x, c + (j * {CSharp.Int(sourceStride)}));"));
                writer.Line();
                foreach (int j in tap)
                {
                    writer.Line($"TVector w{CSharp.Int(j)} = TSimd.Load(in w, c + {CSharp.Int(j * columns)});");
                }

                writer.Line($"TVector start = {(step.Bias is null ? "TSimd.Zero" : "TSimd.Load(in b, c)")};");
                writer.Block($"for (nuint t = 0, i = c, o = c; t < (nuint)steps; t++, i += {CSharp.Int(sourceStride)}, o += {CSharp.Int(targetStride)})", () =>
                {
                    writer.Line("TVector sum = start;");
                    foreach (int j in tap)
                    {
                        writer.Line($"sum = TSimd.MultiplyAdd(w{CSharp.Int(j)}, TSimd.Load(ref x, i + {CSharp.Int((j + 1) * sourceStride)}), sum);");
                    }

                    if (!unrolled)
                    {
                        writer.Block(taps, () =>
                            writer.Line($"sum = TSimd.MultiplyAdd(TSimd.Load(in w, c + (j * {CSharp.Int(columns)})), TSimd.Load(ref x, i + ((j + 1) * {CSharp.Int(sourceStride)})), sum);"));
                        writer.Line();
                    }

                    writer.Line("TSimd.Store(sum, ref y, o);");
                });
                writer.Line();
                writer.Line($"nuint last = c + ((nuint)steps * {CSharp.Int(sourceStride)});");
                writer.Block(taps, () =>
                    writer.Line($"TSimd.Store(TSimd.Load(ref x, last + (j * {CSharp.Int(sourceStride)})), ref s, c + (j * {CSharp.Int(columns)}));"));
            });
        });
        writer.Line();
        writer.Line("/// <summary>One time step: the same sum, of the history in s, which moves on; the rows before it in x are not touched.</summary>");
        writer.KernelMethod("private", name + "Step", element, parameters, () => WriteStep(writer, step, columns, sourceStride));
    }

    private static void WriteStep(CodeWriter writer, ConvolutionStep step, int columns, int sourceStride) =>
        writer.Block($"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)", () =>
        {
            string last = CSharp.Int((step.Taps - 1) * columns);
            writer.Line($"TVector newest = TSimd.Load(ref x, c + {CSharp.Int(step.Taps * sourceStride)}), sum = {(step.Bias is null ? "TSimd.Zero" : "TSimd.Load(in b, c)")};");
            writer.Block($"for (nuint j = c; j < {last}; j += {CSharp.Int(columns)})", () =>
            {
                writer.Line($"TVector old = TSimd.Load(ref s, j + {CSharp.Int(columns)});");
                writer.Line("TSimd.Store(old, ref s, j);");
                writer.Line("sum = TSimd.MultiplyAdd(TSimd.Load(in w, j), old, sum);");
            });
            writer.Line();
            writer.Line($"TSimd.Store(newest, ref s, c + {last});");
            writer.Line($"TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(in w, c + {last}), newest, sum), ref y, c);");
        });
}
