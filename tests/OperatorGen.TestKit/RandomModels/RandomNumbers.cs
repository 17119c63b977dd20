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

    public static Norm Norm(this Random random, int width, bool batch) => batch ? random.BatchNorm(width) : random.LayerNorm(width);

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
