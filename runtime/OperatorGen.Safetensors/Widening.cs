using System;
using System.Buffers.Binary;
using System.Globalization;

namespace OperatorGen.Safetensors;

/// <summary>Elements as doubles, exactly: nothing is rounded on any host, whatever its byte order.</summary>
internal static class Widening
{
    private const long LargestExact = 1L << 53;

    /// <summary>As many elements as there is room for; <paramref name="bytes"/> are theirs.</summary>
    /// <param name="start">The position of the first in its tensor, for messages.</param>
    internal static void Elements(SafetensorsDType dtype, ReadOnlySpan<byte> bytes, Span<double> values, TensorPlace place, long start)
    {
#if NET
        if (SafetensorsNumbers.Holds(dtype))
        {
            SafetensorsNumbers.ToDoubles(dtype, bytes, values);
            return;
        }
#endif
        int size = dtype.ItemSize();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Element(dtype, bytes.Slice(i * size, size), place, start + i);
        }
    }

    internal static double Element(SafetensorsDType dtype, ReadOnlySpan<byte> item, TensorPlace place, long index)
    {
        switch (dtype)
        {
            case SafetensorsDType.F64:
                return BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(item));
            case SafetensorsDType.F32:
                return FromBits(BinaryPrimitives.ReadUInt32LittleEndian(item), 8, 23);
            case SafetensorsDType.F16:
                return FromBits(BinaryPrimitives.ReadUInt16LittleEndian(item), 5, 10);
            case SafetensorsDType.BF16:
                return FromBits(BinaryPrimitives.ReadUInt16LittleEndian(item), 8, 7);
            case SafetensorsDType.I64:
                long signed = BinaryPrimitives.ReadInt64LittleEndian(item);
                return signed is >= -LargestExact and <= LargestExact ? signed : throw place.NotHeld(index, 8, Messages.Digits(signed));
            case SafetensorsDType.U64:
                ulong unsigned = BinaryPrimitives.ReadUInt64LittleEndian(item);
                return unsigned <= LargestExact ? unsigned : throw place.NotHeld(index, 8, unsigned.ToString(CultureInfo.InvariantCulture));
            case SafetensorsDType.I32:
                return BinaryPrimitives.ReadInt32LittleEndian(item);
            case SafetensorsDType.U32:
                return BinaryPrimitives.ReadUInt32LittleEndian(item);
            case SafetensorsDType.I16:
                return BinaryPrimitives.ReadInt16LittleEndian(item);
            case SafetensorsDType.U16:
                return BinaryPrimitives.ReadUInt16LittleEndian(item);
            case SafetensorsDType.I8:
                return (sbyte)item[0];
            case SafetensorsDType.U8:
                return item[0];
            default:
                return item[0] <= 1 ? item[0] : throw place.NotBoolean(index, item[0]);
        }
    }

    /// <summary>A binary floating-point pattern of at most 32 bits as a double; payloads of not-a-numbers keep their place.</summary>
    internal static double FromBits(uint bits, int exponentBits, int fractionBits)
    {
        int bias = (1 << (exponentBits - 1)) - 1;
        int top = (1 << exponentBits) - 1;
        long fraction = bits & ((1L << fractionBits) - 1);
        int exponent = (int)(bits >> fractionBits) & top;
        long sign = (long)(bits >> (exponentBits + fractionBits)) << 63;
        if (exponent == 0)
        {
            // fraction * 2^(1 - bias - fractionBits): an integer below 2^24 times a normal power of two.
            double unit = BitConverter.Int64BitsToDouble((long)(1 - bias - fractionBits + 1023) << 52);
            double magnitude = fraction * unit;
            return sign == 0 ? magnitude : -magnitude;
        }

        long wide = exponent == top ? 0x7FF : exponent - bias + 1023;
        return BitConverter.Int64BitsToDouble(sign | (wide << 52) | (fraction << (52 - fractionBits)));
    }
}
