using System;
using FsCheck;
using FsCheck.Fluent;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>
/// Small random models of every shape class, and input for them. The same seed makes the same model: a failing test names its seed.
/// Models are stable (|a| below 1) and their numbers are of order 1.
/// </summary>
public static class RandomModels
{
    /// <summary>A model of a random shape with a random kind of cells.</summary>
    public static SeededModel Create(int seed) => Create(seed, ModelShape.Draw(new Random(seed)));

    /// <summary>A model of a random shape with the given kind of cells.</summary>
    public static SeededModel Create(int seed, CellClass cells) => Create(seed, ModelShape.Draw(new Random(seed), cells));

    /// <summary>A model of a random shape with the given kind of cells and widths above one vector.</summary>
    public static SeededModel CreateWide(int seed, CellClass cells) => Create(seed, ModelShape.DrawWide(new Random(seed), cells));

    /// <summary>A model of the given shape with random numbers. A residual is left out where the layer changes the width.</summary>
    public static SeededModel Create(int seed, ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var random = new Random(seed);
        int? cut = shape.Cells == CellClass.Selective && !shape.InputMap ? RandomSelectiveLayer.Width(shape) : null;
        int input = shape.Encoder ? shape.InputWidth : cut ?? shape.InputWidth, width = shape.Encoder ? cut ?? shape.Width : input;
        InputScaling? scaling = shape.Scaling
            ? new InputScaling(random.Tensor(r => 1 + (0.2 * r.Normal()), input), random.Tensor(r => 0.2 * r.Normal(), input))
            : null;
        Linear? encoder = shape.Encoder ? random.Linear(input, width, shape.Bias) : null;
        var layers = new Layer[shape.Layers];
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i] = shape.Cells switch
            {
                CellClass.Constant => PlainLayer(random, shape, RandomCells.Constant, width, i),
                CellClass.LowRank => PlainLayer(random, shape, RandomCells.LowRank, width, i),
                CellClass.Shared => PlainLayer(random, shape with { Reads = 1 }, RandomCells.Shared, width, i),
                CellClass.Oscillators => PlainLayer(random, shape with { Reads = 1 }, RandomCells.Oscillators, width, i),
                CellClass.LinearCde => PlainLayer(random, shape with { Reads = 1 }, RandomCde.Cell, width, i),
                CellClass.Selective => RandomSelectiveLayer.Of(random, shape, width, i),
                _ => throw new ArgumentException($"There is no generator for {shape.Cells}.", nameof(shape)),
            };
            width = layers[i].OutputWidth;
        }

        Linear? head = shape.HeadWidth > 0 ? random.Linear(width, shape.HeadWidth, shape.Bias) : null;
        var model = new SequenceModel("random", input, new EquatableArray<Layer>(layers)) { Scaling = scaling, Encoder = encoder, Pooling = shape.Pooling, Head = head };
        return new SeededModel(seed, shape, model);
    }

    /// <summary>Random samples for a model, shape [time, input]: every number is a float, so that both precisions see the same input.</summary>
    public static double[] Input(SequenceModel model, int time, int seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        var random = new Random(seed);
        var input = new double[time * model.InputWidth];
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = (float)random.Normal();
        }

        return input;
    }

    /// <summary>Random models for FsCheck. They do not shrink: the seed in the text makes the same model again.</summary>
    public static Arbitrary<SeededModel> Arbitrary() =>
        Gen.Choose(0, int.MaxValue - 1).Select(Create).ToArbitrary();

    /// <summary>Random models with one kind of cells for FsCheck.</summary>
    public static Arbitrary<SeededModel> Arbitrary(CellClass cells) =>
        Gen.Choose(0, int.MaxValue - 1).Select(seed => Create(seed, cells)).ToArbitrary();

    private static Layer PlainLayer(Random random, ModelShape shape, Func<Random, ModelShape, int, Cell> create, int width, int index)
    {
        DecoderFunction activation = DecoderFunctions.Find(shape.Activation)
            ?? throw new ArgumentException($"There is no decoder function '{shape.Activation}'.", nameof(shape));
        int readouts = width * shape.Reads;
        DecoderUnit? unit = !shape.Mixing ? null : shape.Unit ?? (shape.Glu ? new SplitGlu(DecoderFunctions.Sigmoid) : null);
        int mixed = unit switch { SplitGlu => 2 * width, HalfGlu => readouts, _ => width };
        var decoder = new Decoder { Activation = activation, Mixing = shape.Mixing ? random.Linear(readouts, mixed, shape.Bias) : null, Unit = unit };
        int outputWidth = decoder.OutputWidth(readouts);
        return new Layer(
            $"layers.{index}",
            width,
            shape.PreNorm ? random.Norm(width, shape.Norms) : null,
            InputStage.None,
            create(random, shape with { BothDirections = (shape.BothDirections >> index) & 1 }, width),
            decoder,
            shape.Residual && outputWidth == width,
            shape.PostNorm ? random.Norm(outputWidth, shape.Norms) : null);
    }
}
