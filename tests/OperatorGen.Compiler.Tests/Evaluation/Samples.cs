using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Four models of fixed shapes, and the compiled models that the tests of this folder share.</summary>
internal static class Samples
{
    private static readonly ConcurrentDictionary<(Type Type, int Seed, ModelShape Shape), Lazy<object>> s_loaded = new();

    /// <summary>Two layers with norms, gated linear units, residuals and a head; one row per time step.</summary>
    public static SeededModel Stacked { get; } = RandomModels.Create(101, new ModelShape { InputWidth = 3, Width = 6, Layers = 2, PreNorm = true, HeadWidth = 4 });

    /// <summary>One layer with scaling, a mean over time and a head.</summary>
    public static SeededModel Pooled { get; } = RandomModels.Create(102, new ModelShape { InputWidth = 2, Width = 5, Mixing = false, Glu = false, Residual = false, Scaling = true, Pooling = Pooling.Mean, HeadWidth = 4 });

    /// <summary>Selective cells with a causal convolution and a gate.</summary>
    public static SeededModel Selective { get; } = RandomModels.Create(103, new ModelShape { Cells = CellClass.Selective, InputWidth = 3, Encoder = false, Activation = "identity" });

    /// <summary>Nothing mixes the channels: encoder, norm, mixing and head are absent.</summary>
    public static SeededModel ChannelWise { get; } = RandomModels.Create(104, new ModelShape { InputWidth = 19, Encoder = false, Mixing = false, Glu = false, Residual = false });

    /// <summary>All four.</summary>
    public static SeededModel[] All { get; } = [Stacked, Pooled, Selective, ChannelWise];

    /// <summary>Three layers of a form each that a low-rank part couples, shared modes, oscillators, and linear controlled differential equations: the kinds that are not among <see cref="All"/>.</summary>
    public static SeededModel[] OtherKinds { get; } =
    [
        .. new[] { CellClass.LowRank, CellClass.Shared, CellClass.Oscillators, CellClass.LinearCde }.Select(kind => RandomModels.Create(105, new ModelShape { Cells = kind, InputWidth = 3, Width = 5, Layers = 3 })),
    ];

    /// <summary>The vector widths.</summary>
    public static TheoryData<VectorWidth> Widths => [VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    /// <summary>The compiled model; every model is compiled once per precision, whichever tests ask for it.</summary>
    public static IGeneratedModel<T> Load<T>(SeededModel seeded)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (IGeneratedModel<T>)s_loaded.GetOrAdd((typeof(T), seeded.Seed, seeded.Shape), _ => new Lazy<object>(() => GeneratedModel.Load<T>(seeded.Model))).Value;

    /// <summary>Random input, [time, channel].</summary>
    public static T[] Input<T>(SeededModel seeded, int steps, int seed = 7)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. RandomModels.Input(seeded.Model, steps, seed).Select(T.CreateChecked)];

    /// <summary>Room for the output of a number of steps.</summary>
    public static T[] Output<T>(IGeneratedModel<T> model, int steps)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new T[(model.Pooled ? 1 : steps) * model.OutputWidth];

    /// <summary>The output of a whole sequence.</summary>
    public static T[] Run<T>(IGeneratedModel<T> model, T[] input, VectorWidth width = VectorWidth.Widest)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] output = Output(model, input.Length / model.InputWidth);
        model.Forward(input, output, width);
        return output;
    }

    /// <summary>Fails where two arrays differ in a bit; all not-a-numbers count as one.</summary>
    public static void SameBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {expected.Length} and {actual.Length} numbers");
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = expected[i].Equals(actual[i]) && (T.IsNaN(expected[i]) || T.IsNegative(expected[i]) == T.IsNegative(actual[i]));
            Assert.True(same, $"{what}: at {i} {expected[i]} and {actual[i]}");
        }
    }
}
