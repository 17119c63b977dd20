using System;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>The mixing of a gated linear unit in both directions, with lanes = outputs and lanes = channels.</summary>
internal sealed class GluTables
{
    private readonly double[] _transposed; // [output, channel padded]

    public GluTables(LinearDescription mixing)
    {
        Mixing = new MixingTable(mixing);
        BackStride = MatrixProduct.Padded(mixing.Inputs);
        _transposed = new double[mixing.Outputs * BackStride];
        for (int i = 0; i < mixing.Outputs; i++)
        {
            mixing.Row(i).CopyTo(_transposed.AsSpan(i * BackStride));
        }
    }

    /// <summary>From channels to values and arguments of the unit.</summary>
    public MixingTable Mixing { get; }

    /// <summary>From a row of <see cref="Back"/> to the next.</summary>
    public int BackStride { get; }

    /// <summary>Takes weights of some of the mixing's outputs back to its inputs.</summary>
    /// <param name="weights">[row, output].</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="first">The first output that counts.</param>
    /// <param name="count">How many outputs count.</param>
    /// <returns>[row, stride].</returns>
    public double[] Back(double[] weights, int rows, int first, int count)
    {
        var back = new double[rows * BackStride];
        MatrixProduct.Add(weights.AsSpan(first), weights.Length / rows, rows, count, _transposed.AsSpan(first * BackStride), back, BackStride);
        return back;
    }
}
