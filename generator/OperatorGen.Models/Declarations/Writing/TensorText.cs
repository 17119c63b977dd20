using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>A tensor as a model file holds it: F32 where every value is exactly a float, else F64; exact rationals and symbols as values.</summary>
internal static class TensorText
{
    /// <summary>The object after the tensor's name.</summary>
    public static string Write(Tensor tensor)
    {
        if (!tensor.HasNumbers)
        {
            string format = TensorFormat.NameOf(tensor.Format ?? WeightFormat.Single);
            return JsonText.InlineObject([("dtype", JsonText.Quote(format)), ("shape", Tensor.ShapeText(tensor.Shape))]);
        }

        bool isExact = Enumerable.Range(0, tensor.Count).Any(i => tensor[i].Kind != ScalarKind.Double);
        string shape = Tensor.ShapeText(tensor.Shape);
        if (isExact)
        {
            return JsonText.InlineObject([("shape", shape), ("values", JsonText.Array(tensor))]);
        }

        bool single = IsSingle(tensor.Values);
        string data = Convert.ToBase64String(Bytes(tensor.Values, single));
        return JsonText.InlineObject([("dtype", single ? "\"F32\"" : "\"F64\""), ("shape", shape), ("data", "\"" + data + "\"")]);
    }

    private static bool IsSingle(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if ((float)value != value)
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Bytes(ReadOnlySpan<double> values, bool single)
    {
        int size = single ? sizeof(float) : sizeof(double);
        var bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            byte[] element = single ? BitConverter.GetBytes((float)values[i]) : BitConverter.GetBytes(values[i]);
            if (!BitConverter.IsLittleEndian)
            {
                Array.Reverse(element);
            }

            element.CopyTo(bytes, i * size);
        }

        return bytes;
    }
}
