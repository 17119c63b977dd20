using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Models.Tests;
using OperatorGen.Reference;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Stacks against the formulas of their documentation, written out plainly: the reference, and the generated code at every width and cut.</summary>
public sealed class StackTests
{
    private const int Steps = 37;

    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, StackSamples.All.Count())];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_formulas_hold(int kind)
    {
        StackSamples sample = StackSamples.All.ElementAt(kind);
        ModelDeclaration declaration = sample.Declare(kind + 1);
        SequenceModel model = ArchitectureCatalog.Resolve(declaration, default).Value!;
        var random = new Random(kind);
        double[] input = [.. Enumerable.Range(0, Steps * model.SampleWidth).Select(_ => sample.Tokens ? random.Next(StackSamples.Vocabulary) : (2 * random.NextDouble()) - 1)];
        double[] expected = sample.Output(declaration, input);

        // Some hundred products per number in either order, two layers of 37 steps: far fewer than 10,000 roundings beside the greatest number.
        double tolerance = 1e-12 * expected.Max(Math.Abs);
        var reference = new ReferenceEvaluator(model);
        Equal(expected, reference.Forward(sample.Tokens ? reference.Embed([.. input.Select(token => (int)token)]) : input), tolerance);
        IGeneratedModel<double> generated = GeneratedModel.Load<double>(model);
        foreach (VectorWidth width in new[] { VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512 })
        {
            Equal(expected, Samples.Run(generated, input, width), tolerance);
        }

        if (!generated.Pooled)
        {
            var cut = new double[expected.Length];
            OperatorGen.SequenceState<double> state = generated.CreateState();
            int first = 11;
            generated.Forward(input.AsSpan(0, first * model.SampleWidth), cut.AsSpan(0, first * model.OutputWidth), state, VectorWidth.Widest);
            for (int t = first; t < Steps; t++)
            {
                generated.Step(input.AsSpan(t * model.SampleWidth, model.SampleWidth), cut.AsSpan(t * model.OutputWidth, model.OutputWidth), state, VectorWidth.Widest);
            }

            Equal(expected, cut, tolerance);
        }
    }

    private static void Equal(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
