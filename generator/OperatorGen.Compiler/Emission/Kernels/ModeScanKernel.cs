using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes modes that are driven by a vector of their own: modes are lanes. Each step waits for the one before it, so several vectors of modes go through time
/// together where there are as many.
/// </summary>
internal sealed class ModeScanKernel : StepWriter<ModeScanStep>
{
    private const int VectorsAtATime = 4;

    /// <inheritdoc/>
    protected override void Write(StepScope scope, ModeScanStep step)
    {
        scope.Comment(step, $"s_t[n] = lambda[n] s_({TimeLoop.Before(step.Timing)})[n] + x_t[n]{Kept(step)}");
        scope.Call(
            $"{(step.Timing.Backward ? "Backward" : "")}ModeScan{CSharp.Int(step.Modes)}",
            (w, n) => WriteKernel(w, n, scope.Plan.Element, step, scope.Plan[step.Slot].Columns, scope.Stride(step.Sources[0]), scope.Stride(step.Targets[0])),
            StepScope.Ref(step.Sources[0]),
            StepScope.Ref(step.Targets[0]),
            scope.Table(step.Transition),
            scope.Slot(step.Slot));
    }

    private static void WriteKernel(CodeWriter writer, string name, ElementType element, ModeScanStep step, int columns, int sourceStride, int targetStride)
    {
        string type = CSharp.Name(element);
        writer.Line("/// <summary>");
        writer.Line($"/// <c>s_t[n] = lambda[n] s_{{{TimeLoop.Before(step.Timing)}}}[n] + x_t[n]{Kept(step)}</c> for {CSharp.Count(step.Modes, step.Complex ? "complex mode" : "real mode")}; {CSharp.Grouped(step.Operations)} flops per time step.");
        writer.Line("/// </summary>");
        writer.Kernel(name, element, $"ref {type} x, ref {type} y, ref readonly {type} lambda, ref {type} s", () =>
        {
            writer.Line("nuint lanes = (nuint)TSimd.Count;");
            writer.Line("nuint end = (nuint)steps;");
            writer.Line("nuint h = 0;");
            writer.Block($"for (; h + ({CSharp.Int(VectorsAtATime)} * lanes) <= {CSharp.Int(columns)}; h += {CSharp.Int(VectorsAtATime)} * lanes)", () =>
                WriteVectors(writer, step, VectorsAtATime, columns, sourceStride, targetStride));
            writer.Line();
            writer.Block($"for (; h < {CSharp.Int(columns)}; h += lanes)", () => WriteVectors(writer, step, 1, columns, sourceStride, targetStride));
        });
    }

    private static void WriteVectors(CodeWriter writer, ModeScanStep step, int count, int columns, int sourceStride, int targetStride)
    {
        int[] vectors = [.. Enumerable.Range(0, count)];
        string At(string start, int vector, int part) =>
            start + (vector == 0 ? "" : vector == 1 ? " + lanes" : $" + ({CSharp.Int(vector)} * lanes)") + (part == 0 ? "" : $" + {CSharp.Int(columns)}");
        foreach (int i in vectors)
        {
            writer.Line($"TVector ar{i} = TSimd.Load(in lambda, {At("h", i, 0)}), sr{i} = TSimd.Load(ref s, {At("h", i, 0)});");
            if (step.Complex)
            {
                writer.Line($"TVector ai{i} = TSimd.Load(in lambda, {At("h", i, 1)}), si{i} = TSimd.Load(ref s, {At("h", i, 1)});");
            }
        }

        writer.Block(TimeLoop.Of(step.Timing, ("i", "h", sourceStride), ("o", "h", targetStride)), () =>
        {
            foreach (int i in vectors)
            {
                string re = $"TSimd.MultiplyAdd(ar{i}, sr{i}, {(step.Complex ? $"TSimd.NegateMultiplyAdd(ai{i}, si{i}, TSimd.Load(ref x, {At("i", i, 0)}))" : $"TSimd.Load(ref x, {At("i", i, 0)})")})";
                string im = $"TSimd.MultiplyAdd(ar{i}, si{i}, TSimd.MultiplyAdd(ai{i}, sr{i}, TSimd.Load(ref x, {At("i", i, 1)})))";
                if (step.Timing.Delay == 1)
                {
                    writer.Line($"TVector re{i} = {re}{(step.Complex ? $", im{i} = {im}" : "")};");
                    Store(i);
                    writer.Line($"sr{i} = re{i};");
                    writer.Lines(step.Complex ? [$"si{i} = im{i};"] : []);
                }
                else
                {
                    writer.Lines(step.Complex ? [$"TVector re{i} = {re};", $"si{i} = {im};", $"sr{i} = re{i};"] : [$"sr{i} = {re};"]);
                    Store(i);
                }
            }
        });
        foreach (int i in vectors)
        {
            writer.Line($"TSimd.Store(sr{i}, ref s, {At("h", i, 0)});");
            if (step.Complex)
            {
                writer.Line($"TSimd.Store(si{i}, ref s, {At("h", i, 1)});");
            }
        }

        void Store(int i)
        {
            writer.Line($"TSimd.Store(sr{i}, ref y, {At("o", i, 0)});");
            writer.Lines(step.Complex ? [$"TSimd.Store(si{i}, ref y, {At("o", i, 1)});"] : []);
        }
    }

    private static string Kept(ModeScanStep step) => step.Timing.Delay == 0 ? "" : $", of which s_({TimeLoop.Read(step.Timing)})[n] is kept";
}
