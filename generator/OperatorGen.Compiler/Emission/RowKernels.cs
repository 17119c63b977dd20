using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes the steps that treat every time step by itself: functions, gates, sums, norms, pooling, and the causal convolution.</summary>
internal static class RowKernels
{
    private const int MostUnrolledTaps = 8;

    /// <summary><c>y = expression(x, z)</c> for every element of a row, in whole vectors.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="element">The number type.</param>
    /// <param name="summary">The formula, for the documentation.</param>
    /// <param name="columns">The padded channels.</param>
    /// <param name="strides">Elements from one time step to the next: of x, of z where there is one, of y.</param>
    /// <param name="expression">The vector expression, of <c>TSimd.Load(in x, i)</c> and <c>TSimd.Load(in z, j)</c>.</param>
    public static void WriteElementwise(CodeWriter writer, string name, ElementType element, string summary, int columns, int[] strides, string expression)
    {
        string type = CSharp.Name(element);
        bool two = strides.Length == 3;
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line(CSharp.Kernel);
        writer.Line($"public static void {name}<TSimd, TVector>(int steps, ref readonly {type} x, {(two ? $"ref readonly {type} z, " : "")}ref {type} y)");
        writer.Line("    " + CSharp.WidthConstraints(element));
        writer.Braces(() => writer.Block("unchecked", () =>
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
                writer.Block($"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)", () =>
                {
                    writer.Line($"nuint i = (t * {CSharp.Int(strides[0])}) + c;");
                    if (two)
                    {
                        writer.Line($"nuint j = (t * {CSharp.Int(strides[1])}) + c;");
                    }

                    writer.Line($"TSimd.Store({expression}, ref y, (t * {CSharp.Int(strides[strides.Length - 1])}) + c);");
                }))));
    }

    /// <summary><c>y = factor x + summand</c>, channel by channel; both are 0 on padding.</summary>
    public static void WriteAffine(CodeWriter writer, string name, ElementType element, int columns, int sourceStride, int targetStride)
    {
        string type = CSharp.Name(element);
        writer.Line("/// <summary><c>y = factor x + summand</c>; the table holds factor and summand.</summary>");
        writer.Line(CSharp.Kernel);
        writer.Line($"public static void {name}<TSimd, TVector>(int steps, ref readonly {type} x, ref {type} y, ref readonly {type} table)");
        writer.Line("    " + CSharp.WidthConstraints(element));
        writer.Braces(() => writer.Block("unchecked", () =>
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
                writer.Block($"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)", () =>
                    writer.Line($"TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(in x, (t * {CSharp.Int(sourceStride)}) + c), TSimd.Load(in table, c), TSimd.Load(in table, c + {CSharp.Int(columns)})), ref y, (t * {CSharp.Int(targetStride)}) + c);")))));
    }

    /// <summary>LayerNorm over the channels of each time step; sums run in a fixed order, padding counts 0.</summary>
    public static void WriteLayerNorm(CodeWriter writer, string name, ElementType element, LayerNormStep step, int columns, int sourceStride, int targetStride)
    {
        string type = CSharp.Name(element);
        string width = CSharp.Literal(step.Source.Width, element);
        writer.Line("/// <summary>");
        writer.Line($"/// <c>y = (x - mean(x)) / sqrt(var(x) + epsilon) * weight + bias</c> over {CSharp.Count(step.Source.Width, "channel")}, var with divisor {CSharp.Int(step.Source.Width)}.");
        writer.Line("/// The table holds weight, bias, and a mask that is 0 on padding.");
        writer.Line("/// </summary>");
        writer.Line(CSharp.Kernel);
        writer.Line($"public static void {name}<TSimd, TVector>(int steps, ref readonly {type} x, ref {type} y, ref readonly {type} table)");
        writer.Line("    " + CSharp.WidthConstraints(element));
        string loop = $"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)";
        writer.Braces(() => writer.Block("unchecked", () =>
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
            })));
    }

    /// <summary>The causal depthwise convolution; x starts with the history, which comes from the state and goes back to it.</summary>
    public static void WriteConvolution(CodeWriter writer, string name, ElementType element, ConvolutionStep step, int columns, int sourceStride, int targetStride)
    {
        string type = CSharp.Name(element);
        bool unrolled = step.Taps <= MostUnrolledTaps;
        int[] tap = unrolled ? [.. Enumerable.Range(0, step.Taps)] : [];
        string taps = $"for (nuint j = 0; j < {CSharp.Int(step.Taps)}; j++)";
        string bias = step.Bias < 0 ? "" : $", ref readonly {type} b";
        writer.Line("/// <summary>");
        writer.Line($"/// <c>y_t = {(step.Bias < 0 ? "" : "b + ")}sum_j w[j] x_(t-{CSharp.Int(step.Taps - 1)}+j)</c> for {CSharp.Count(step.Source.Width, "channel")} and {CSharp.Count(step.Taps, "tap")}; {CSharp.Grouped(OperationCount.Of(step))} flops per time step.");
        writer.Line($"/// The first {CSharp.Count(step.Taps, "row")} of x hold its history: the last inputs of the chunk before, kept in s.");
        writer.Line("/// </summary>");
        writer.Line(CSharp.Kernel);
        writer.Line($"public static void {name}<TSimd, TVector>(int steps, ref {type} x, ref {type} y, ref readonly {type} w, ref {type} s{bias})");
        writer.Line("    " + CSharp.WidthConstraints(element));
        writer.Braces(() => writer.Block("unchecked", () =>
            writer.Block($"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)", () =>
            {
                writer.Block(taps, () =>
                    writer.Line($"TSimd.Store(TSimd.Load(ref s, c + (j * {CSharp.Int(columns)})), ref x, c + (j * {CSharp.Int(sourceStride)}));"));
                writer.Line();
                foreach (int j in tap)
                {
                    writer.Line($"TVector w{CSharp.Int(j)} = TSimd.Load(in w, c + {CSharp.Int(j * columns)});");
                }

                writer.Line($"TVector start = {(step.Bias < 0 ? "TSimd.Zero" : "TSimd.Load(in b, c)")};");
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
            })));
    }

    /// <summary>Adds every time step to running sums in double.</summary>
    public static void WritePool(CodeWriter writer, string name, ElementType element, int columns, int stride)
    {
        string type = CSharp.Name(element);
        writer.Line("/// <summary>Adds the rows to running sums in double, in the order of time.</summary>");
        writer.Line(CSharp.Kernel);
        writer.Line($"public static void {name}<TSimd, TVector>(int steps, ref readonly {type} x, ref double sums)");
        writer.Line("    " + CSharp.WidthConstraints(element));
        writer.Braces(() => writer.Block("unchecked", () =>
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
                writer.Block($"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)", () =>
                    writer.Line($"TSimd.AddWidened(TSimd.Load(in x, (t * {CSharp.Int(stride)}) + c), ref sums, c);")))));
    }
}
