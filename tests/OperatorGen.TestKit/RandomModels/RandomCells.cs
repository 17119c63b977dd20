using System;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Compiler.Recurrences;
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

            // Complex modes have all forms; others have one.
            Form = (modes % 4) switch { 0 => ScanForm.StepByStep, 1 => ScanForm.LookAheadOfModes, 2 => ScanForm.LookAhead, _ => ScanForm.Counted },
        };
    }

    /// <summary>
    /// Modes of one channel each, coupled by rank 1 or 2; now and then HiPPO-LegS, whose eigenvectors are ill-conditioned from 8 modes on. Re A is at most -0.2
    /// before the low-rank part, which makes it smaller: |A-bar| stays below 1.
    /// </summary>
    public static LowRankModes LowRank(Random random, ModelShape shape, int channels)
    {
        int modes = shape.Modes, rank = random.Next(1, 3), rows = random.Next(2) == 0 ? 1 : channels;
        var form = (LowRankForm)random.Next(3);
        LowRankModes cell = random.Next(4) == 0
            ? HippoLegs.Cell(random, modes, [.. Enumerable.Range(0, channels).Select(_ => random.Uniform(0.02, 0.5))])
            : new LowRankModes(
                channels,
                modes,
                1,
                rows,
                rank,
                Eigenvalues(random, shape with { Rule = DiscretizationRule.Bilinear, Field = Field.Complex }, rows, modes),
                random.Tensor(r => 0.5 * r.Normal(), rank, rows, modes, 2),
                Delta(random, [channels]),
                random.Tensor(r => r.Normal(), rows, modes, 2),
                random.Tensor(_ => 0, 1, channels, modes, 2));
        return cell with
        {
            Reads = shape.Reads,
            C = random.Tensor(r => 0.5 * r.Normal() / Math.Sqrt(modes), shape.Reads, channels, modes, 2),
            Skip = shape.Skip ? random.Tensor(r => r.Normal(), shape.Reads * channels) : null,
            StateName = shape.NamedState && shape.BothDirections == 0 ? "state" : null,
            Backward = shape.BothDirections == 0 ? null : new BackwardRead(random.Tensor(r => 0.5 * r.Normal() / Math.Sqrt(modes), shape.Reads, channels, modes, 2), random.Next(2)),

            // Where the eigenvectors are worthless, they are not asked for.
            Form = form == LowRankForm.Eigenbasis && !new LowRankModesLowering(cell).IsDiagonal(ElementType.Single) ? LowRankForm.Proven : form,
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

    /// <summary>
    /// Oscillators that all channels share, of all conditions: A = 0 and nearly 0, where there is one eigenvector; ordinary ones; and, of the explicit scheme, Delta^2 A about
    /// 4, where there is one again and above which the state grows. By at most 1.04 a step here.
    /// </summary>
    public static SharedOscillators Oscillators(Random random, ModelShape shape, int channels)
    {
        OscillatorScheme scheme = random.Next(2) == 0 ? OscillatorScheme.Implicit : OscillatorScheme.ImplicitExplicit;
        var a = new double[shape.Modes];
        var delta = new double[shape.Modes];
        for (int p = 0; p < a.Length; p++)
        {
            delta[p] = random.Uniform(0.02, 0.2);
            switch (random.Next(6))
            {
                case 0:
                    break;
                case 1:
                    a[p] = Math.Pow(10, -random.Uniform(4, 14));
                    break;
                case 2:
                    delta[p] = random.Uniform(0.2, 0.9);
                    a[p] = (4 + (random.Next(-1, 2) * Math.Pow(10, -random.Uniform(3, 12)))) / (delta[p] * delta[p]);
                    break;
                default:
                    delta[p] = random.Uniform(0.1, 0.9);
                    a[p] = random.Uniform(0.1, 1);
                    break;
            }
        }

        return new SharedOscillators(
            channels,
            a.Length,
            channels,
            scheme,
            new Tensor(EquatableArray.Of(a.Length), a),
            new Tensor(EquatableArray.Of(a.Length), delta),
            random.Tensor(r => r.Normal() / Math.Sqrt(channels), a.Length, channels, 2),
            random.Tensor(r => 0.5 * r.Normal() / Math.Sqrt(a.Length), channels, a.Length, 2))
        {
            Skip = shape.Skip ? random.Tensor(r => r.Normal(), channels) : null,
            StateName = shape.NamedState ? "state" : null,
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
