using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>Random stable cells; one generator per kind.</summary>
internal static class RandomCells
{
    /// <summary>Modes of one channel each: |a| stays below 1 by every rule (the real part of a continuous A is negative).</summary>
    public static ChannelModes Constant(Random random, ModelShape shape, int channels)
    {
        int modes = shape.Modes;
        bool complex = shape.Field == Field.Complex;
        int[] weights = complex ? [channels, modes, 2] : [channels, modes];
        Tensor a = Eigenvalues(random, shape, channels, modes);
        Tensor delta = Delta(random, shape.DeltaPerMode ? [channels, modes] : [shape.DeltaPerCell ? channels : 1]);
        Tensor b = random.Tensor(r => r.Normal(), weights);
        Tensor C() => random.Tensor(r => 0.5 * r.Normal() / Math.Sqrt(modes), shape.Reads == 1 ? weights : [shape.Reads, .. weights]);
        return new ChannelModes(
            channels,
            modes,
            shape.Reads,
            shape.Field,
            shape.Rule,
            a,
            delta,
            b,
            C(),
            complex ? 2 : 1)
        {
            Skip = shape.Skip ? random.Tensor(r => r.Normal(), shape.Reads == 1 ? [channels] : [shape.Reads, channels]) : null,
            StateName = shape.NamedState && shape.BothDirections == 0 ? "state" : null,
            Backward = shape.BothDirections == 0 ? null : new BackwardRead(C(), random.Next(2)),
        };
    }

    /// <summary>Modes that all channels share, as stable; a drive row sums to order 1.</summary>
    public static SharedModes Shared(Random random, ModelShape shape, int channels)
    {
        int modes = shape.Modes;
        bool complex = shape.Field == Field.Complex;
        int[] Weights(params int[] axes) => complex ? [.. axes, 2] : axes;
        Tensor C() => random.Tensor(r => 0.5 * r.Normal() / Math.Sqrt(modes), Weights(channels, modes));
        return new SharedModes(
            channels,
            modes,
            channels,
            shape.Field,
            shape.Rule,
            Eigenvalues(random, shape, modes),
            Delta(random, [shape.DeltaPerMode ? modes : 1]),
            random.Tensor(r => r.Normal() / Math.Sqrt(channels), Weights(modes, channels)),
            C(),
            complex ? 2 : 1)
        {
            Skip = shape.Skip ? random.Tensor(r => r.Normal(), channels) : null,
            StateName = shape.NamedState && shape.BothDirections == 0 ? "state" : null,
            Backward = shape.BothDirections == 0 ? null : new BackwardRead(C(), random.Next(2)),
        };
    }

    /// <summary>Selective cells as Mamba's: Delta = softplus(dt_proj delta), B and C slices of one projection of v, A constant and negative.</summary>
    public static SelectiveCell Selective(Random random, ModelShape shape, int count)
    {
        int modes = shape.Modes, rank = shape.DeltaRank;
        Signal projected = new ProjectedSignal(new CellInputSignal(count), random.Linear(count, rank + (2 * modes), bias: false), "x_proj");
        Signal step = new ProjectedSignal(new SlicedSignal(projected, 0, rank), random.Linear(rank, count, bias: true), "dt_proj");
        return new SelectiveCell(
            count,
            modes,
            1,
            Field.Real,
            new DiagonalTransition(new ConstantParameter(random.Tensor(r => -Math.Exp(0.5 * r.Normal()), count, modes))),
            DiscretizationRule.ExponentialEuler,
            new SelectiveParameter(new MappedSignal(step, DecoderFunctions.Softplus)),
            new SelectiveParameter(new SlicedSignal(projected, rank, modes)),
            new SelectiveParameter(new SlicedSignal(projected, rank + modes, modes)),
            1,
            ReadOrder.PostUpdate)
        {
            Skip = shape.Skip ? random.Tensor(r => r.Normal(), count) : null,
            StateName = "ssm_state",
        };
    }

    private static Tensor Delta(Random random, int[] axes) => random.Tensor(r => Math.Exp(r.Uniform(Math.Log(0.02), Math.Log(0.5))), axes);

    private static Tensor Eigenvalues(Random random, ModelShape shape, params int[] axes)
    {
        bool discrete = shape.Rule == DiscretizationRule.None;
        if (shape.Field == Field.Real)
        {
            return random.Tensor(r => discrete ? r.Uniform(-0.8, 0.9) : -r.Uniform(0.2, 2), axes);
        }

        var values = new double[2 * Tensor.Volume(axes)];
        for (int i = 0; i < values.Length; i += 2)
        {
            double radius = random.Uniform(0.3, 0.9);
            double angle = random.Uniform(-Math.PI, Math.PI);
            values[i] = discrete ? radius * Math.Cos(angle) : -random.Uniform(0.2, 2);
            values[i + 1] = discrete ? radius * Math.Sin(angle) : 4 * angle;
        }

        return new Tensor(EquatableArray.Of([.. axes, 2]), values);
    }
}
