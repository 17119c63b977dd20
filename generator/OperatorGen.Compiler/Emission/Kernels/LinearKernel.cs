using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes the position-wise linear map. Outputs are lanes; a tile of time steps and vectors of outputs stays in registers while the inputs run
/// (<see cref="LinearTiles"/>). The weights are gone through panel by panel, in the order of the memory, all time steps for each: where the weights are larger than a
/// cache, they come from memory once. Every output is summed from the bias upwards in the order of the inputs, whatever the tile: a sequence may be cut anywhere.
/// </summary>
internal sealed class LinearKernel : StepWriter<LinearStep>
{
    private const int LeastSharedBytes = 128 * 1024;

    /// <inheritdoc/>
    protected override void Write(StepScope scope, LinearStep step)
    {
        scope.Comment(step, step.Formula);
        ConstantTable weight = scope.Plan[step.Weight];
        var tiles = new LinearTiles(scope.Plan.Element, step, weight, scope.Stride(step.Sources[0]), scope.Stride(step.Targets[0]));
        string stem = $"Linear{CSharp.Int(step.Inputs)}To{CSharp.Int(step.Outputs)}{(weight.IsBFloat16 ? "BFloat16" : "")}";
        string source = StepScope.Ref(step.Sources[0]), target = StepScope.Ref(step.Targets[0]);
        if (!IsShared(scope.Plan, weight))
        {
            scope.Call(stem, (w, n) => WriteKernel(w, n, scope.Plan.Element, step, weight, tiles), source, target, scope.Table(step.Weight), scope.Table(step.Bias));
            return;
        }

        string kernel = scope.Kernel(stem, (w, n) => WriteSharedKernel(w, n, scope.Plan.Element, step, weight, tiles));
        string bias = step.Bias is null ? $"in global::System.Runtime.CompilerServices.Unsafe.NullRef<{CSharp.Name(scope.Plan.Element)}>()" : scope.Table(step.Bias);
        scope.Writer.Line($"global::OperatorGen.ComputeThreads.Run(Threads, {kernel}, {CSharp.Int(Panels(weight))}, count, {source}, {target}, {scope.Table(step.Weight)}, {bias});");
    }

    /// <summary>Whether the threads of a state share the product: what it reads takes longer than telling them.</summary>
    private static bool IsShared(EvaluationPlan plan, ConstantTable weight) =>
        plan.IsCausal && Panels(weight) > 1 && (long)weight.Rows * weight.Columns * weight.StoredSize(plan.Element) >= LeastSharedBytes;

    private static int Panels(ConstantTable weight) => (weight.Columns + weight.Panel - 1) / weight.Panel;

    /// <summary>A kernel that computes some of the panels.</summary>
    private static void WriteSharedKernel(CodeWriter writer, string name, ElementType element, LinearStep step, ConstantTable weight, LinearTiles tiles)
    {
        WriteSummary(writer, step, " The panels from <c>first</c> to <c>end</c> - 1.");
        string type = CSharp.Name(element), panel = CSharp.Int(weight.Panel);
        string bias = step.Bias is null ? $", ref readonly {type} b" : "";
        writer.KernelMethod("public", name, element, $"int first, int end, int steps, {tiles.Parameters}{bias}", () => writer.Block("for (int panel = first; panel < end; panel++)", () =>
        {
            bool ragged = weight.Columns % weight.Panel != 0;
            writer.Line($"nint c = (nint)panel * {panel};");
            writer.Line($"{name}Panel<TSimd, TVector>(steps, {PanelArguments(tiles, step, "c")}, {(ragged ? $"(nuint)global::System.Math.Min({panel}, {CSharp.Int(weight.Columns)} - c)" : panel)});");
        }));
        WritePanel(writer, name, element, tiles);
    }

    private static void WriteSummary(CodeWriter writer, LinearStep step, string more)
    {
        string bias = step.Bias is null ? "" : " + b";
        writer.Line("/// <summary>");
        writer.Line($"/// <c>y_t = W x_t{bias}</c> for {CSharp.Count(step.Inputs, "input")} and {CSharp.Count(step.Outputs, "output")}; {CSharp.Grouped(step.Operations)} flops per time step.{more}");
        writer.Line("/// </summary>");
    }

    private static void WritePanel(CodeWriter writer, string name, ElementType element, LinearTiles tiles)
    {
        writer.Line();
        writer.Line("/// <summary>The outputs of one panel, whose rows of weights have <c>width</c> columns.</summary>");
        writer.Kernel(name + "Panel", element, tiles.Parameters + ", nuint width", () => tiles.WriteTimes(writer, name, null));
        tiles.WriteRows(writer, name);
    }

    /// <summary>The arguments of a panel whose first output is c.</summary>
    private static string PanelArguments(LinearTiles tiles, LinearStep step, string c) =>
        tiles.Arguments("x", Add("y", c), Add("w", $"{c} * {CSharp.Int(step.Inputs)}"), Add("b", c));

    private static void WriteKernel(CodeWriter writer, string name, ElementType element, LinearStep step, ConstantTable weight, LinearTiles tiles)
    {
        WriteSummary(writer, step, "");
        bool one = weight.Panel == weight.Columns;
        writer.Kernel(name, element, tiles.Parameters, () =>
        {
            if (one)
            {
                tiles.WriteTimes(writer, name, weight.Columns);
                return;
            }

            string panel = CSharp.Int(weight.Panel);
            int whole = weight.Columns / weight.Panel * weight.Panel;
            writer.Block($"for (nint c = 0; c < {CSharp.Int(whole)}; c += {panel})", () => writer.Line($"{name}Panel<TSimd, TVector>(steps, {PanelArguments(tiles, step, "c")}, {panel});"));
            if (whole < weight.Columns)
            {
                writer.Line();
                writer.Line($"{name}Panel<TSimd, TVector>(steps, {PanelArguments(tiles, step, CSharp.Int(whole))}, {CSharp.Int(weight.Columns - whole)});");
            }
        });
        if (one)
        {
            tiles.WriteRows(writer, name);
        }
        else
        {
            WritePanel(writer, name, element, tiles);
        }
    }

    private static string Add(string start, string offset) => $"global::System.Runtime.CompilerServices.Unsafe.Add(ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in {start}), {offset})";
}
