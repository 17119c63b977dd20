using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Benchmarks;

/// <summary>Models of the sizes that are measured: S4D as upstream initialises it (modes at pi n, decay 1/2, steps of 0.001 to 0.1).</summary>
internal static class BenchmarkModels
{
    /// <summary>A recurrence of every kind, given the channels, by the name of the kind.</summary>
    public static IReadOnlyDictionary<string, Func<int, Cell>> Kinds { get; } = new Dictionary<string, Func<int, Cell>>
    {
        ["32 modes per channel"] = channels => ChannelModes(channels, 32, new Random(1)),
        ["32 low-rank modes, eigenvectors"] = channels => LowRankModes(channels, 32, LowRankForm.Eigenbasis, new Random(1)),
        ["32 low-rank modes, low-rank step"] = channels => LowRankModes(channels, 32, LowRankForm.LowRankStep, new Random(1)),
        ["64 shared modes"] = channels => SharedModes(channels, 64, new Random(1)),
        ["64 oscillators"] = channels => SharedOscillators(channels, 64, new Random(1)),
        ["16 selective modes"] = channels => SelectiveCell(channels, 16, 8, new Random(1)),
    };

    /// <summary>Recurrences of both directions, given the channels, by the name of the kind: the modes of <see cref="Kinds"/>, each in both.</summary>
    public static IReadOnlyDictionary<string, Func<int, Cell>> BothDirections { get; } = new Dictionary<string, Func<int, Cell>>
    {
        ["32 modes per channel"] = channels => ChannelModes(channels, 32, new Random(1)) with { Backward = new BackwardRead(Tensor(new Random(3), channels, 32, 2), Delay: 1) },
        ["64 shared modes"] = channels => SharedModes(channels, 64, new Random(1)) with { Backward = new BackwardRead(Tensor(new Random(3), channels, 64, 2), Delay: 0) },
    };

    /// <summary>One recurrence with skip: no activation, no output linear.</summary>
    public static SequenceModel Kernel(Cell cell) => Model(cell.InputWidth, cell, new Decoder { Activation = DecoderFunctions.Identity });

    /// <summary>A square linear map in front of as many kernels of one mode: nearly all numbers are those of the map.</summary>
    public static SequenceModel LinearMap(int width)
    {
        var random = new Random(width);
        return Kernel(ChannelModes(width, 1, random)) with { Encoder = new Linear(width, width, Tensor(random, width, width), Tensor(random, width)) };
    }

    /// <summary>The whole S4D layer: kernel, skip, exact GELU, position-wise linear, GLU.</summary>
    public static SequenceModel Layer(int channels, int modes)
    {
        var random = new Random(1);
        Cell cell = ChannelModes(channels, modes, random);
        var mixing = new Linear(channels, 2 * channels, Tensor(random, 2 * channels, channels), Tensor(random, 2 * channels));
        return Model(channels, cell, new Decoder { Activation = DecoderFunctions.GeluErf, Mixing = mixing, Unit = new SplitGlu(DecoderFunctions.Sigmoid) });
    }

    /// <summary>Encoder of one input, S4D kernels with skip, exact GELU, mean over time, ten scores; where asked for a position-wise linear and GLU after the GELU.</summary>
    public static SequenceModel Classifier(int channels, int modes, bool glu)
    {
        var random = new Random(1);
        Cell cell = ChannelModes(channels, modes, random);
        Linear? mixing = glu ? new Linear(channels, 2 * channels, Tensor(random, 2 * channels, channels), Tensor(random, 2 * channels)) : null;
        var decoder = new Decoder { Activation = DecoderFunctions.GeluErf, Mixing = mixing, Unit = glu ? new SplitGlu(DecoderFunctions.Sigmoid) : null };
        return new SequenceModel("s4d-classifier", 1, EquatableArray.Of(new Layer("", channels, null, InputStage.None, cell, decoder, false, null)))
        {
            Encoder = new Linear(1, channels, Tensor(random, channels, 1), Tensor(random, channels)),
            Pooling = Pooling.Mean,
            Head = new Linear(channels, 10, Tensor(random, 10, channels), Tensor(random, 10)),
        };
    }

    /// <summary>Input of a model: numbers in [-1, 1).</summary>
    public static float[] Input(int count)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    private static SequenceModel Model(int channels, Cell cell, Decoder decoder) =>
        new("s4d-standalone", channels, EquatableArray.Of(new Layer("", channels, null, InputStage.None, cell, decoder, false, null)));

