using System;
using System.Buffers.Binary;
using System.Globalization;

namespace OperatorGen.Safetensors;

/// <summary>Elements of every type as floats, or the fault with its place.</summary>
internal static class SingleElements
{
    /// <summary>As many elements as there is room for; <paramref name="bytes"/> are theirs.</summary>
    /// <param name="start">The position of the first in its tensor, for messages.</param>
    internal static void Copy(SafetensorsDType dtype, ReadOnlySpan<byte> bytes, Span<float> values, TensorPlace place, long start)
    {
        int size = dtype.ItemSize();
        if (SafetensorsNumbers.Holds(dtype))
        {
            int beyond = SafetensorsNumbers.TrySingles(dtype, bytes, values);
            if (beyond >= 0)
            {
                string text = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(size * beyond)..]).ToString("R", CultureInfo.InvariantCulture);
                throw place.NotSingle(start + beyond, size, text, "That is beyond the range of floats: read the tensor as doubles.");
            }

            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            double value = Widening.Element(dtype, bytes.Slice(i * size, size), place, start + i);
            values[i] = (float)value;
            if (values[i] != value)
            {
                throw place.NotSingle(start + i, size, value.ToString("R", CultureInfo.InvariantCulture), "No float is equal to that integer: read the tensor as doubles.");
            }
        }
    }
}
