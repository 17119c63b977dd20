using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OperatorGen.Safetensors;

/// <summary>One tensor of a file: a name, a shape, and its bytes where they lie in the file (row-major, little-endian).</summary>
public sealed class SafetensorsTensor
{
    internal SafetensorsTensor(string name, SafetensorsDType dtype, string dtypeName, int[] shape, ReadOnlyMemory<byte> bytes, long offset)
    {
        Name = name;
        DType = dtype;
        DTypeName = dtypeName;
        Shape = Array.AsReadOnly(shape);
        Bytes = bytes;
        Offset = offset;
    }

    /// <summary>The name in the header.</summary>
    public string Name { get; }

    /// <summary>The element type.</summary>
    public SafetensorsDType DType { get; }

    /// <summary>The element type's name as the file has it.</summary>
    public string DTypeName { get; }

    /// <summary>The sizes of the axes, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The elements, row-major, little-endian: a view of the file, not a copy.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The byte of the file at which the elements begin.</summary>
    public long Offset { get; }

    /// <summary>The number of elements.</summary>
    /// <exception cref="SafetensorsException">The elements are of a type that is not read.</exception>
    public int Count => Bytes.Length / (DType == SafetensorsDType.Other ? throw new TensorPlace(Name, Offset).Unread(DTypeName) : DType.ItemSize());

    /// <summary>The elements widened to doubles, each exactly.</summary>
    /// <exception cref="SafetensorsException">The elements are of a type that is not read, an integer is beyond 2^53, or a BOOL is neither 0 nor 1.</exception>
    public double[] ToDoubles()
    {
        double[] values = new double[Count];
        CopyTo(0, values);
        return values;
    }

    /// <summary>A part of the elements widened to doubles, each exactly.</summary>
    /// <param name="start">The row-major position of the first.</param>
    /// <param name="values">Room for as many as are wanted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches beyond the elements.</exception>
    /// <exception cref="SafetensorsException">The elements are of a type that is not read, an integer is beyond 2^53, or a BOOL is neither 0 nor 1.</exception>
    public void CopyTo(int start, Span<double> values)
    {
        if (start < 0 || start > Count - values.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(start), "The tensor " + Name + " has " + Count.ToString(CultureInfo.InvariantCulture) + " elements.");
        }

        int size = DType.ItemSize();
        Widening.Elements(DType, Bytes.Span.Slice(start * size, values.Length * size), values, new TensorPlace(Name, Offset), start);
    }

    /// <summary>Name, type and shape: <c>encoder.weight F32 [64, 1]</c>.</summary>
    public override string ToString()
        => Name + " " + DTypeName + " [" + string.Join(", ", Shape.Select(size => size.ToString(CultureInfo.InvariantCulture))) + "]";
}
