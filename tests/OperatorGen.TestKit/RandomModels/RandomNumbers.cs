using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>Tensors and maps of random numbers with magnitudes of order 1.</summary>
internal static class RandomNumbers
{
    /// <summary>Approximately normal with variance 1, bounded by 6 in magnitude: the sum of twelve uniform numbers less 6.</summary>
    public static double Normal(this Random random)
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += random.NextDouble();
        }

        return sum;
    }

    public static double Uniform(this Random random, double low, double high) => low + ((high - low) * random.NextDouble());

    public static Tensor Tensor(this Random random, Func<Random, double> draw, params int[] shape)
    {
        var values = new double[Models.Tensor.Volume(shape)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = draw(random);
        }

        return new Tensor(EquatableArray.Of(shape), values);
    }

    public static Linear Linear(this Random random, int inputs, int outputs, bool bias) => new(
        inputs,
        outputs,
        random.Tensor(r => r.Normal() / Math.Sqrt(inputs), outputs, inputs),
        bias ? random.Tensor(r => 0.3 * r.Normal(), outputs) : null);

    public static Norm Norm(this Random random, int width, NormKind kind) => kind switch
    {
        NormKind.Layer => random.LayerNorm(width),
        NormKind.Batch => random.BatchNorm(width),
        NormKind.Rms => new RmsNorm(width, random.Tensor(r => 1 + (0.2 * r.Normal()), width), 1e-5, width / Divisor(width, random.Next(1, 4))),
        NormKind.Length => new LengthNorm(width, random.Tensor(r => 1 + (0.2 * r.Normal()), width), 1e-12),
        _ => throw new ArgumentException($"There is no norm of the kind {kind}.", nameof(kind)),
    };

    /// <summary>The largest divisor of a number up to a limit.</summary>
    public static int Divisor(int number, int most)
    {
        int divisor = Math.Min(number, most);
        while (number % divisor != 0)
        {
            divisor--;
        }

        return divisor;
    }

    private static BatchNorm BatchNorm(this Random random, int width) => new(
        width,
        random.Tensor(r => 0.2 * r.Normal(), width),
        random.Tensor(r => r.Uniform(0.5, 2), width),
        random.Tensor(r => 1 + (0.2 * r.Normal()), width),
        random.Tensor(r => 0.2 * r.Normal(), width),
        1e-5);

    private static LayerNorm LayerNorm(this Random random, int width) => new(
        width,
        random.Tensor(r => 1 + (0.2 * r.Normal()), width),
        random.Tensor(r => 0.2 * r.Normal(), width),
        1e-5);
}
