using System;
using System.Numerics;

namespace OperatorGen;

/// <summary>A linear map of a model, <c>y = W x + b</c>, with the constants of the generated code.</summary>
public sealed class LinearDescription
{
    private readonly double[] _weight;
    private readonly double[] _bias;

    private LinearDescription(int inputs, int outputs, double[] weight, double[] bias)
    {
        Inputs = inputs;
        Outputs = outputs;
        _weight = weight;
        _bias = bias;
    }

    /// <summary>The width of x.</summary>
    public int Inputs { get; }

    /// <summary>The width of y.</summary>
    public int Outputs { get; }

    /// <summary>W of an output and an input.</summary>
    public double Weight(int output, int input) => _weight[(output * Inputs) + input];

    /// <summary>b of an output; 0 where the map has none.</summary>
    public double Bias(int output) => _bias[output];

    /// <summary>Called by generated code: takes the map out of its padded tables.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="inputs">The width of x.</param>
    /// <param name="outputs">The width of y.</param>
    /// <param name="columns">Elements of a table row.</param>
    /// <param name="weight">W transposed, [input, column].</param>
    /// <param name="bias">b, [column]; empty: none.</param>
    public static LinearDescription Create<T>(int inputs, int outputs, int columns, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias)
        where T : INumber<T>
    {
        var w = new double[outputs * inputs];
        var b = new double[outputs];
        for (int o = 0; o < outputs; o++)
        {
            b[o] = bias.IsEmpty ? 0 : double.CreateChecked(bias[o]);
            for (int i = 0; i < inputs; i++)
            {
                w[(o * inputs) + i] = double.CreateChecked(weight[(i * columns) + o]);
            }
        }

        return new LinearDescription(inputs, outputs, w, b);
    }
}
