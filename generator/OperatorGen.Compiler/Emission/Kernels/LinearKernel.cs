using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// Writes the position-wise linear map. Outputs are lanes; a tile of time steps and vectors of outputs stays in registers while the inputs run
/// (<see cref="LinearTiles"/>). The weights are gone through panel by panel, in the order of the memory, all time steps for each: where the weights are larger than a
/// cache, they come from memory once. Every output is summed from the bias upwards in the order of the inputs, whatever the tile: a sequence may be cut anywhere.
/// </summary>
internal sealed class LinearKernel : StepWriter<LinearStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, LinearStep step)
    {
        scope.Comment(step, step.Formula);
        ConstantTable weight = scope.Plan[step.Weight];
        scope.Call(
            $"Linear{CSharp.Int(step.Inputs)}To{CSharp.Int(step.Outputs)}{(weight.IsBFloat16 ? "BFloat16" : "")}",
            (w, n) => WriteKernel(w, n, scope.Plan.Element, step, weight, new LinearTiles(scope.Plan.Element, step, weight, scope.Stride(step.Sources[0]), scope.Stride(step.Targets[0]))),
            StepScope.Ref(step.Sources[0]),
            StepScope.Ref(step.Targets[0]),
            scope.Table(step.Weight),
            scope.Table(step.Bias));
    }

    private static void WriteKernel(CodeWriter writer, string name, ElementType element, LinearStep step, ConstantTable weight, LinearTiles tiles)
    {
        string bias = step.Bias is null ? "" : " + b";
        writer.Line("/// <summary>");
        writer.Line($"/// <c>y_t = W x_t{bias}</c> for {CSharp.Count(step.Inputs, "input")} and {CSharp.Count(step.Outputs, "output")}; {CSharp.Grouped(step.Operations)} flops per time step.");
        writer.Line("/// </summary>");
        bool one = weight.Panel == weight.Columns;
        writer.Kernel(name, element, tiles.Parameters, () =>
        {
            if (one)
            {
                tiles.WriteTimes(writer, name, CSharp.Int(weight.Columns));
                return;
            }

            string panel = CSharp.Int(weight.Panel), inputs = CSharp.Int(step.Inputs);
            int whole = weight.Columns / weight.Panel * weight.Panel;
            string Arguments(string c, string width) => tiles.Arguments("x", Add("y", c), Add("w", $"{c} * {inputs}"), Add("b", c)) + ", " + width;
            writer.Block($"for (nint c = 0; c < {CSharp.Int(whole)}; c += {panel})", () => writer.Line($"{name}Panel<TSimd, TVector>(steps, {Arguments("c", panel)});"));
            if (whole < weight.Columns)
            {
                writer.Line();
                writer.Line($"{name}Panel<TSimd, TVector>(steps, {Arguments(CSharp.Int(whole), CSharp.Int(weight.Columns - whole))});");
            }
        });
        if (!one)
        {
            writer.Line();
            writer.Line($"/// <summary>The outputs of one panel, whose rows of weights have <c>width</c> columns.</summary>");
            writer.Kernel(name + "Panel", element, tiles.Parameters + ", nuint width", () => tiles.WriteTimes(writer, name, "width"));
        }

        tiles.WriteRows(writer, name);
    }

    private static string Add(string start, string offset) => $"global::System.Runtime.CompilerServices.Unsafe.Add(ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in {start}), {offset})";
}
