using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Where a sequence starts, where it is left, and which arguments are refused.</summary>
public sealed class ForwardTests
{
    public static TheoryData<VectorWidth> Widths => Samples.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Forward_continues_from_the_given_state_and_leaves_the_state_of_the_whole(VectorWidth width)
    {
        foreach (SeededModel seeded in Samples.All)
        {
            foreach (int beyond in new[] { 9, 10 })
            {
                Continues<float>(seeded, width, beyond);
                Continues<double>(seeded, width, beyond);
            }
        }
    }

    [Fact]
    public void Length_zero_leaves_the_state_unchanged_and_gives_nothing_or_the_mean_so_far()
    {
        foreach (SeededModel seeded in Samples.All)
        {
            LengthZero<float>(seeded);
            LengthZero<double>(seeded);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_step_gives_what_forward_gives_for_the_prefix(VectorWidth width)
    {
        foreach (SeededModel seeded in Samples.All)
        {
            IGeneratedModel<float> model = Samples.Load<float>(seeded);
            float[] input = Samples.Input<float>(seeded, 9);
            SequenceState<float> state = model.CreateState();
            var row = new float[model.OutputWidth];
            for (int t = 0; t < 9; t++)
            {
                model.Step(input.AsSpan(t * model.InputWidth, model.InputWidth), row, state, width);
                float[] prefix = Samples.Run(model, input[..((t + 1) * model.InputWidth)], width);
                Samples.SameBits<float>(prefix.AsSpan(prefix.Length - model.OutputWidth), row, $"{seeded}, step {t}");
                Assert.Equal(t + 1, state.Steps);
            }
        }
    }

    [Fact]
    public void Steps_of_a_pooled_model_give_the_scores_of_the_running_mean()
    {
        // The head is affine: the score of the mean is the mean of the scores that the same model gives without pooling.
        IGeneratedModel<double> pooled = Samples.Load<double>(Samples.Pooled);
        IGeneratedModel<double> open = GeneratedModel.Load<double>(Samples.Pooled.Model with { Pooling = Pooling.None });
        double[] input = Samples.Input<double>(Samples.Pooled, 40);
        double[] rows = Samples.Run(open, input);
        SequenceState<double> state = pooled.CreateState();
        var scores = new double[pooled.OutputWidth];
        double largest = rows.Max(Math.Abs);
        for (int t = 0; t < 40; t++)
        {
            pooled.Step(input.AsSpan(t * pooled.InputWidth, pooled.InputWidth), scores, state);
            for (int o = 0; o < scores.Length; o++)
            {
                // About 40 additions of numbers below the largest row, and a head of five products: some 100 roundings of 1.1e-16 each.
                double mean = Enumerable.Range(0, t + 1).Average(s => rows[(s * scores.Length) + o]);
                Assert.Equal(mean, scores[o], 1e-14 * largest * 10);
            }
        }
    }

    [Fact]
    public void Pooled_forward_over_nothing_with_a_fresh_state_names_both_shapes()
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Pooled);
        SequenceState<float> state = model.CreateState();
        var output = new float[model.OutputWidth];
        string message = Refused(model, state, () => model.Forward([], output, state));
        Assert.Contains("[time, 2]", message, StringComparison.Ordinal);
        Assert.Contains("[4]", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Forward([], output));
    }

    [Fact]
    public void Wrong_lengths_and_overlap_are_refused_before_the_state_changes()
    {
        foreach (SeededModel seeded in Samples.All)
        {
            Refusals<float>(seeded);
            Refusals<double>(seeded);
        }
    }

