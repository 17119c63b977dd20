using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OperatorGen.Safetensors;

/// <summary>Doubles rounded to floats, to the nearest, ties to even.</summary>
internal static class DoubleRounding
{
    /// <summary>Gives the position of the first finite element that becomes infinite, or -1.</summary>
    internal static int ToSingles(ReadOnlySpan<byte> elements, Span<float> values)
    {
        int i = 0;
        ref double source = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, double>(elements));
        ref float target = ref MemoryMarshal.GetReference(values);
        for (; BitConverter.IsLittleEndian && i <= values.Length - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Vector128<float> four = Vector128.Narrow(
                Vector128.LoadUnsafe(ref source, (nuint)i),
                Vector128.LoadUnsafe(ref source, (nuint)(i + Vector128<double>.Count)));
            if (!Vector128.LessThanAll(Vector128.Abs(four), Vector128.Create(float.PositiveInfinity)))
            {
                int beyond = Plain(elements.Slice(8 * i, 8 * Vector128<float>.Count), values.Slice(i, Vector128<float>.Count));
                if (beyond >= 0)
                {
                    return i + beyond;
                }

                continue;
            }

            four.StoreUnsafe(ref target, (nuint)i);
        }

        int last = Plain(elements[(8 * i)..], values[i..]);
        return last < 0 ? last : i + last;
    }

    private static int Plain(ReadOnlySpan<byte> elements, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double value = BinaryPrimitives.ReadDoubleLittleEndian(elements[(8 * i)..]);
            values[i] = (float)value;
            if (float.IsInfinity(values[i]) && double.IsFinite(value))
            {
                return i;
            }
        }

        return -1;
    }
}
