using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Design.Tests.Bounds;

/// <summary>What the modes of a random operator are.</summary>
internal enum BankKind
{
    /// <summary>Modes of one channel each, one readout per channel.</summary>
    PerChannel,

    /// <summary>Modes of one channel each, two readouts per channel.</summary>
    TwoReads,

    /// <summary>Modes that all channels share, as many readouts as inputs or, without a skip, another number.</summary>
    Shared,

    /// <summary>The same with blocks among them: damped ones of any size, and Jordan blocks that do not decay.</summary>
    SharedBlocks,

    /// <summary>Modes of one channel each, the first ones a damped block.</summary>
    ChannelBlocks,
}

/// <summary>Random one-layer operators for attempts to break bounds.</summary>
internal static class BoundModels
{
    /// <summary>Every decoder function, the identity and a polynomial among them.</summary>
    public static readonly string[] Decoders = ["gelu-erf", "gelu-tanh", "silu", "sigmoid", "tanh", "softplus", "relu", "identity", "exp", "polynomial(0,1,1/2,-1/4)"];

    /// <summary>A number in [low, high).</summary>
    public static double Between(this Random random, double low, double high) => low + (random.NextDouble() * (high - low));

    /// <summary>A layer of waves between encoder and, for pooled models, head.</summary>
    public static OperatorDescription Create(Random random, int channels, int modes, DecoderFunction decoder, bool glu, bool pooled, double size = 1, BankKind kind = BankKind.PerChannel)
    {
        int inputs = random.Next(1, 4);
        var encoder = new LinearDescription(inputs, channels, Numbers(random, inputs * channels, 1), random.Next(2) == 0 ? null : Numbers(random, channels, 0.5));
        ModeBank bank = Bank(random, channels, modes, size, kind);
        int width = random.Next(1, bank.Readouts + 1);
        LinearDescription? mixing = glu || random.Next(2) == 0
            ? new LinearDescription(bank.Readouts, glu ? 2 * width : width, Numbers(random, bank.Readouts * (glu ? 2 * width : width), 1), Numbers(random, glu ? 2 * width : width, 0.5))
            : null;
        bool residual = (mixing is null ? bank.Readouts : width) == channels && random.Next(3) == 0;
        var layer = new LayerDescription
        {
            Width = channels,
            Recurrence = bank,
            Decoder = decoder,
            Mixing = mixing,
            Glu = glu ? new GluDescription(DecoderFunctions.Sigmoid) : null,
            Residual = residual,
        };
        LinearDescription? head = pooled ? new LinearDescription(layer.OutputWidth, 3, Numbers(random, layer.OutputWidth * 3, 1), Numbers(random, 3, 1)) : null;
        return new OperatorDescription
        {
            Architecture = "test",
            Order = 3,
            InputWidth = inputs,
            Pooling = pooled ? Pooling.Mean : Pooling.None,
            Encoder = encoder,
            Layers = [layer],
            Head = head,
        };
    }

    /// <summary>Random modes.</summary>
    public static ModeBank Bank(Random random, int channels, int modes, double size, BankKind kind)
    {
        if (kind == BankKind.PerChannel)
        {
            Wave[] waves = [.. Enumerable.Range(0, channels * modes).Select(_ => Wave(random, size / Math.Sqrt(modes)))];
            return ModeBank.PerChannel(modes, waves, random.Next(2) == 0 ? null : Numbers(random, channels, 0.5));
        }

        bool shared = kind is BankKind.Shared or BankKind.SharedBlocks;
        ComplexNumber[] eigenvalues = [.. Enumerable.Range(0, shared ? modes : channels * modes).Select(_ => Wave(random, 1).Eigenvalue)];
        int readouts = shared ? random.Next(2) == 0 ? channels : random.Next(1, 9) : kind == BankKind.TwoReads ? 2 * channels : channels;
        ComplexNumber[] reads = [.. Enumerable.Range(0, readouts * modes).Select(k => (1 - (0.9 * eigenvalues[shared ? k % modes : k % eigenvalues.Length].Magnitude)) * Complex(random, size / Math.Sqrt(modes)))];
        double[]? skip = readouts % channels == 0 && random.Next(2) == 0 ? Numbers(random, readouts, 0.5) : null;
        ModeBlock[] blocks = kind switch
        {
            BankKind.SharedBlocks => [.. Blocks(random, modes)],
            BankKind.ChannelBlocks => [.. Enumerable.Range(0, channels).Select(c => new ModeBlock(c * modes, Math.Min(modes, 4), Damped(random, Math.Min(modes, 4)).ToEquatableArray()))],
            _ => [],
        };
        if (blocks.Length > 0)
        {
            ComplexNumber[] drive = [.. Enumerable.Range(0, modes * channels).Select(_ => Complex(random, 1 / Math.Sqrt(shared ? channels : 1)))];
            return shared ? ModeBank.Shared(channels, eigenvalues, drive, reads, skip, null, blocks) : ModeBank.PerChannel(channels, eigenvalues, reads, skip, null, blocks, drive);
        }

        return shared
            ? ModeBank.Shared(channels, eigenvalues, [.. Enumerable.Range(0, modes * channels).Select(_ => Complex(random, 1 / Math.Sqrt(channels)))], reads, skip)
            : ModeBank.PerChannel(channels, eigenvalues, reads, skip);
    }