    private static void Continues<T>(SeededModel seeded, VectorWidth width, int beyond)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> model = Samples.Load<T>(seeded);
        int first = 5, steps = model.ChunkLength + beyond;
        T[] input = Samples.Input<T>(seeded, steps);
        SequenceState<T> whole = model.CreateState(), cut = model.CreateState();
        T[] expected = Samples.Output(model, steps), actual = Samples.Output(model, steps);
        model.Forward(input, expected, whole, width);
        Span<T> head = model.Pooled ? new T[model.OutputWidth] : actual.AsSpan(0, first * model.OutputWidth);
        Span<T> tail = model.Pooled ? actual : actual.AsSpan(first * model.OutputWidth);
        model.Forward(input.AsSpan(0, first * model.InputWidth), head, cut, width);
        Assert.Equal(first, cut.Steps);
        model.Forward(input.AsSpan(first * model.InputWidth), tail, cut, width);
        Samples.SameBits<T>(expected, actual, $"{seeded}, {width}");
        Assert.Equal(whole.Save(), cut.Save());
        Assert.Equal(steps, whole.Steps);

        // The state matters: the tail from a fresh state is another output.
        T[] fresh = Samples.Run(model, input[(first * model.InputWidth)..], width);
        Assert.False(tail.SequenceEqual(fresh), $"{seeded}: the state has no influence");
    }

    private static void LengthZero<T>(SeededModel seeded)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> model = Samples.Load<T>(seeded);
        SequenceState<T> state = model.CreateState();
        T[] input = Samples.Input<T>(seeded, 6);
        T[] output = Samples.Output(model, 6);
        model.Forward(input, output, state);
        byte[] before = state.Save();
        var empty = new T[model.Pooled ? model.OutputWidth : 0];
        model.Forward([], empty, state);
        Assert.Equal(before, state.Save());
        if (model.Pooled)
        {
            Samples.SameBits<T>(output, empty, $"{seeded}: the mean so far");
        }
    }

    private static void Refusals<T>(SeededModel seeded)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> model = Samples.Load<T>(seeded);
        SequenceState<T> state = model.CreateState();
        T[] input = Samples.Input<T>(seeded, 4);
        T[] output = Samples.Output(model, 4);
        model.Forward(input, output, state);
        string row = (model.Pooled ? "[" : "[time, ") + model.OutputWidth + "]";
        string samples = $"[time, {model.InputWidth}]";
        var shared = new T[input.Length + output.Length];
        foreach (Action call in new Action[]
        {
            () => model.Forward(input.AsSpan(1), output, state),
            () => model.Forward(input.AsSpan(1), output),
            () => model.Forward(input, output.AsSpan(1), state),
            () => model.Forward(input, new T[output.Length + 1], state),
            () => model.Forward(input, output.AsSpan(1)),
            () => model.Forward(shared.AsSpan(0, input.Length), shared.AsSpan(input.Length - 1, output.Length), state),
            () => model.Forward(shared.AsSpan(0, input.Length), shared.AsSpan(input.Length - 1, output.Length)),
        })
        {
            string message = Refused(model, state, call);
            Assert.Contains(samples, message, StringComparison.Ordinal);
            Assert.Contains(row, message, StringComparison.Ordinal);
        }

        foreach (Action call in new Action[]
        {
            () => model.Step(input.AsSpan(0, model.InputWidth + 1), new T[model.OutputWidth], state),
            () => model.Step(input.AsSpan(0, model.InputWidth), new T[model.OutputWidth + 1], state),
            () => model.Step(shared.AsSpan(0, model.InputWidth), shared.AsSpan(0, model.OutputWidth), state),
        })
        {
            string message = Refused(model, state, call);
            Assert.Contains($"[{model.InputWidth}]", message, StringComparison.Ordinal);
            Assert.Contains($"[{model.OutputWidth}]", message, StringComparison.Ordinal);
        }
    }

    private static string Refused<T>(IGeneratedModel<T> model, SequenceState<T> state, Action call)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        byte[] before = state.Save();
        string message = Assert.Throws<ArgumentException>(call).Message;
        Assert.Equal(before, state.Save());
        Assert.True(model.InputWidth > 0);
        return message;
    }
}
