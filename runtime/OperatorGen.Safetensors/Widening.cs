using System;
using System.Buffers.Binary;
using System.Globalization;

namespace OperatorGen.Safetensors;

/// <summary>Elements as doubles, exactly: nothing is rounded on any host, whatever its byte order.</summary>
internal static class Widening
{
    private const long LargestExact = 1L << 53;

    internal static double Element(SafetensorsTensor tensor, ReadOnlySpan<byte> bytes, int index)
    {
        int size = tensor.DType.ItemSize();
        ReadOnlySpan<byte> item = bytes.Slice(index * size, size);
        switch (tensor.DType)
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
                return signed is >= -LargestExact and <= LargestExact ? signed : throw TooLarge(tensor, index, signed.ToString(CultureInfo.InvariantCulture));
            case SafetensorsDType.U64:
                ulong unsigned = BinaryPrimitives.ReadUInt64LittleEndian(item);
                return unsigned <= LargestExact ? unsigned : throw TooLarge(tensor, index, unsigned.ToString(CultureInfo.InvariantCulture));
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
                return item[0] <= 1 ? item[0] : throw new SafetensorsException(
                    "element " + index.ToString(CultureInfo.InvariantCulture) + " is a BOOL with the byte " + item[0].ToString(CultureInfo.InvariantCulture) + ".",
                    tensor.Offset + index,
                    "A BOOL is 0 or 1: write the file again, or store the tensor as U8.",
                    tensor.Name);
        }
    }

    /// <summary>A binary floating-point pattern of at most 32 bits as a double; payloads of not-a-numbers keep their place.</summary>
    private static double FromBits(uint bits, int exponentBits, int fractionBits)
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

    private static SafetensorsException TooLarge(SafetensorsTensor tensor, int index, string value) => new(
        "element " + index.ToString(CultureInfo.InvariantCulture) + " is " + value + ", which no double holds exactly.",
        tensor.Offset + (8L * index),
        "Integers up to 2^53 can be widened: store the tensor with smaller values.",
        tensor.Name);
}
