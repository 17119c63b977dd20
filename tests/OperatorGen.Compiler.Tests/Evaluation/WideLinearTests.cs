using System;
using System.Linq;
using System.Threading.Tasks;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Linear maps of several panels, the last one narrower, in all tiles of time steps, by one thread and by several.</summary>
public sealed class WideLinearTests
{
    private static readonly SeededModel s_wide = RandomModels.Create(106, new ModelShape { InputWidth = 3, Width = 200, Modes = 2, HeadWidth = 70, Pooling = Pooling.None });

    public static TheoryData<VectorWidth> Widths => Samples.Widths;

    /// <summary>What the other tests rely on: ragged panels with and without sharing, at both precisions.</summary>
    [Theory]
    [InlineData(Precision.Single, 64, 208, 416, 80)]
    [InlineData(Precision.Double, 32, 200, 400, 72)]
    public void The_maps_have_ragged_panels_of_four_widest_vectors(Precision precision, int panel, params int[] columns)
    {
        EvaluationPlan plan = CompilerStages.Plan(s_wide.Model, precision, default).Value!.Plans[0];
        ConstantTable[] tables = [.. plan.Steps.OfType<LinearStep>().Select(step => plan[step.Weight])];
        Assert.Equal(columns, tables.Select(table => table.Columns));
        Assert.All(tables, table => Assert.Equal(panel, table.Panel));
    }

    [Fact]
    public void All_cuts_agree_with_the_reference_and_with_each_other()
    {
        const int Steps = 29;
        IGeneratedModel<double> generated = Samples.Load<double>(s_wide);
        double[] input = Samples.Input<double>(s_wide, Steps);
        RoundingResult bound = RoundingBound.Compute(s_wide.Model, input, RoundingBound.DoubleEpsilon);
        double[] whole = Samples.Run(generated, input);
        Assert.True(bound.Ratio(whole) <= 1, $"{bound.Ratio(whole)} of the bound {bound.Largest}");

        // Pieces of 1 to 7 steps: every tile of time steps.
        var pieces = new double[whole.Length];
        SequenceState<double> state = generated.CreateState();
        int t = 0;
        foreach (int count in (int[])[1, 2, 3, 4, 5, 6, 7, 1])
        {
            generated.Forward(input.AsSpan(t * generated.InputWidth, count * generated.InputWidth), pieces.AsSpan(t * generated.OutputWidth, count * generated.OutputWidth), state, VectorWidth.Widest);
            t += count;
        }

        Assert.Equal(Steps, t);
        Samples.SameBits<double>(whole, pieces, "pieces");
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Any_number_of_threads_gives_the_same_bits(VectorWidth width)
    {
        const int Steps = 40;
        IGeneratedModel<float> generated = Samples.Load<float>(s_wide);
        float[] input = Samples.Input<float>(s_wide, Steps), expected = Samples.Run(generated, input, width);
        foreach (int count in (int[])[1, 2, 3, 7])
        {
            using var threads = new ComputeThreads(count);
            SequenceState<float> state = generated.CreateState();
            state.Threads = threads;
            float[] output = Samples.Output(generated, Steps);
            generated.Forward(input, output, state, width);
            Samples.SameBits<float>(expected, output, $"{count} threads");

            state.Reset();
            for (int t = 0; t < Steps; t++)
            {
                generated.Step(input.AsSpan(t * generated.InputWidth, generated.InputWidth), output.AsSpan(t * generated.OutputWidth, generated.OutputWidth), state, width);
            }

            Samples.SameBits<float>(expected, output, $"{count} threads, step by step");
        }
    }

    [Fact]
    public void States_that_share_threads_and_lose_them_go_on()
    {
        const int Steps = 40;
        IGeneratedModel<float> generated = Samples.Load<float>(s_wide);
        float[] input = Samples.Input<float>(s_wide, Steps), expected = Samples.Run(generated, input);
        var threads = new ComputeThreads(3);
        Parallel.For(0, 8, i =>
        {
            SequenceState<float> state = generated.CreateState();
            state.Threads = threads;
            for (int repeat = 0; repeat < 20; repeat++)
            {
                if (i == 0 && repeat == 10)
                {
                    threads.Dispose();
                }

                state.Reset();
                float[] output = Samples.Output(generated, Steps);
                generated.Forward(input, output, state, VectorWidth.Widest);
                Samples.SameBits<float>(expected, output, $"state {i}");
            }
        });
    }

    [Fact]
    public void A_step_with_threads_allocates_nothing()
    {
        IGeneratedModel<float> generated = Samples.Load<float>(s_wide);
        using var threads = new ComputeThreads(2);
        SequenceState<float> state = generated.CreateState();
        state.Threads = threads;
        float[] input = Samples.Input<float>(s_wide, 1), output = Samples.Output(generated, 1);
        generated.Step(input, output, state, VectorWidth.Widest);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            generated.Step(input, output, state, VectorWidth.Widest);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
