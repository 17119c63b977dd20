using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OperatorGen.Benchmarks.Report.Limits;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Vectors;

namespace OperatorGen.Benchmarks.Report.Workloads;

/// <summary>The generated kernels of square linear maps, called by themselves: 64 time steps at once, and one.</summary>
internal sealed class LinearWorkload : IWorkload
{
    // Just below 1,024, whose weights alone are all that an assembly may hold.
    private const int Widest = 1008;

    private delegate void Kernel(int steps, ref float x, ref float y, ref float w, ref float b);

    private delegate void SharedKernel(int first, int end, int steps, ref float x, ref float y, ref float w, ref float b);

    /// <summary>The widths that are measured.</summary>
    public static IReadOnlyList<int> Widths { get; } = [64, 128, 256, 512, Widest];

    /// <inheritdoc/>
    public int Number => 10;

    /// <inheritdoc/>
    public IReadOnlyList<string> Architectures => ["s4d-standalone"];

    /// <inheritdoc/>
    public IEnumerable<Subject> Subjects(ReportContext context) =>
        (context.Small ? [24] : Widths).SelectMany(width => new[] { 64, 1 }.Select(steps => Of(context, width, steps)));

    private static Subject Of(ReportContext context, int width, int steps)
    {
        SequenceModel model = BenchmarkModels.LinearMap(width);
        double[] weights = model.Encoder!.Weight.Values.ToArray(), bias = model.Encoder.Bias!.Values.ToArray();
        float[] input = BenchmarkModels.Input(steps * width);
        var compiled = new CompiledModel(model);
        EvaluationPlan plan = compiled.Plan;
        LinearStep step = plan.Parts.Encoder!;
        ConstantTable table = plan[step.Weight];
        int sourceStride = plan.Buffers[step.Sources[0].Buffer].Stride, targetStride = plan.Buffers[step.Targets[0].Buffer].Stride;
        float[] x = new float[steps * sourceStride], y = new float[(steps * targetStride) + plan.Lanes], b = new float[table.Columns];
        float[] w = Array.ConvertAll(table.Values.Span.ToArray(), value => (float)value);
        for (int i = 0; i < input.Length; i++)
        {
            x[(i / width * sourceStride) + (i % width)] = input[i];
        }

        for (int i = 0; i < width; i++)
        {
            b[i] = (float)bias[i];
        }

        Action<int> kernel = Find(compiled, context.Width, $"Linear{width}To{width}", (table.Columns + table.Panel - 1) / table.Panel, x, y, w, b);
        kernel(steps);
        float[] output = [.. Enumerable.Range(0, steps * width).Select(i => y[(i / width * targetStride) + (i % width)])];
        double[] expected = [.. Enumerable.Range(0, steps * width).Select(i => bias[i % width] + Enumerable.Range(0, width).Sum(k => weights[(i % width * width) + k] * input[(i / width * width) + k]))];
        double flops = 2.0 * width * width * steps;
        return new Subject(
            steps == 1 ? $"linear-{width}-step" : $"linear-{width}",
            Contender.Of("ours", () => kernel(steps)),
            flops,
            steps == 1
                ? Limit.Traffic((long)table.Rows * table.Columns * sizeof(float), 0, 0, 1, context.Width)
                : Limit.MultiplyAdds(2L * table.Rows * table.Columns * steps, context.Width),
            [],
            Agreement.Demand("The linear map", Agreement.Error(output, expected)));
    }

    /// <summary>The kernel of the generated file, for its first time steps.</summary>
    private static Action<int> Find(CompiledModel compiled, VectorWidth width, string name, int panels, float[] x, float[] y, float[] w, float[] b)
    {
        Type[] types = width switch
        {
            VectorWidth.Bits128 => [typeof(Simd128<float>), typeof(Vector128<float>)],
            VectorWidth.Bits256 => [typeof(Simd256<float>), typeof(Vector256<float>)],
            VectorWidth.Bits512 => [typeof(Simd512<float>), typeof(Vector512<float>)],
            _ => throw new ArgumentOutOfRangeException(nameof(width), width, "A width in bits is expected."),
        };
        MethodInfo method = compiled.Generated.GetType().Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Single(each => each.Name == name)
            .MakeGenericMethod(types);
        if (method.GetParameters().Length == 5)
        {
            Kernel one = method.CreateDelegate<Kernel>();
            return steps => one(steps, ref First(x), ref First(y), ref First(w), ref First(b));
        }

        SharedKernel shared = method.CreateDelegate<SharedKernel>();
        return steps => shared(0, panels, steps, ref First(x), ref First(y), ref First(w), ref First(b));
    }

    private static ref float First(float[] values) => ref MemoryMarshal.GetArrayDataReference(values);
}
