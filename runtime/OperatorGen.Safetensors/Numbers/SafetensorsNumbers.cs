using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OperatorGen.Safetensors;

/// <summary>
/// Floating-point elements of a file as doubles and floats, many at a time. Doubles are exact, and floats are where the elements are not doubles: also
/// subnormal numbers, zeros with a sign, and the payloads of not-a-numbers. The results have the same bits on every machine.
/// </summary>
public static class SafetensorsNumbers
{
    private const int Block = 1024;

    /// <summary>True for F64, F32, F16 and BF16.</summary>
    public static bool Holds(SafetensorsDType dtype)
        => dtype is SafetensorsDType.F64 or SafetensorsDType.F32 or SafetensorsDType.F16 or SafetensorsDType.BF16;

    /// <summary>Elements as doubles, each exactly.</summary>
    /// <param name="dtype">F64, F32, F16 or BF16.</param>
    /// <param name="elements">The elements, little-endian, at any address.</param>
    /// <param name="values">Room for as many as there are elements.</param>
    /// <exception cref="ArgumentException">The type is another, or the lengths disagree.</exception>
    public static void ToDoubles(SafetensorsDType dtype, ReadOnlySpan<byte> elements, Span<double> values)
    {
        Check(dtype, elements, values.Length);
        if (dtype == SafetensorsDType.F64)
        {
            elements.CopyTo(MemoryMarshal.AsBytes(values));
            if (!BitConverter.IsLittleEndian)
            {
                Span<long> bits = MemoryMarshal.Cast<double, long>(values);
                BinaryPrimitives.ReverseEndianness(bits, bits);
            }

            return;
        }

        if (dtype == SafetensorsDType.F32 && BitConverter.IsLittleEndian)
        {
            SingleWidening.ToDoubles(MemoryMarshal.Cast<byte, uint>(elements), values);
            return;
        }

        // By way of floats that stay in the cache.
        int size = dtype.ItemSize();
        Span<uint> singles = stackalloc uint[Math.Min(Block, values.Length)];
        for (int done = 0; done < values.Length; done += Block)
        {
            int count = Math.Min(Block, values.Length - done);
            Bits(dtype, elements.Slice(size * done, size * count), singles[..count]);
            SingleWidening.ToDoubles(singles[..count], values.Slice(done, count));
        }
    }

    /// <summary>Elements as floats: those of F64 rounded to the nearest, ties to even, all others exactly.</summary>
    /// <param name="dtype">F64, F32, F16 or BF16.</param>
    /// <param name="elements">The elements, little-endian, at any address.</param>
    /// <param name="values">Room for as many as there are elements.</param>
    /// <exception cref="ArgumentException">The type is another, or the lengths disagree.</exception>
    /// <exception cref="OverflowException">A finite element of F64 is beyond the range of floats. What is in <paramref name="values"/> then is not defined.</exception>
    public static void ToSingles(SafetensorsDType dtype, ReadOnlySpan<byte> elements, Span<float> values)
    {
        int beyond = TrySingles(dtype, elements, values);
        if (beyond >= 0)
        {
            throw new OverflowException("Element " + Messages.Digits(beyond) + " is beyond the range of floats.");
        }
    }

    /// <summary>The same; gives the position of the first element beyond the range of floats, or -1.</summary>
    internal static int TrySingles(SafetensorsDType dtype, ReadOnlySpan<byte> elements, Span<float> values)
    {
        Check(dtype, elements, values.Length);
        if (dtype == SafetensorsDType.F64)
        {
            return DoubleRounding.ToSingles(elements, values);
        }

        Bits(dtype, elements, MemoryMarshal.Cast<float, uint>(values));
        return -1;
    }

    /// <summary>Elements of F32, F16 or BF16 as the bits of floats, in the order of bytes that the machine has.</summary>
    private static void Bits(SafetensorsDType dtype, ReadOnlySpan<byte> elements, Span<uint> singles)
    {
        if (dtype != SafetensorsDType.F32)
        {
            HalfWidening.ToSingles(dtype, elements, singles);
            return;
        }

        elements.CopyTo(MemoryMarshal.AsBytes(singles));
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(singles, singles);
        }
    }

    private static void Check(SafetensorsDType dtype, ReadOnlySpan<byte> elements, int count)
    {
        if (!Holds(dtype))
        {
            throw new ArgumentException("The type is F64, F32, F16 or BF16, not " + dtype.Text() + ".", nameof(dtype));
        }

        if (elements.Length != (long)count * dtype.ItemSize())
        {
            throw new ArgumentException(
                $"{Messages.Digits(count)} elements of {dtype.Text()} have {Messages.Digits((long)count * dtype.ItemSize())} bytes, not {Messages.Digits(elements.Length)}.",
                nameof(elements));
        }
    }
}