    /// <summary>S4D as upstream initialises it.</summary>
    public static ChannelModes ChannelModes(int channels, int modes, Random random)
    {
        var a = new double[channels * modes * 2];
        for (int i = 0; i < channels * modes; i++)
        {
            a[2 * i] = -0.5;
            a[(2 * i) + 1] = Math.PI * (i % modes);
        }

        double[] delta = [.. Enumerable.Range(0, channels).Select(_ => 0.001 * Math.Pow(100, random.NextDouble()))];
        double[] ones = [.. Enumerable.Range(0, a.Length).Select(i => i % 2 == 0 ? 1.0 : 0)];
        return new ChannelModes(
            channels,
            modes,
            1,
            Field.Complex,
            DiscretizationRule.ZeroOrderHold,
            new Tensor(EquatableArray.Of(channels, modes, 2), a),
            new Tensor(EquatableArray.Of(channels), delta),
            new Tensor(EquatableArray.Of(channels, modes, 2), ones),
            Tensor(random, channels, modes, 2),
            2)
        {
            Skip = Tensor(random, channels),
        };
    }

    /// <summary>S4's modes with the eigenvalues of S4D, coupled by rank 1, with one transition for all channels.</summary>
    public static LowRankModes LowRankModes(int channels, int modes, LowRankForm form, Random random) => new(
        channels,
        modes,
        1,
        1,
        1,
        new Tensor(EquatableArray.Of(1, modes, 2), [.. Enumerable.Range(0, 2 * modes).Select(i => i % 2 == 0 ? -0.5 : Math.PI * (i / 2))]),
        Tensor(random, 1, 1, modes, 2),
        new Tensor(EquatableArray.Of(channels), [.. Enumerable.Range(0, channels).Select(_ => 0.001 * Math.Pow(100, random.NextDouble()))]),
        Tensor(random, 1, modes, 2),
        Tensor(random, 1, channels, modes, 2))
    {
        Form = form,
        Skip = Tensor(random, channels),
    };

    /// <summary>S5's modes, which all channels share, with the eigenvalues of S4D.</summary>
    public static SharedModes SharedModes(int channels, int modes, Random random) => new(
        channels,
        modes,
        channels,
        Field.Complex,
        DiscretizationRule.ZeroOrderHold,
        new Tensor(EquatableArray.Of(modes, 2), [.. Enumerable.Range(0, 2 * modes).Select(i => i % 2 == 0 ? -0.5 : Math.PI * (i / 2))]),
        new Tensor(EquatableArray.Of(modes), [.. Enumerable.Range(0, modes).Select(_ => 0.001 * Math.Pow(100, random.NextDouble()))]),
        Tensor(random, modes, channels, 2),
        Tensor(random, channels, modes, 2),
        2)
    {
        Skip = Tensor(random, channels),
    };

    /// <summary>LinOSS's oscillators as upstream initialises them, which all channels share.</summary>
    private static SharedOscillators SharedOscillators(int channels, int oscillators, Random random) => new(
        channels,
        oscillators,
        channels,
        OscillatorScheme.Implicit,
        new Tensor(EquatableArray.Of(oscillators), [.. Enumerable.Range(0, oscillators).Select(_ => random.NextDouble())]),
        new Tensor(EquatableArray.Of(oscillators), [.. Enumerable.Range(0, oscillators).Select(_ => 1 / (1 + Math.Exp(-random.NextDouble())))]),
        Tensor(random, oscillators, channels, 2),
        Tensor(random, channels, oscillators, 2))
    {
        Skip = Tensor(random, channels),
    };

    /// <summary>Mamba's cells: a step size of low rank, input and output weights that depend on the input.</summary>
    private static SelectiveCell SelectiveCell(int channels, int modes, int rank, Random random)
    {
        Signal projected = new ProjectedSignal(new CellInputSignal(channels), new Linear(channels, rank + (2 * modes), Tensor(random, rank + (2 * modes), channels), null), "x_proj");
        Signal step = new ProjectedSignal(new SlicedSignal(projected, 0, rank), new Linear(rank, channels, Tensor(random, channels, rank), Tensor(random, channels)), "dt_proj");
        return new SelectiveCell(
            channels,
            channels,
            modes,
            1,
            Field.Real,
            new StepTransition(
                new Tensor(EquatableArray.Of(channels, modes), [.. Enumerable.Range(0, channels * modes).Select(i => -1.0 - (i % modes))]), new MappedSignal(step, DecoderFunctions.Softplus)),
            new CellInputSignal(channels),
            new SelectiveParameter(new SlicedSignal(projected, rank, modes)),
            new SelectiveParameter(new SlicedSignal(projected, rank + modes, modes)),
            1)
        {
            Skip = Tensor(random, channels),
        };
    }

    /// <summary>Numbers in [-1/8, 1/8).</summary>
    public static Tensor Tensor(Random random, params int[] shape) =>
        new(new EquatableArray<int>(shape), [.. Enumerable.Range(0, shape.Aggregate(1, (p, n) => p * n)).Select(_ => (random.NextDouble() - 0.5) / 4)]);
}
