using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace OperatorGen.Models;

/// <summary>A floating-point format of tensor data: sign, exponent, significand, little-endian. Every value is widened to double exactly.</summary>
internal sealed class TensorFormat
{
    private const int DoubleBias = 1023;
    private const int DoubleSignificandBits = 52;

    private readonly int _exponentBits;
    private readonly int _significandBits;
    private readonly double _subnormalUnit;

    private TensorFormat(string name, int size, int exponentBits, WeightFormat format)
    {
        Name = name;
        Format = format;
        Size = size;
        _exponentBits = exponentBits;
        _significandBits = (8 * size) - 1 - exponentBits;
        int unitExponent = 1 - Bias - _significandBits;
        _subnormalUnit = size == sizeof(double) ? double.Epsilon : BitConverter.Int64BitsToDouble((long)(unitExponent + DoubleBias) << DoubleSignificandBits);
    }

    /// <summary>All that a model file may name.</summary>
    public static IReadOnlyList<TensorFormat> All { get; } = [new("F16", 2, 5, WeightFormat.Half), new("BF16", 2, 8, WeightFormat.BFloat16), new("F32", 4, 8, WeightFormat.Single), new("F64", 8, 11, WeightFormat.Double)];

    /// <summary>The name in model files and safetensors.</summary>
    public string Name { get; }

    /// <summary>The format.</summary>
    public WeightFormat Format { get; }

    /// <summary>The bytes of one element.</summary>
    public int Size { get; }

    private int Bias => (1 << (_exponentBits - 1)) - 1;

    /// <summary>The type of that name; null where there is none.</summary>
    public static TensorFormat? Find(string name)
    {
        foreach (TensorFormat type in All)
        {
            if (type.Name == name)
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>The name of a format in model files and safetensors.</summary>
    public static string NameOf(WeightFormat format)
    {
        foreach (TensorFormat type in All)
        {
            if (type.Format == format)
            {
                return type.Name;
            }
        }

        throw new ArgumentException($"The format {format} has no name.", nameof(format));
    }

    /// <summary>The value of one element; not-a-number and infinities as they are.</summary>
    /// <param name="bytes">At least <see cref="Size"/> bytes.</param>
    public double Read(ReadOnlySpan<byte> bytes)
    {
        if (Size == sizeof(double))
        {
            return BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(bytes));
        }

        long bits = Size == sizeof(float) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        long significand = bits & ((1L << _significandBits) - 1);
        int exponent = (int)(bits >> _significandBits) & ((1 << _exponentBits) - 1);
        bool negative = bits >> ((8 * Size) - 1) != 0;
        if (exponent == 0)
        {
            double magnitude = significand * _subnormalUnit;
            return negative ? -magnitude : magnitude;
        }

        long wideExponent = exponent == (1 << _exponentBits) - 1 ? 2047 : exponent - Bias + DoubleBias;
        long wide = (wideExponent << DoubleSignificandBits) | (significand << (DoubleSignificandBits - _significandBits));
        return BitConverter.Int64BitsToDouble(negative ? wide | long.MinValue : wide);
    }
}
