using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes the position-wise linear map. Outputs are lanes; a tile of time steps and vectors of outputs stays in registers while the inputs
/// run. Every output is summed from the bias upwards in the order of the inputs, whatever the tile: a sequence may be cut anywhere.
/// </summary>
internal sealed class LinearKernel : StepWriter<LinearStep>
{
    private const int TimeTile = 4;
    private const int VectorTile = 2;

    /// <summary>Weights above this, in bytes, are gone through once per chunk and not once per tile of time steps.</summary>
    private const int LargeBytes = 128 * 1024;

    /// <summary>Vectors of outputs at a time where there is one time step: as many independent sums as the tile of several steps has.</summary>
    private const int SingleStepVectorTile = 8;

    /// <inheritdoc/>
    protected override void Write(StepScope scope, LinearStep step)
    {
        scope.Comment(step, step.Formula);
        bool half = scope.Plan[step.Weight].IsBFloat16;
        scope.Call(
            $"Linear{CSharp.Int(step.Inputs)}To{CSharp.Int(step.Outputs)}{(half ? "BFloat16" : "")}",
            (w, n) => WriteKernel(w, n, scope.Plan.Element, step, scope.Plan[step.Weight].Columns, scope.Stride(step.Sources[0]), scope.Stride(step.Targets[0]), half),
            StepScope.Ref(step.Sources[0]),
            StepScope.Ref(step.Targets[0]),
            scope.Table(step.Weight),
            scope.Table(step.Bias));
    }

    private static void WriteKernel(CodeWriter writer, string name, ElementType element, LinearStep step, int columns, int sourceStride, int targetStride, bool half)
    {
        string type = CSharp.Name(element);
        string bias = step.Bias is null ? "" : $", ref readonly {type} b";
        writer.Line("/// <summary>");
        writer.Line($"/// <c>y_t = W x_t{(step.Bias is null ? "" : " + b")}</c> for {CSharp.Count(step.Inputs, "input")} and {CSharp.Count(step.Outputs, "output")}; {CSharp.Grouped(step.Operations)} flops per time step.");
        writer.Line("/// </summary>");
        writer.Kernel(name, element, $"ref {type} x, ref {type} y, ref readonly {(half ? "ushort" : type)} w{bias}", () =>
        {
            writer.Line("nuint lanes = (nuint)TSimd.Count;");
            writer.Line("nuint end = (nuint)steps;");
            string four = CSharp.Int(TimeTile);
            if ((long)step.Inputs * columns * (half ? 2 : 4) > LargeBytes)
            {
                // The weights of a tile stay in the cache while time runs: they are larger than it, and what is computed of them is not.
                writer.Line($"nuint t, whole = end / {four} * {four};");
                string time = $"for (t = 0; t < whole; t += {four})";
                WriteColumns(writer, columns, vectors => writer.Block(time, () => WriteTile(writer, step, TimeTile, vectors, columns, sourceStride, targetStride, half)), "nuint c = 0;", braces: true);
                writer.Line("t = whole;");
            }
            else
            {
                writer.Line("nuint t = 0;");
                writer.Block($"for (; t + {four} <= end; t += {four})", () =>
                    WriteColumns(writer, columns, vectors => WriteTile(writer, step, TimeTile, vectors, columns, sourceStride, targetStride, half), "nuint c = 0;", braces: false));
                writer.Line();
            }

            writer.Block("for (; t < end; t++)", () =>
            {
                writer.Line("nuint c = 0;");
                if (columns >= SingleStepVectorTile * NarrowestLanes(element))
                {
                    writer.Block($"for (; c + ({CSharp.Int(SingleStepVectorTile)} * lanes) <= {CSharp.Int(columns)}; c += {CSharp.Int(SingleStepVectorTile)} * lanes)", () =>
                        WriteTile(writer, step, 1, SingleStepVectorTile, columns, sourceStride, targetStride, half));
                    writer.Line();
                }

                writer.Block($"for (; c < {CSharp.Int(columns)}; c += lanes)", () =>
                    WriteTile(writer, step, 1, 1, columns, sourceStride, targetStride, half));
            });
        });
    }

    /// <summary>The tiles of all columns: pairs of vectors, then what is left.</summary>
    private static void WriteColumns(CodeWriter writer, int columns, System.Action<int> tile, string start, bool braces)
    {
        void Loops()
        {
            writer.Line(start);
            writer.Block($"for (; c + ({CSharp.Int(VectorTile)} * lanes) <= {CSharp.Int(columns)}; c += {CSharp.Int(VectorTile)} * lanes)", () => tile(VectorTile));
            writer.Line();
            writer.Block($"for (; c < {CSharp.Int(columns)}; c += lanes)", () => tile(1));
        }

        if (braces)
        {
            writer.Braces(Loops);
            writer.Line();
        }
        else
        {
            Loops();
        }
    }

    private static void WriteTile(CodeWriter writer, LinearStep step, int times, int vectors, int columns, int sourceStride, int targetStride, bool half)
    {
        int[] rows = [.. Enumerable.Range(0, times)];
        int[] parts = [.. Enumerable.Range(0, vectors)];
        foreach (int p in parts)
        {
            string start = step.Bias is null ? "TSimd.Zero" : $"TSimd.Load(in b, {Plus("c", p)})";
            writer.Line($"TVector y0{p} = {start}{string.Concat(rows.Skip(1).Select(r => $", y{r}{p} = y0{p}"))};");
        }

        writer.Line($"nuint row = t * {CSharp.Int(sourceStride)};");
        int weights = 0;
        foreach (PlanView part in step.Sources)
        {
            int first = part.Column - step.Sources[0].Column;
            string start = $"c{(weights == 0 ? "" : $" + {CSharp.Int(weights * columns)}")}";
            writer.Block($"for (nuint i = {CSharp.Int(first)}, k = {start}; i < {CSharp.Int(first + part.Width)}; i++, k += {CSharp.Int(columns)})", () =>
                WriteProducts(writer, rows, parts, sourceStride, half));
            weights += part.Width;
        }

        writer.Line();
        foreach (int r in rows)
        {
            foreach (int p in parts)
            {
                string offset = r == 0 ? "t" : $"(t + {CSharp.Int(r)})";
                writer.Line($"TSimd.Store(y{r}{p}, ref y, ({offset} * {CSharp.Int(targetStride)}) + {Plus("c", p)});");
            }
        }
    }

    /// <summary>Adds one input's products to a tile.</summary>
    private static void WriteProducts(CodeWriter writer, int[] rows, int[] parts, int sourceStride, bool half)
    {
        foreach (int p in parts)
        {
            writer.Line($"TVector w{p} = TSimd.{(half ? "LoadBFloat16" : "Load")}(in w, {Plus("k", p)});");
        }

        foreach (int r in rows)
        {
            string offset = r == 0 ? "row + i" : $"row + i + {CSharp.Int(r * sourceStride)}";
            writer.Line($"TVector x{r} = TSimd.Broadcast(global::System.Runtime.CompilerServices.Unsafe.Add(ref x, {offset}));");
            foreach (int p in parts)
            {
                writer.Line($"y{r}{p} = TSimd.MultiplyAdd(w{p}, x{r}, y{r}{p});");
            }
        }
    }

    /// <summary>An index, some vectors later.</summary>
    private static string Plus(string start, int vectors) => vectors == 0 ? start : vectors == 1 ? $"{start} + lanes" : $"{start} + ({CSharp.Int(vectors)} * lanes)";

    private static int NarrowestLanes(ElementType element) => element == ElementType.Single ? 4 : 2;
}
