using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Compiler.Tests;

/// <summary>The bound of what rounding constants to float does to modes that channels share.</summary>
public sealed class ConstantRoundingTests
{
    [Fact]
    public void The_kernels_of_rounded_shared_modes_differ_by_no_more_than_the_bound()
    {
        double nearest = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            SequenceModel model = Model(random, rounded: false);
            SequenceModel single = Model(new Random(seed), rounded: true);
            double effect = ConstantRounding.Effect(model);
            Assert.Equal(0, ConstantRounding.Effect(single));
            ModeBank exact = OperatorDescriptions.Of(model).Layers[0].Bank!;
            ModeBank rounded = OperatorDescriptions.Of(single).Layers[0].Bank!;
            double worst = Enumerable.Range(0, exact.Readouts).Max(h => Enumerable.Range(0, exact.Inputs).Sum(i => Kernel(exact, h, i).Zip(Kernel(rounded, h, i), (a, b) => Math.Abs(a - b)).Sum()) / exact.Reach(h));

            // 200 taps of modes below 0.9: what is left out is 1e-9 of the sum, far below what single precision changes.
            Assert.True(worst <= effect, $"{worst} and {effect}");
            nearest = Math.Max(nearest, worst / effect);
        }

        // A bound that forgot the drive rows would be exceeded; one far above what happens would say nothing.
        Assert.InRange(nearest, 0.05, 1);
    }

    private static double[] Kernel(ModeBank bank, int readout, int input) => ChannelKernels.Of(bank, readout, ChannelKernels.Input(bank, input), 200);

    private static SequenceModel Model(Random random, bool rounded)
    {
        Tensor Numbers(double size, params int[] shape) => new(EquatableArray.Of(shape), [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => Round(size * ((2 * random.NextDouble()) - 1)))]);
        double Round(double value) => rounded ? (float)value : value;
        var cell = new SharedModes(3, 4, 3, Field.Complex, DiscretizationRule.None, Numbers(0.6, 4, 2), new Tensor(EquatableArray.Of(1), [1.0]), Numbers(1, 4, 3, 2), Numbers(1, 3, 4, 2), Gamma: 2);
        return new SequenceModel(
            "test", 3, EquatableArray.Of(new Layer("", 3, null, InputStage.None, cell, new Decoder { Activation = DecoderFunctions.Tanh }, false, null)));
    }
}
