using System;
using System.Linq;
using System.Numerics;
using System.Reflection;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>A type of precision both: each half runs through long sequences in chunks of its own length.</summary>
public sealed class BothPrecisionsTests
{
    /// <summary>So wide that the chunks of double are shorter than those of float.</summary>
    private static readonly SeededModel s_wide = RandomModels.Create(105, new ModelShape { InputWidth = 2, Width = 96, Modes = 2, HeadWidth = 3 });

    private static readonly SeededModel[] s_models = [Samples.Stacked, Samples.Pooled, Samples.Selective, s_wide];

    [Fact]
    public void The_wide_model_has_a_chunk_length_for_each_precision() => Assert.Equal(2, ChunkLengths(s_wide.Model).Distinct().Count());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Both_halves_stay_within_the_rounding_bound_over_three_chunks_and_some_steps(int index)
    {
        SeededModel seeded = s_models[index];
        int steps = (3 * ChunkLengths(seeded.Model).Max()) + 5;
        Type probe = InMemoryCompiler.Load(InMemoryCompiler.Compilation([GeneratedModel.Generate(seeded.Model, Precision.Both).Text, Probe])).GetType("OperatorGen.InMemory.Probe", throwOnError: true)!;
        Agrees<float>(probe, seeded, steps, RoundingBound.SingleEpsilon);
        Agrees<double>(probe, seeded, steps, RoundingBound.DoubleEpsilon);
    }

    private static void Agrees<T>(Type probe, SeededModel seeded, int steps, double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] input = Samples.Input<T>(seeded, steps, seeded.Seed);
        RoundingResult bound = RoundingBound.Compute(seeded.Model, Array.ConvertAll(input, double.CreateChecked), epsilon);
        MethodInfo run = probe.GetMethod("Run", BindingFlags.Static | BindingFlags.NonPublic, [typeof(T[]), typeof(int)])!;
        var found = (T[])run.Invoke(null, [input, bound.Reference.Length])!;
        double ratio = bound.Ratio(Array.ConvertAll(found, double.CreateChecked));
        Assert.True(ratio <= 1, $"{seeded}, {typeof(T).Name}, {steps} steps: {ratio} of the bound {bound.Largest}");
    }

    private static int[] ChunkLengths(SequenceModel model)
    {
        StageResult<PlanSet> result = CompilerStages.Plan(model, Precision.Both, default);
        Assert.Equal(2, result.Value!.Plans.Count);
        return [.. result.Value.Plans.Select(plan => plan.ChunkLength)];
    }

    private const string Probe = """
        namespace OperatorGen.InMemory;

        /// <summary>The model.</summary>
        public partial class Model;

        internal static class Probe
        {
            internal static float[] Run(float[] input, int outputs)
            {
                var output = new float[outputs];
                var model = new Model();
                model.Forward(input, output, model.CreateState());
                return output;
            }

            internal static double[] Run(double[] input, int outputs)
            {
                var output = new double[outputs];
                var model = new Model();
                model.Forward(input, output, model.CreateDoubleState());
                return output;
            }
        }
        """;
}
