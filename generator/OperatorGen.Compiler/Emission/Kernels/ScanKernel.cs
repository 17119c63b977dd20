using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes the constant recurrence. Channels are lanes; a few modes at a time live in registers while time runs through the chunk, so that
/// the inner loop holds six arithmetic instructions per complex mode and step (five fused multiply-adds and a multiplication; counted as
/// 12 flops, as is customary) and two fused multiply-adds per real one.
/// </summary>
internal sealed class ScanKernel : RecurrenceWriter<ScanStep>
{
    private const int ModesAtATime = 4;

    /// <inheritdoc/>
    protected override void Write(StepScope scope, ScanStep step)
    {
        scope.Comment(step, $"s_t = lambda s_(t-1) + v_t; o_t = {(step.Skip is null ? "" : "D v_t + ")}sum_n Re(w_n s_t[n])");
        scope.Call(
            $"Scan{CSharp.Int(step.Source.Width)}x{CSharp.Int(step.Modes)}",
            (w, n) => WriteKernel(w, n, scope.Plan.Element, step, scope.Plan[step.Slot].Columns, scope.Stride(step.Source), scope.Stride(step.Target)),
            StepScope.In(step.Source),
            StepScope.Ref(step.Target),
            scope.Table(step.Transition),
            scope.Table(step.Weight),
            scope.Table(step.Skip),
            scope.Slot(step.Slot));
    }

    /// <inheritdoc/>
    protected override string Waves(TableReader tables, ScanStep step)
    {
        int channels = step.Source.Width;
        return $"global::OperatorGen.Analysis.WaveTable.FromRows({CSharp.Int(channels)}, {CSharp.Int(step.Modes)}, {CSharp.Bool(step.Complex)}, {tables.Read(step.Transition, channels)}, {tables.Read(step.Weight, channels)}, {tables.Read(step.Skip, channels)})";
    }

    private static void WriteKernel(CodeWriter writer, string name, ElementType element, ScanStep step, int columns, int sourceStride, int targetStride)
    {
        string type = CSharp.Name(element);
        string state = step.Complex ? "complex" : "real";
        writer.Line("/// <summary>");
        writer.Line("/// <c>s_t[n] = lambda[n] s_{t-1}[n] + v_t; o_t = D v_t + sum_n Re(w[n] s_t[n])</c>");
        writer.Line($"/// for {CSharp.Count(step.Source.Width, "channel")} of {CSharp.Count(step.Modes, state + " mode")} each; {CSharp.Grouped(step.Operations)} flops per time step.");
        writer.Line("/// </summary>");
        string skip = step.Skip is null ? "" : $"ref readonly {type} d, ";
        writer.Line(CSharp.Kernel);
        writer.Line($"public static void {name}<TSimd, TVector>(int steps, ref readonly {type} v, ref {type} o, ref readonly {type} lambda, ref readonly {type} w, {skip}ref {type} s)");
        writer.Line("    " + CSharp.WidthConstraints(element));
        writer.Braces(() => writer.Block("unchecked", () =>
        {
            writer.Line("nuint end = (nuint)steps;");
            writer.Block($"for (nuint h = 0; h < {CSharp.Int(columns)}; h += (nuint)TSimd.Count)", () =>
            {
                WriteSkip(writer, step, sourceStride, targetStride);
                int whole = step.Modes / ModesAtATime * ModesAtATime;
                int rows = step.Complex ? 2 : 1;
                if (whole > 0)
                {
                    writer.Line();
                    writer.Block($"for (nuint n = h; n < {CSharp.Int(whole * rows * columns)}; n += {CSharp.Int(ModesAtATime * rows * columns)})", () =>
                        WriteModes(writer, step, ModesAtATime, columns, sourceStride, targetStride));
                }

                if (whole < step.Modes)
                {
                    writer.Line();
                    writer.Braces(() =>
                    {
                        writer.Line($"nuint n = h + {CSharp.Int(whole * rows * columns)};");
                        WriteModes(writer, step, step.Modes - whole, columns, sourceStride, targetStride);
                    });
                }
            });
        }));
    }

    private static void WriteSkip(CodeWriter writer, ScanStep step, int sourceStride, int targetStride)
    {
        if (step.Skip is not null)
        {
            writer.Line("TVector skip = TSimd.Load(in d, h);");
        }

        writer.Block(TimeLoop(sourceStride, targetStride), () => writer.Line(step.Skip is null
            ? "TSimd.Store(TSimd.Zero, ref o, y);"
            : "TSimd.Store(TSimd.Multiply(skip, TSimd.Load(in v, x)), ref o, y);"));
    }

    private static void WriteModes(CodeWriter writer, ScanStep step, int count, int columns, int sourceStride, int targetStride)
    {
        int[] modes = [.. Enumerable.Range(0, count)];
        int rows = step.Complex ? 2 : 1;
        string At(int mode, int part) => mode + part == 0 ? "n" : $"n + {CSharp.Int(((mode * rows) + part) * columns)}";
        foreach (int i in modes)
        {
            writer.Line($"TVector ar{i} = TSimd.Load(in lambda, {At(i, 0)}), wr{i} = TSimd.Load(in w, {At(i, 0)}), sr{i} = TSimd.Load(ref s, {At(i, 0)});");
            if (step.Complex)
            {
                writer.Line($"TVector ai{i} = TSimd.Load(in lambda, {At(i, 1)}), wi{i} = TSimd.Load(in w, {At(i, 1)}), si{i} = TSimd.Load(ref s, {At(i, 1)});");
            }
        }

        writer.Block(TimeLoop(sourceStride, targetStride), () =>
        {
            writer.Line("TVector u = TSimd.Load(in v, x);");
            writer.Line("TVector sum = TSimd.Load(ref o, y);");
            foreach (int i in modes)
            {
                if (step.Complex)
                {
                    writer.Line($"TVector re{i} = TSimd.MultiplyAdd(ar{i}, sr{i}, TSimd.NegateMultiplyAdd(ai{i}, si{i}, u));");
                    writer.Line($"si{i} = TSimd.MultiplyAdd(ar{i}, si{i}, TSimd.Multiply(ai{i}, sr{i}));");
                    writer.Line($"sr{i} = re{i};");
                    writer.Line($"sum = TSimd.NegateMultiplyAdd(wi{i}, si{i}, TSimd.MultiplyAdd(wr{i}, sr{i}, sum));");
                }
                else
                {
                    writer.Line($"sr{i} = TSimd.MultiplyAdd(ar{i}, sr{i}, u);");
                    writer.Line($"sum = TSimd.MultiplyAdd(wr{i}, sr{i}, sum);");
                }
            }

            writer.Line("TSimd.Store(sum, ref o, y);");
        });
        foreach (int i in modes)
        {
            writer.Line($"TSimd.Store(sr{i}, ref s, {At(i, 0)});");
            if (step.Complex)
            {
                writer.Line($"TSimd.Store(si{i}, ref s, {At(i, 1)});");
            }
        }
    }

    private static string TimeLoop(int sourceStride, int targetStride) =>
        $"for (nuint t = 0, x = h, y = h; t < end; t++, x += {CSharp.Int(sourceStride)}, y += {CSharp.Int(targetStride)})";
}
