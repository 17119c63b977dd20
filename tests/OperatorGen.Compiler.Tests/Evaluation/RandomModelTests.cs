using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>
/// Random models of every shape class: the generated code is the plain reference up to its derived rounding bound, and to the bit the same
/// function however a sequence is cut.
/// </summary>
public sealed class RandomModelTests(ITestOutputHelper output)
{
    private const int Models = 60;

    private static readonly VectorWidth[] s_widths = [VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    public static TheoryData<VectorWidth> Widths => [.. s_widths];

    [Fact]
    public void FloatCodeStaysWithinTheRoundingBoundOfTheReferenceWithTheSameConstants() => AgainstReference<float>(RoundingBound.SingleEpsilon);

    [Fact]
    public void DoubleCodeStaysWithinTheRoundingBoundOfTheReference() => AgainstReference<double>(RoundingBound.DoubleEpsilon);

    [Theory]
    [MemberData(nameof(Widths))]
    public void AnyCutAndEveryStepGiveTheSameBitsInFloat(VectorWidth width) => Cuts<float>(width);

    [Theory]
    [MemberData(nameof(Widths))]
    public void AnyCutAndEveryStepGiveTheSameBitsInDouble(VectorWidth width) => Cuts<double>(width);

    private static IEnumerable<SeededModel> Sample()
    {
        return Enumerable.Range(1, 10_000).Select(seed => RandomModels.Create(seed)).Where(m => GeneratedKinds.Supports(m.Model)).Take(Models);
    }

    private void AgainstReference<T>(double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double worst = 0;
        foreach (SeededModel seeded in Sample())
        {
            IGeneratedModel<T> generated = GeneratedModel.Load<T>(seeded.Model);
            foreach (int steps in new[] { 1, 2, 17, generated.ChunkLength + 5 })
            {
                // The input is rounded first: both sides see the same numbers.
                T[] input = [.. RandomModels.Input(seeded.Model, steps, seeded.Seed).Select(T.CreateChecked)];
                double[] wide = [.. input.Select(double.CreateChecked)];
                RoundingResult bound = RoundingBound.Compute(seeded.Model, wide, epsilon);
                foreach (VectorWidth width in s_widths)
                {
                    var actual = new T[bound.Reference.Length];
                    generated.Forward(input, actual, generated.CreateState(), width);
                    double ratio = bound.Ratio([.. actual.Select(double.CreateChecked)]);
                    Assert.True(ratio <= 1, $"{seeded}, {steps} steps, {width}: {ratio} of the bound {bound.Largest}");
                    worst = Math.Max(worst, ratio);
                }
            }
        }

        output.WriteLine($"largest share of the bound: {worst}");
    }

    private static void Cuts<T>(VectorWidth width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (SeededModel seeded in Sample().Take(Models / 3))
        {
            IGeneratedModel<T> model = GeneratedModel.Load<T>(seeded.Model);
            int steps = (2 * model.ChunkLength) + 3;
            T[] input = [.. RandomModels.Input(seeded.Model, steps, seeded.Seed).Select(T.CreateChecked)];
            T[] whole = Run(model, input, width, steps);
            foreach (int piece in new[] { 1, 3, model.ChunkLength, model.ChunkLength + 1 })
            {
                Assert.True(whole.AsSpan().SequenceEqual(Run(model, input, width, piece)), $"{seeded}, {width}, pieces of {piece}");
            }

            Assert.True(whole.AsSpan().SequenceEqual(RunSteps(model, input, width)), $"{seeded}, {width}, by Step");
        }
    }

    private static T[] Run<T>(IGeneratedModel<T> model, T[] input, VectorWidth width, int piece)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int steps = input.Length / model.InputWidth;
        var result = new T[(model.Pooled ? 1 : steps) * model.OutputWidth];
        SequenceState<T> state = model.CreateState();
        for (int start = 0; start < steps; start += piece)
        {
            int count = Math.Min(piece, steps - start);
            Span<T> rows = model.Pooled ? result : result.AsSpan(start * model.OutputWidth, count * model.OutputWidth);
            model.Forward(input.AsSpan(start * model.InputWidth, count * model.InputWidth), rows, state, width);
        }

        return result;
    }

    private static T[] RunSteps<T>(IGeneratedModel<T> model, T[] input, VectorWidth width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int steps = input.Length / model.InputWidth;
        var result = new T[(model.Pooled ? 1 : steps) * model.OutputWidth];
        SequenceState<T> state = model.CreateState();
        for (int t = 0; t < steps; t++)
        {
            Span<T> row = model.Pooled ? result : result.AsSpan(t * model.OutputWidth, model.OutputWidth);
            model.Step(input.AsSpan(t * model.InputWidth, model.InputWidth), row, state, width);
        }

        return result;
    }
}
