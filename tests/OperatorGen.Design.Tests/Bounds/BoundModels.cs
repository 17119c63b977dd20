using System;
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
}

/// <summary>Random one-layer operators for attempts to break bounds.</summary>
internal static class BoundModels
{
    /// <summary>Every decoder function, the identity and a polynomial among them.</summary>
    public static readonly string[] Decoders = ["gelu-erf", "gelu-tanh", "silu", "sigmoid", "tanh", "softplus", "relu", "identity", "polynomial(0,1,1/2,-1/4)"];

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

        bool shared = kind == BankKind.Shared;
        ComplexNumber[] eigenvalues = [.. Enumerable.Range(0, shared ? modes : channels * modes).Select(_ => Wave(random, 1).Eigenvalue)];
        int readouts = shared ? random.Next(2) == 0 ? channels : random.Next(1, 9) : 2 * channels;
        ComplexNumber[] reads = [.. Enumerable.Range(0, readouts * modes).Select(k => (1 - (0.9 * eigenvalues[shared ? k % modes : k % eigenvalues.Length].Magnitude)) * Complex(random, size / Math.Sqrt(modes)))];
        double[]? skip = readouts % channels == 0 && random.Next(2) == 0 ? Numbers(random, readouts, 0.5) : null;
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

    private static ComplexNumber Complex(Random random, double size) => new(random.Between(-size, size), random.Between(-size, size));

    private static System.Collections.Generic.IEnumerable<double> Column(double[] rows, int width, int column) => rows.Where((_, k) => k % width == column);

    private static double[] Numbers(Random random, int count, double size) => [.. Enumerable.Range(0, count).Select(_ => random.Between(-size, size))];
}
