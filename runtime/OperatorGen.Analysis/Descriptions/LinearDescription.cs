using System;

namespace OperatorGen.Analysis;

/// <summary>A linear map of a model, <c>y = W x + b</c>.</summary>
public sealed class LinearDescription
{
    private readonly double[] _weight;
    private readonly double[] _bias;

    /// <summary>Takes the arrays as they are; they must not be written afterwards.</summary>
    /// <param name="inputs">The width of x.</param>
    /// <param name="outputs">The width of y.</param>
    /// <param name="weight">W, [output, input].</param>
    /// <param name="bias">b, [output]; null: 0.</param>
    /// <exception cref="ArgumentException">A length is not what the widths ask for.</exception>
    public LinearDescription(int inputs, int outputs, double[] weight, double[]? bias)
    {
        if (weight.Length != inputs * outputs || (bias is not null && bias.Length != outputs))
        {
            throw new ArgumentException($"A map from {inputs} to {outputs} has {inputs * outputs} weights, but {weight.Length} weights and {bias?.Length ?? outputs} biases were given.", nameof(weight));
        }

        Inputs = inputs;
        Outputs = outputs;
        HasBias = bias is not null;
        _weight = weight;
        _bias = bias ?? new double[outputs];
    }

    /// <summary>y = x.</summary>
    /// <param name="size">The width of x.</param>
    public static LinearDescription Identity(int size)
    {
        var weight = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            weight[(i * size) + i] = 1;
        }

        return new LinearDescription(size, size, weight, null);
    }

    /// <summary>The width of x.</summary>
    public int Inputs { get; }

    /// <summary>The width of y.</summary>
    public int Outputs { get; }

    /// <summary>Whether the map has a b.</summary>
    public bool HasBias { get; }

    /// <summary>W of an output and an input.</summary>
    public double Weight(int output, int input) => _weight[(output * Inputs) + input];

    /// <summary>The row of W of an output, [input].</summary>
    public ReadOnlySpan<double> Row(int output) => _weight.AsSpan(output * Inputs, Inputs);

    /// <summary>b of an output; 0 where the map has none.</summary>
    public double Bias(int output) => _bias[output];

    /// <summary>y = W x + b.</summary>
    /// <param name="x">[input].</param>
    /// <param name="y">Room for [output].</param>
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int o = 0; o < Outputs; o++)
        {
            y[o] = _bias[o] + DotProduct.Of(Row(o), x);
        }
    }

    /// <summary>The map with W transposed, as generated code keeps it.</summary>
    /// <param name="inputs">The width of x.</param>
    /// <param name="outputs">The width of y.</param>
    /// <param name="transposed">W transposed, [input, output].</param>
    /// <param name="bias">b, [output]; null: 0.</param>
    public static LinearDescription FromTransposed(int inputs, int outputs, double[] transposed, double[]? bias)
    {
        var weight = new double[transposed.Length];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++)
            {
                weight[(o * inputs) + i] = transposed[(i * outputs) + o];
            }
        }

        return new LinearDescription(inputs, outputs, weight, bias);
    }
}
