using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Tests.Contributions;

/// <summary>Small operators with random numbers; the same seed makes the same operator.</summary>
internal sealed record RandomOperator
{
    public int Seed { get; init; } = 1;

    public int Inputs { get; init; } = 2;

    public bool Encoder { get; init; } = true;

    public bool Bias { get; init; } = true;

    public bool Scaling { get; init; }

    public int Channels { get; init; } = 3;

    public int Modes { get; init; } = 3;

    public int Layers { get; init; } = 1;

    /// <summary>Modes that all readouts share, with dense drive and reads.</summary>
    public bool Shared { get; init; }

    /// <summary>Readouts per channel; above 1 with mixing only, which brings them back to the layer's width.</summary>
    public int Readouts { get; init; } = 1;

    public bool Real { get; init; }

    /// <summary>True where the first modes of a group, up to three, are a block whose states mix.</summary>
    public bool Blocks { get; init; }

    /// <summary>As many modes again that run backward in time; how many steps their reads leave out. Null: none.</summary>
    public int? Backward { get; init; }

    public bool Skip { get; init; } = true;

    public string Decoder { get; init; } = "gelu-erf";

    public bool Mixing { get; init; }

    public bool Glu { get; init; }

    /// <summary>The function of a gate stream; null: none.</summary>
    public string? Gate { get; init; }

    public bool Residual { get; init; }

    public bool PreNorm { get; init; }

    public bool PostNorm { get; init; }

    /// <summary>True where the norms are BatchNorms.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>True where the value of the gated linear unit is mixed of the readouts.</summary>
    public bool ReadsReadouts { get; init; }

    public bool Pooled { get; init; } = true;

    public int Head { get; init; } = 4;

    public int Order { get; init; } = 2;

    /// <summary>One whose readouts share their modes.</summary>
    public static RandomOperator DrawShared(int seed)
    {
        RandomOperator random = Draw(seed);
        return random with { Shared = true, Readouts = random.Mixing ? 1 + (seed % 3) : 1 };
    }

    /// <summary>One with several readouts per channel.</summary>
    public static RandomOperator DrawReadouts(int seed) => Draw(seed) with { Mixing = true, Readouts = 2 + (seed % 2) };

    public static RandomOperator Draw(int seed)
    {
        var random = new Random(seed);
        bool Chance(double p) => random.NextDouble() < p;
        bool glu = Chance(0.4);
        string[] decoders = ["gelu-erf", "gelu-tanh", "silu", "sigmoid", "tanh", "softplus", "identity", "polynomial(1/3, 3/4, -1/5, 1/7)"];
        return new RandomOperator
        {
            Seed = seed,
            Inputs = random.Next(1, 4),
            Encoder = Chance(0.7),
            Bias = Chance(0.7),
            Scaling = Chance(0.5),
            Channels = random.Next(1, 12),
            Modes = random.Next(1, 10),
            Layers = random.Next(1, 4),
            Real = Chance(0.3),
            Skip = Chance(0.6),
            Decoder = decoders[random.Next(decoders.Length)],
            Glu = glu,
            Mixing = glu || Chance(0.5),
            Gate = !glu && Chance(0.3) ? "silu" : null,
            Residual = Chance(0.5),
            PreNorm = Chance(0.4),
            PostNorm = Chance(0.4),
            Pooled = Chance(0.6),
            Head = Chance(0.7) ? random.Next(1, 6) : 0,
            Order = random.Next(1, 5),
            BatchNorm = Chance(0.4),
            ReadsReadouts = Chance(0.3),
        };
    }

    public OperatorDescription Create()
    {
        var random = new Random(Seed);
        int width = Encoder ? Channels : Inputs;
        ScalingDescription? scaling = Scaling ? new ScalingDescription(Numbers(random, Inputs, 1), Numbers(random, Inputs, 0.3)) : null;
        LinearDescription? encoder = Encoder ? Linear(random, Inputs, width) : null;
        LayerDescription[] layers = [.. Enumerable.Range(0, Layers).Select(l => Layer(random, width, l))];
        LinearDescription? head = Head > 0 ? Linear(random, width, Head) : null;
        return new OperatorDescription
        {
            Architecture = "random",
            Order = Order,
            InputWidth = Inputs,
            Pooling = Pooled ? Pooling.Mean : Pooling.None,
            Scaling = scaling,
            Encoder = encoder,
            Layers = layers,
            Head = head,
        };
    }

