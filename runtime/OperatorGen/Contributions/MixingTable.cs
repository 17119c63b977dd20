using System;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>A layer's mixing with lanes = outputs, for runs of time steps.</summary>
internal sealed class MixingTable
{
    private readonly int _inputs;
    private readonly double[] _weights; // [input, stride]
    private readonly double[] _bias;    // [stride]

    public MixingTable(LinearDescription mixing)
    {
        _inputs = mixing.Inputs;
        Stride = MatrixProduct.Padded(mixing.Outputs);
        _weights = new double[_inputs * Stride];
        _bias = new double[Stride];
        for (int i = 0; i < mixing.Outputs; i++)
        {
            _bias[i] = mixing.Bias(i);
            for (int c = 0; c < _inputs; c++)
            {
                _weights[(c * Stride) + i] = mixing.Weight(i, c);
            }
        }
    }

    /// <summary>Outputs, padded to a multiple of <see cref="MatrixProduct.Block"/>.</summary>
    public int Stride { get; }

    /// <summary>The outputs of some steps, [time, stride].</summary>
    /// <param name="x">[time, xStride].</param>
    /// <param name="xStride">From a row of x to the next.</param>
    /// <param name="steps">The number of time steps.</param>
    public double[] Apply(ReadOnlySpan<double> x, int xStride, int steps)
    {
        var y = new double[steps * Stride];
        for (int t = 0; t < steps; t++)
        {
            Array.Copy(_bias, 0, y, t * Stride, Stride);
        }

        MatrixProduct.Add(x, xStride, steps, _inputs, _weights, y, Stride);
        return y;
    }
}
