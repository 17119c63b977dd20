using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes steps that compute every element of their target from the same element of their sources, in whole vectors.</summary>
/// <typeparam name="TStep">The kind of step.</typeparam>
internal abstract class ElementwiseWriter<TStep> : StepWriter<TStep>
    where TStep : ElementwiseStep
{
    /// <summary>Writes the call and its kernel.</summary>
    /// <param name="scope">Where to.</param>
    /// <param name="step">The step, of one source x or two sources x and z.</param>
    /// <param name="stem">What the kernel's name starts with.</param>
    /// <param name="formula">The formula, for the documentation.</param>
    /// <param name="expression">The vector expression, of <c>TSimd.Load(in x, i)</c> and <c>TSimd.Load(in z, j)</c>.</param>
    protected static void Write(StepScope scope, TStep step, string stem, string formula, string expression)
    {
        int[] strides = [.. step.Reads.Select(scope.Stride), scope.Stride(step.Target)];
        int columns = scope.Plan.Pad(step.Target.Width);
        string summary = $"<c>{CSharp.Xml(formula)}</c> for {CSharp.Count(step.Target.Width, "channel")}.";
        scope.Call(
            stem + CSharp.Int(step.Target.Width),
            (w, n) => WriteKernel(w, n, scope.Plan.Element, summary, columns, strides, expression),
            [.. step.Reads.Select(StepScope.In), StepScope.Ref(step.Target)]);
    }

    /// <summary><c>y = expression(x, z)</c> for every element of a row, in whole vectors.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="element">The number type.</param>
    /// <param name="summary">The formula, for the documentation.</param>
    /// <param name="columns">The padded channels.</param>
    /// <param name="strides">Elements from one time step to the next: of x, of z where there is one, of y.</param>
    /// <param name="expression">The vector expression, of <c>TSimd.Load(in x, i)</c> and <c>TSimd.Load(in z, j)</c>.</param>
    private static void WriteKernel(CodeWriter writer, string name, ElementType element, string summary, int columns, int[] strides, string expression)
    {
        string type = CSharp.Name(element);
        bool two = strides.Length == 3;
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Kernel(name, element, $"ref readonly {type} x, {(two ? $"ref readonly {type} z, " : "")}ref {type} y", () =>
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
                writer.Block($"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)", () =>
                {
                    writer.Line($"nuint i = (t * {CSharp.Int(strides[0])}) + c;");
                    if (two)
                    {
                        writer.Line($"nuint j = (t * {CSharp.Int(strides[1])}) + c;");
                    }

                    writer.Line($"TSimd.Store({expression}, ref y, (t * {CSharp.Int(strides[strides.Length - 1])}) + c);");
                })));
    }
}

/// <summary>Writes y = f(x).</summary>
internal sealed class MapWriter : ElementwiseWriter<MapStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, MapStep step)
    {
        string name = step.Function.Name;
        scope.Comment(step, $"y = {name}(x)");
        Write(scope, step, "Map", $"y = {name}(x)", CSharp.Function(step.Function, "TSimd.Load(in x, i)", scope.Plan.Element));
    }
}

/// <summary>Writes y = x f(z).</summary>
internal sealed class GateWriter : ElementwiseWriter<GateStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, GateStep step)
    {
        string name = step.Function.Name;
        scope.Comment(step, $"y = x * {name}(z)");
        Write(scope, step, "Gate", $"y = x {name}(z)", $"TSimd.Multiply(TSimd.Load(in x, i), {CSharp.Function(step.Function, "TSimd.Load(in z, j)", scope.Plan.Element)})");
    }
}

/// <summary>Writes y = x + z.</summary>
internal sealed class AddWriter : ElementwiseWriter<AddStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, AddStep step)
    {
        scope.Comment(step, step.Meaning + ": y = y + x");
        Write(scope, step, "Add", "y = x + z", "TSimd.Add(TSimd.Load(in x, i), TSimd.Load(in z, j))");
    }
}