    public double[] Input(int steps, int seed = 5) => Numbers(new Random(seed), steps * Inputs, 1);

    public override string ToString() => $"seed {Seed}";

    private static double[] Numbers(Random random, int count, double size) => [.. Enumerable.Range(0, count).Select(_ => size * ((2 * random.NextDouble()) - 1))];

    private LinearDescription Linear(Random random, int inputs, int outputs) =>
        new(inputs, outputs, Numbers(random, inputs * outputs, 1 / Math.Sqrt(inputs)), Bias ? Numbers(random, outputs, 0.5) : null);

    private NormDescription Norm(Random random, int width)
    {
        double[] weight = [.. Numbers(random, width, 0.3).Select(x => 1 + x)];
        double[] bias = Numbers(random, width, 0.3);
        return BatchNorm ? new BatchNormDescription(weight, bias) : new LayerNormDescription(weight, bias, 1e-5);
    }

    private LayerDescription Layer(Random random, int width, int index)
    {
        int readouts = width * Readouts;
        InputDescription stage = Gate is null ? InputDescription.None : new InputDescription(Linear(random, width, width + readouts), readouts, null, DecoderFunctions.Identity);
        return new LayerDescription
        {
            Name = $"layers.{index}",
            Width = width,
            PreNorm = PreNorm ? Norm(random, width) : null,
            Input = stage,
            Recurrence = Backward is { } delay ? ModeBank.BothDirections(Bank(random, width, Skip), Bank(random, width, false), delay) : Bank(random, width, Skip),
            Decoder = DecoderFunctions.Find(Decoder)!,
            Gate = Gate is null ? null : DecoderFunctions.Find(Gate),
            Mixing = Mixing ? Linear(random, readouts, Glu ? 2 * width : width) : null,
            Glu = Glu ? new GluDescription(DecoderFunctions.Sigmoid, ReadsReadouts) : null,
            Residual = Residual,
            PostNorm = PostNorm ? Norm(random, width) : null,
        };
    }

    private ModeBank Bank(Random random, int inputs, bool skips)
    {
        int readouts = inputs * Readouts;
        ComplexNumber[] eigenvalues = [.. Enumerable.Range(0, Shared ? Modes : Modes * inputs).Select(_ =>
        {
            double radius = 1 - Math.Pow(10, -3 * random.NextDouble());
            double angle = Math.PI * ((2 * random.NextDouble()) - 1);
            return Real ? new ComplexNumber(radius * Math.Sign(angle), 0) : new ComplexNumber(radius * Math.Cos(angle), radius * Math.Sin(angle));
        })];
        ComplexNumber[] reads = Complex(readouts * Modes);
        double[]? skip = skips ? Numbers(random, readouts, 1) : null;
        if (Blocks)
        {
            // Rows of magnitudes that add up to at most 0.9: the states stay bounded.
            int size = Math.Min(3, Modes);
            ModeBlock[] blocks = [.. Enumerable.Range(0, Shared ? 1 : inputs).Select(c => new ModeBlock(c * Modes, size, Numbers(random, size * size, 0.9 / size).ToEquatableArray()))];
            return Shared ? ModeBank.Shared(inputs, eigenvalues, Complex(inputs * Modes), reads, skip, null, blocks)
                : ModeBank.PerChannel(inputs, eigenvalues, reads, skip, null, blocks, Complex(inputs * Modes));
        }

        return Shared ? ModeBank.Shared(inputs, eigenvalues, Complex(inputs * Modes), reads, skip) : ModeBank.PerChannel(inputs, eigenvalues, reads, skip);

        ComplexNumber[] Complex(int count) => [.. Enumerable.Range(0, count).Select(_ => new ComplexNumber(random.NextDouble() - 0.5, Real ? 0 : random.NextDouble() - 0.5))];
    }
}