    /// <summary>The expansion of a layer: Taylor about 0, Chebyshev on the proven ranges, Measure on what inputs of the range make.</summary>
    public static LayerExpansion Expand(OperatorEnclosure enclosure, ExpansionKind kind, int order, Adversary adversary)
    {
        LayerDescription layer = enclosure.Layers[0].Layer;
        if (kind == ExpansionKind.Taylor)
        {
            return OperatorExpansion.Taylor(layer, order, Enumerable.Repeat(0.0, layer.Channels));
        }

        LayerTrace[] traces = kind != ExpansionKind.Measure ? []
            : [.. Enumerable.Range(0, 40).Select(_ => OperatorTrace.Of(enclosure.Operator, adversary.Any()).Layers[0])];
        return new LayerExpansion(
            layer,
            order,
            [.. enclosure.Layers[0].Readouts.Select((o, c) => Polynomial(layer.Decoder, o, [.. traces.SelectMany(trace => Column(trace.Readouts, layer.Channels, c))]))],
            [.. enclosure.Layers[0].Gates.Select((z, i) => Polynomial(layer.GateFunction!, z, [.. traces.SelectMany(trace => Column(trace.GateArguments, layer.Gates, i))]))]);

        DecoderPolynomial Polynomial(DecoderFunction function, Interval range, double[] samples)
        {
            if (kind == ExpansionKind.Exact)
            {
                return DecoderPolynomial.Exact(function);
            }

            if (kind == ExpansionKind.Chebyshev)
            {
                return DecoderPolynomial.Chebyshev(function, order, range.Low, range.High);
            }

            var builder = new MeasureBuilder(function, 16);
            builder.Add(samples);
            return DecoderPolynomial.Measure(function, order, builder.Build());
        }
    }

    /// <summary>A damped oscillation, or decay for every fourth one; eigenvalue 0 now and then.</summary>
    public static Wave Wave(Random random, double size)
    {
        double magnitude = random.Next(12) == 0 ? 0 : random.Between(0.3, 0.995);
        double angle = random.Next(4) == 0 ? 0 : random.Between(-Math.PI, Math.PI);
        return new Wave(
            new ComplexNumber(magnitude * Math.Cos(angle), magnitude * Math.Sin(angle)),
            Complex(random, size) * (1 - (0.9 * magnitude)));
    }

    // Blocks of one to four modes, every other one a Jordan block of two; the last modes stay by themselves.
    private static IEnumerable<ModeBlock> Blocks(Random random, int modes)
    {
        for (int first = 0; first + 1 < modes;)
        {
            int size = random.Next(2) == 0 ? 2 : random.Next(1, Math.Min(5, modes - first));
            yield return new ModeBlock(first, size, size == 2 ? EquatableArray.Of(1.0, 0, random.Between(0, 0.2), 1) : Damped(random, size).ToEquatableArray());
            first += size;
        }
    }

    // Rows of magnitudes that add up to at most 0.95.
    private static double[] Damped(Random random, int size) => Numbers(random, size * size, 0.95 / size);

    private static ComplexNumber Complex(Random random, double size) => new(random.Between(-size, size), random.Between(-size, size));

    private static IEnumerable<double> Column(double[] rows, int width, int column) => rows.Where((_, k) => k % width == column);

    private static double[] Numbers(Random random, int count, double size) => [.. Enumerable.Range(0, count).Select(_ => random.Between(-size, size))];
}
