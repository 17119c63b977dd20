using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes complex gates of pairs.</summary>
internal sealed class PolarWriter : StepWriter<PolarStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, PolarStep step)
    {
        scope.Comment(step, "y = sigmoid(|x|) x / |x|");
        scope.Call(
            $"Polar{CSharp.Int(step.Re.Width)}",
            (w, n) => WriteKernel(w, n, scope, step),
            StepScope.In(step.Re),
            StepScope.In(step.Im),
            StepScope.Ref(step.TargetRe),
            StepScope.Ref(step.TargetIm));
    }

    /// <summary>Where both parts are below the smallest normal number, the angle is taken as 0 and y is 1/2.</summary>
    private static void WriteKernel(CodeWriter writer, string name, StepScope scope, PolarStep step)
    {
        ElementType element = scope.Plan.Element;
        string type = CSharp.Name(element);
        string smallest = CSharp.Literal(element == ElementType.Single ? 1.1754944e-38 : 2.2250738585072014e-308, ElementType.Double);
        writer.Line($"/// <summary><c>y = sigmoid(|x|) x / |x|</c>, 1/2 where x is 0 or subnormal, for {CSharp.Count(step.Re.Width, "complex number")}.</summary>");
        writer.Kernel(name, element, $"ref readonly {type} re, ref readonly {type} im, ref {type} y, ref {type} z", () =>
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
                writer.Block($"for (nuint c = 0; c < {CSharp.Int(scope.Plan.Pad(step.Re.Width))}; c += (nuint)TSimd.Count)", () =>
                {
                    writer.Line($"TVector a = TSimd.Load(in re, (t * {CSharp.Int(scope.Stride(step.Re))}) + c), b = TSimd.Load(in im, (t * {CSharp.Int(scope.Stride(step.Im))}) + c);");
                    writer.Line($"TVector larger = TSimd.Max(TSimd.Constant({smallest}), TSimd.Max(TSimd.Abs(a), TSimd.Abs(b)));");
                    writer.Line("TVector p = TSimd.Divide(a, larger), q = TSimd.Divide(b, larger);");
                    writer.Line("TVector length = TSimd.Sqrt(TSimd.MultiplyAdd(p, p, TSimd.Multiply(q, q)));");
                    writer.Line($"TVector gate = {CSharp.Function(Symbolics.DecoderFunctions.Sigmoid, "TSimd.Multiply(larger, length)", element)};");
                    writer.Line("TVector zero = TSimd.LessThan(length, TSimd.Constant(0.5));");
                    writer.Line($"TSimd.Store(TSimd.Select(zero, TSimd.Constant(0.5), TSimd.Multiply(gate, TSimd.Divide(p, length))), ref y, (t * {CSharp.Int(scope.Stride(step.TargetRe))}) + c);");
                    writer.Line($"TSimd.Store(TSimd.Select(zero, TSimd.Zero, TSimd.Multiply(gate, TSimd.Divide(q, length))), ref z, (t * {CSharp.Int(scope.Stride(step.TargetIm))}) + c);");
                })));
    }
}

/// <summary>Writes pairs of their parts.</summary>
internal sealed class PairWriter : StepWriter<PairStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, PairStep step)
    {
        scope.Comment(step, "pairs of real and imaginary parts");
        scope.Writer.Block("for (int t = 0; t < count; t++)", () =>
            scope.Writer.Block($"for (int c = 0; c < {CSharp.Int(step.Re.Width)}; c++)", () =>
            {
                scope.Writer.Line($"{At(scope, step.Target, "(2 * c)")} = {At(scope, step.Re, "c")};");
                scope.Writer.Line($"{At(scope, step.Target, "(2 * c) + 1")} = {At(scope, step.Im, "c")};");
            }));
    }

    private static string At(StepScope scope, PlanView view, string column) => StepScope.Element(view, $"(t * {CSharp.Int(scope.Stride(view))}) + {column}");
}

/// <summary>Writes the copies of a signal's blocks to the cells that have them.</summary>
internal sealed class SpreadWriter : StepWriter<SpreadStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, SpreadStep step)
    {
        scope.Comment(step, step.CellsAreLanes ? "number by number, cells as lanes, padded with 0" : "cell by cell, padded with 0");
        string width = CSharp.Int(step.BlockWidth), blocks = CSharp.Int(step.Blocks), cells = CSharp.Int(step.Cells);
        (string parts, string lanes) = step.CellsAreLanes ? (width, cells) : (cells, width);
        (string cell, string number) = step.CellsAreLanes ? ("lane", "part") : ("part", "lane");
        int columns = scope.Plan.Pad(step.Targets[0].Width);
        string block = step.Blocks == 1 ? "" : step.Blocks == step.Cells ? $"({cell} * {width}) + " : $"({cell} * {blocks} / {cells} * {width}) + ";
        string row = $"(t * {CSharp.Int(scope.Stride(step.Targets[0]))}) + (part * {CSharp.Int(columns)}) + lane";
        CodeWriter writer = scope.Writer;
        writer.Block("for (int t = 0; t < count; t++)", () =>
            writer.Block($"for (int part = 0; part < {parts}; part++)", () =>
            {
                writer.Block($"for (int lane = 0; lane < {lanes}; lane++)", () =>
                    writer.Line($"{StepScope.Element(step.Targets[0], row)} = {StepScope.Element(step.Source, $"(t * {CSharp.Int(scope.Stride(step.Source))}) + {block}{number}")};"));
                if (columns > step.Targets[0].Width)
                {
                    writer.Line();
                    writer.Block($"for (int lane = {lanes}; lane < {CSharp.Int(columns)}; lane++)", () => writer.Line($"{StepScope.Element(step.Targets[0], row)} = 0;"));
                }
            }));
    }
}
