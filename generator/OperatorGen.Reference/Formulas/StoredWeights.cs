using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>Tensors as the arrays that a run of the reference reads.</summary>
internal static class StoredWeights
{
    /// <summary>The elements, row-major, stored as the options say.</summary>
    public static double[] Stored(this Tensor tensor, ReferenceOptions options)
    {
        double[] values = tensor.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = options.Stored(values[i]);
        }

        return values;
    }

    /// <summary>The elements as numbers of the field, unrounded: (re, im) pairs of the last axis, or real numbers.</summary>
    public static Complex[] AsField(this Tensor tensor, Field field)
    {
        int parts = field == Field.Complex ? 2 : 1;
        var values = new Complex[tensor.Count / parts];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new Complex(tensor.Values[i * parts], parts == 2 ? tensor.Values[(i * parts) + 1] : 0);
        }

        return values;
    }
}
