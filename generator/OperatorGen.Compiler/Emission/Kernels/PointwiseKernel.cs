using System;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes functions of one number, one after another, vector by vector: what is between them stays in a register.</summary>
internal sealed class PointwiseKernel : StepWriter<PointwiseStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, PointwiseStep step)
    {
        scope.Comment(step, "y = " + step.Formula("x"));
        scope.Call(
            "Pointwise" + CSharp.Int(step.Source.Width),
            (w, n) => WriteKernel(w, n, scope, step),
            [StepScope.In(step.Source), StepScope.Ref(step.Target), .. step.Summands.Select(table => scope.Table(table))]);
    }

    private static void WriteKernel(CodeWriter writer, string name, StepScope scope, PointwiseStep step)
    {
        ElementType element = scope.Plan.Element;
        string type = CSharp.Name(element);
        int columns = scope.Plan.Pad(step.Source.Width);
        string tables = string.Concat(step.Summands.Select((_, i) => $", ref readonly {type} {Table(i)}"));
        writer.Line($"/// <summary><c>{CSharp.Xml("y = " + step.Formula("x"))}</c> for {CSharp.Count(step.Source.Width, "channel")}{(step.Summands.Count == 0 ? "" : "; a table holds factors and summands")}.</summary>");
        writer.Kernel(name, element, $"ref readonly {type} x, ref {type} y{tables}", () =>
            writer.Block("for (nuint t = 0; t < (nuint)steps; t++)", () =>
                writer.Block($"for (nuint c = 0; c < {CSharp.Int(columns)}; c += (nuint)TSimd.Count)", () =>
                {
                    writer.Line($"TVector v = TSimd.Load(in x, (t * {CSharp.Int(scope.Stride(step.Source))}) + c);");
                    int table = 0;
                    foreach (PointFunction function in step.Functions)
                    {
                        writer.Line($"v = {Expression(function, function is AffinePoint ? Table(table++) : "", columns, element)};");
                    }

                    writer.Line($"TSimd.Store(v, ref y, (t * {CSharp.Int(scope.Stride(step.Target))}) + c);");
                })));
    }

    private static string Table(int index) => index == 0 ? "table" : "table" + CSharp.Int(index + 1);

    /// <summary>A function of the vector v.</summary>
    private static string Expression(PointFunction function, string table, int columns, ElementType element) => function switch
    {
        MappedPoint mapped => CSharp.Function(mapped.Function, "v", element),
        ExponentialPoint => CSharp.Exponential("v", element),
        ScaledPoint { Value: -1 } => "TSimd.Negate(v)",
        ScaledPoint scaled => $"TSimd.Multiply(v, {Constant(scaled.Value)})",
        AffinePoint { Summand: null } => $"TSimd.Multiply(v, TSimd.Load(in {table}, c))",
        AffinePoint => $"TSimd.MultiplyAdd(v, TSimd.Load(in {table}, c), TSimd.Load(in {table}, c + {CSharp.Int(columns)}))",
        ClampedPoint clamped => Least(Most("v", clamped.Lower), clamped.Upper),
        _ => throw new ArgumentException($"No code is known for a {function.GetType().Name}.", nameof(function)),
    };

    private static string Most(string v, double lower) => double.IsNegativeInfinity(lower) ? v : $"TSimd.Max({Constant(lower)}, {v})";

    private static string Least(string v, double upper) => double.IsPositiveInfinity(upper) ? v : $"TSimd.Min({Constant(upper)}, {v})";

    private static string Constant(double value) => $"TSimd.Constant({CSharp.Literal(value, ElementType.Double)})";
}
