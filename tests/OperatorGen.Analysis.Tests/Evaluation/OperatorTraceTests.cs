using System;
using System.Linq;
using OperatorGen.Compiler.Operators;
using OperatorGen.Reference;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Analysis.Tests.Evaluation;

/// <summary>The analysis' own evaluation.</summary>
public sealed class OperatorTraceTests
{
    [Fact]
    public void It_gives_the_references_outputs()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            SeededModel seeded = RandomModels.Create(seed, new[] { CellClass.Constant, CellClass.Shared, CellClass.Oscillators }[seed % 3]);
            double[] input = RandomModels.Input(seeded.Model, 23, seed);
            double[] expected = new ReferenceEvaluator(seeded.Model).Forward(input);
            double[] actual = OperatorTrace.Of(OperatorDescriptions.Of(seeded.Model), input).Outputs;
            Assert.Equal(expected.Length, actual.Length);

            // Both round some thousand times, in another order, and norms may amplify; a wrong formula shows in the first digits.
            double largest = expected.Max(Math.Abs);
            Assert.All(expected.Zip(actual), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-8 * largest, $"{seeded}: {pair}"));
        }
    }

    [Fact]
    public void Selective_layers_and_uneven_inputs_are_refused()
    {
        SeededModel selective = RandomModels.Create(1, CellClass.Selective);
        Assert.Throws<InvalidOperationException>(() => OperatorTrace.Of(OperatorDescriptions.Of(selective.Model), new double[selective.Model.InputWidth]));
        SeededModel constant = RandomModels.Create(1, new ModelShape { InputWidth = 2 });
        Assert.Throws<ArgumentException>(() => OperatorTrace.Of(OperatorDescriptions.Of(constant.Model), new double[3]));
        Assert.Throws<ArgumentException>(() => OperatorTrace.Of(OperatorDescriptions.Of(constant.Model), []));
    }
}
