using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ExampleModels;

namespace Signatures;

/// <summary>Cells with random weights, whose states are features of a path of up to three channels: the model files of this example that are computed.</summary>
internal static class RandomCells
{
    /// <summary>States of the cells.</summary>
    public const int Invariant = 32, Unforced = 32, Forced = 128, Dense = 96;

    private const int Channels = 3, Seed = 1;

    /// <summary>The files by name.</summary>
    public static IEnumerable<(string Name, string Text)> Files { get; } =
    [
        ("time-invariant.ssm.json", TimeInvariant()), ("unforced.ssm.json", Diagonal(Unforced, forced: false)), ("forced.ssm.json", Diagonal(Forced, forced: true)), ("dense.ssm.json", DenseCell()),
    ];

    /// <summary>Writes all of them.</summary>
    public static void Write(string folder)
    {
        foreach ((string name, string text) in Files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }

    /// <summary>A number of the normal distribution, by the method of Box and Muller.</summary>
    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Damped oscillators that all channels drive, of random magnitudes and frequencies; read as real and imaginary parts.</summary>
    private static string TimeInvariant()
    {
        var random = new Random(Seed);
        double[] eigenvalues = [.. Enumerable.Range(0, Invariant).SelectMany(_ =>
        {
            double magnitude = 1 - (0.5 * random.NextDouble() * random.NextDouble()), phase = Math.PI * random.NextDouble();
            return new[] { magnitude * Math.Cos(phase), magnitude * Math.Sin(phase) };
        })];
        double[] drive = Numbers(random, Invariant * Channels, 1);
        var reads = new double[2 * Invariant * Invariant * 2];
        for (int n = 0; n < Invariant; n++)
        {
            reads[((2 * n * Invariant) + n) * 2] = 1;
            reads[((((2 * n) + 1) * Invariant + n) * 2) + 1] = -1; // Re(-i s) = Im s
        }

        return "{\n  \"format\": \"operatorgen/1\",\n  \"architecture\": \"stack\",\n" + TensorText.Block(
            [Single("layers.0.eigenvalue", [Invariant, 2], eigenvalues), Single("layers.0.input", [Invariant, Channels], drive), Single("layers.0.output", [2 * Invariant, Invariant, 2], reads)]);
    }

    /// <summary>Diagonal matrices with normal entries: from a state of ones, or forced from 0.</summary>
    private static string Diagonal(int states, bool forced)
    {
        var random = new Random(Seed + 1);
        var matrices = new double[Channels * states * states];
        for (int i = 0; i < Channels; i++)
        {
            for (int n = 0; n < states; n++)
            {
                matrices[(i * states * states) + (n * states) + n] = Normal(random);
            }
        }

        return Cell(states, matrices, forced ? Numbers(random, states * Channels, 1) : null, [.. Enumerable.Repeat(forced ? 0.0 : 1, states)]);
    }

    /// <summary>Matrices with entries of the normal distribution, divided by the square root of N.</summary>
    private static string DenseCell()
    {
        var random = new Random(Seed + 2);
        return Cell(Dense, Numbers(random, Channels * Dense * Dense, 1 / Math.Sqrt(Dense)), null, Numbers(random, Dense, 1));
    }

    private static string Cell(int states, double[] a, double[]? b, double[] start)
    {
        var read = new double[states * states];
        for (int n = 0; n < states; n++)
        {
            read[(n * states) + n] = 1;
        }

        return "{\n  \"format\": \"operatorgen/1\",\n  \"architecture\": \"linear-cde\",\n  \"hyper\": { \"step\": \"exponential\", \"input\": \"path\" },\n" + TensorText.Block(
        [
            Single("A", [Channels, states, states], a),
            .. b is null ? Array.Empty<TensorText>() : [Single("B", [states, Channels], b)],
            Single("Z_0", [states], start), Single("C", [states, states], read),
        ]);
    }

    private static double[] Numbers(Random random, int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * Normal(random))];

    private static TensorText Single(string name, int[] shape, double[] values) => new(name, shape, values) { IsSingle = true };
}
