using System;
using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes the tiles of a linear map: methods for some time steps at a time, of which each has few accumulators, since the JIT stops inlining in large methods. At up to 256
/// bits there are 16 registers: 6 time steps by 2 vectors are 12 accumulators, 2 weights and an input. At 512 bits there are 32, and a panel has 4 vectors:
/// 6 by 4 are 24 accumulators. Single time steps read each weight once for one multiplication: there a tile is as many independent sums as hide the latency.
/// </summary>
/// <param name="element">The number type.</param>
/// <param name="step">The map.</param>
/// <param name="weight">Its weights, in panels.</param>
/// <param name="sourceStride">Elements from x_t to x_(t+1).</param>
/// <param name="targetStride">Elements from y_t to y_(t+1).</param>
internal sealed class LinearTiles(ElementType element, LinearStep step, ConstantTable weight, int sourceStride, int targetStride)
{
    private const int ManyTimes = 6;
    private const int FewTimes = 2;

    private readonly string _type = CSharp.Name(element);

    /// <summary>Vectors of the widest panel at the narrowest width, 128 bits.</summary>
    private int MostVectors => weight.Panel / EvaluationPlan.NarrowestLanesOf(element);

    private bool FillsPanels => weight.Panel == EvaluationPlan.PanelOf(element);

    private string WeightType => weight.IsBFloat16 ? "ushort" : _type;

    /// <summary>The parameters of the kernel after the count of time steps.</summary>
    public string Parameters => $"ref {_type} x, ref {_type} y, ref readonly {WeightType} w{(step.Bias is null ? "" : $", ref readonly {_type} b")}";

    /// <summary>Arguments for <see cref="Parameters"/>.</summary>
    public string Arguments(string x, string y, string w, string b) => $"ref {x}, ref {y}, in {w}{(step.Bias is null ? "" : $", in {b}")}";

    /// <summary>Writes the loops over time of one panel: six time steps at a time, two, one.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The kernel's name.</param>
    /// <param name="columns">The columns of the panel; null: the parameter <c>width</c>.</param>
    public void WriteTimes(CodeWriter writer, string name, int? columns)
    {
        string width = columns is { } all ? CSharp.Int(all) : "width";
        string At(string t) => Arguments(Row("x", t, sourceStride), Row("y", t, targetStride), "w", "b") + ", " + width;
        string six = CSharp.Int(ManyTimes), two = CSharp.Int(FewTimes);
        writer.Line("nuint t = 0, end = (nuint)steps;");
        void Loop(string rows) => writer.Block($"for (; t + {six} <= end; t += {six})", () => writer.Line($"{name}{rows}<TSimd, TVector>({At("t")});"));
        if (FillsPanels)
        {
            writer.Block($"if (TSimd.Count == {CSharp.Int(EvaluationPlan.LanesOf(element))}{(columns is null ? $" && width == {CSharp.Int(weight.Panel)}" : "")})", () => Loop("Rows6Widest"));
            writer.Line();
        }

        Loop("Rows6");
        writer.Line();
        writer.Block($"for (; t + {two} <= end; t += {two})", () => writer.Line($"{name}Rows2<TSimd, TVector>({At("t")});"));
        writer.Line();
        writer.Block("if (t < end)", () => writer.Line($"{name}Row<TSimd, TVector>({At("t")});"));
    }

    /// <summary>Writes the methods that <see cref="WriteTimes"/> calls.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The kernel's name.</param>
    public void WriteRows(CodeWriter writer, string name)
    {
        if (FillsPanels)
        {
            WriteMethod(writer, name + "Rows6Widest", ManyTimes, EvaluationPlan.PanelVectors);
        }

        WriteMethod(writer, name + "Rows6", ManyTimes, 2, 1);
        WriteMethod(writer, name + "Rows2", FewTimes, 4, 1);
        WriteMethod(writer, name + "Row", 1, 8, 4, 1);
    }

    /// <summary>Writes some rows of one panel; the numbers of vectors from many to one, where a panel has as many.</summary>
    private void WriteMethod(CodeWriter writer, string name, int times, params int[] vectors)
    {
        writer.Line();
        writer.Line($"/// <summary>{CSharp.Count(times, "time step")} of one panel: a tile of outputs stays in registers while the inputs run.</summary>");
        writer.KernelMethod("private", name, element, Parameters + ", nuint width", () =>
        {
            writer.Line("nuint c = 0, lanes = (nuint)TSimd.Count;");
            int[] possible = [.. vectors.Where(count => count <= MostVectors)];
            for (int i = 0; i < possible.Length; i++)
            {
                if (i > 0)
                {
                    writer.Line();
                }

                string tile = possible[i] == 1 ? "lanes" : $"({CSharp.Int(possible[i])} * lanes)";
                string condition = possible[i] == 1 ? "c < width" : $"c + {tile} <= width";
                writer.Block($"for (; {condition}; c += {tile.Trim('(', ')')})", () => WriteTile(writer, times, possible[i]));
            }
        });
    }

    private void WriteTile(CodeWriter writer, int times, int vectors)
    {
        int[] rows = [.. Enumerable.Range(0, times)];
        int[] parts = [.. Enumerable.Range(0, vectors)];
        foreach (int p in parts)
        {
            string start = step.Bias is null ? "TSimd.Zero" : $"TSimd.Load(in b, {Plus("c", p)})";
            writer.Line($"TVector y0{p} = {start}{string.Concat(rows.Skip(1).Select(r => $", y{r}{p} = y0{p}"))};");
        }

        int weights = 0;
        foreach (PlanView part in step.Sources)
        {
            int first = part.Column - step.Sources[0].Column;
            string start = weights == 0 ? "c" : $"c + ({CSharp.Int(weights)} * width)";
            writer.Block($"for (nuint i = {CSharp.Int(first)}, k = {start}; i < {CSharp.Int(first + part.Width)}; i++, k += width)", () => WriteProducts(writer, rows, parts));
            weights += part.Width;
        }

        writer.Line();
        foreach (int r in rows)
        {
            foreach (int p in parts)
            {
                writer.Line($"TSimd.Store(y{r}{p}, ref y, {(r == 0 ? "" : CSharp.Int(r * targetStride) + " + ")}{Plus("c", p)});");
            }
        }
    }

    /// <summary>Adds one input's products to a tile.</summary>
    private void WriteProducts(CodeWriter writer, int[] rows, int[] parts)
    {
        foreach (int p in parts)
        {
            writer.Line($"TVector w{p} = TSimd.{(weight.IsBFloat16 ? "LoadBFloat16" : "Load")}(in w, {Plus("k", p)});");
        }

        foreach (int r in rows)
        {
            writer.Line($"TVector x{r} = TSimd.Broadcast(global::System.Runtime.CompilerServices.Unsafe.Add(ref x, i{(r == 0 ? "" : " + " + CSharp.Int(r * sourceStride))}));");
            foreach (int p in parts)
            {
                writer.Line($"y{r}{p} = TSimd.MultiplyAdd(w{p}, x{r}, y{r}{p});");
            }
        }
    }

    private static string Row(string start, string t, int stride) => $"global::System.Runtime.CompilerServices.Unsafe.Add(ref {start}, {t} * {CSharp.Int(stride)})";

    /// <summary>An index, some vectors later.</summary>
    private static string Plus(string start, int vectors) => vectors == 0 ? start : vectors == 1 ? $"{start} + lanes" : $"{start} + ({CSharp.Int(vectors)} * lanes)";
}
