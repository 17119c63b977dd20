using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Safetensors;

/// <summary>One tensor of a <see cref="MappedSafetensors"/>: a name, a shape, and where its elements lie (row-major, little-endian).</summary>
public sealed class MappedTensor
{
    private const int Block = 1 << 16;

    internal MappedTensor(MappedSafetensors file, HeaderEntry entry)
    {
        File = file;
        Name = entry.Name;
        DType = entry.DType;
        DTypeName = entry.DTypeName;
        Shape = Array.AsReadOnly(entry.Shape);
        Begin = entry.Begin;
        Length = entry.End - entry.Begin;
    }

    /// <summary>The file that holds it.</summary>
    public MappedSafetensors File { get; }

    /// <summary>The name in the header.</summary>
    public string Name { get; }

    /// <summary>The element type.</summary>
    public SafetensorsDType DType { get; }

    /// <summary>The element type's name as the file has it.</summary>
    public string DTypeName { get; }

    /// <summary>The sizes of the axes, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The first byte of the elements, counted from the first of the data.</summary>
    public long Begin { get; }

    /// <summary>The bytes of all elements.</summary>
    public long Length { get; }

    /// <summary>The byte of the file at which the elements begin.</summary>
    public long Offset => File.DataStart + Begin;

    /// <summary>The number of elements.</summary>
    /// <exception cref="SafetensorsException">The elements are of a type that is not read.</exception>
    public long Count => Length / (DType == SafetensorsDType.Other ? throw Place.Unread(DTypeName) : DType.ItemSize());

    private TensorPlace Place => new(Name, Offset);

    /// <summary>A part of the elements widened to doubles, each exactly.</summary>
    /// <param name="start">The row-major position of the first.</param>
    /// <param name="values">Room for as many as are wanted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches beyond the elements.</exception>
    /// <exception cref="ObjectDisposedException">The file has been disposed.</exception>
    /// <exception cref="SafetensorsException">The elements are of a type that is not read, an integer is beyond 2^53, or a BOOL is neither 0 nor 1.</exception>
    public void CopyTo(long start, Span<double> values)
    {
        CheckPart(start, values.Length);
        using MappedLease lease = File.Acquire();
        for (int done = 0; done < values.Length; done += Block)
        {
            Span<double> part = values.Slice(done, Math.Min(Block, values.Length - done));
            Widening.Elements(DType, Elements(lease, start + done, part.Length), part, Place, start + done);
        }
    }

    /// <summary>
    /// A part of the elements as floats. Those of F64 are rounded to the nearest, ties to even; those of all other types are exact.
    /// </summary>
    /// <param name="start">The row-major position of the first.</param>
    /// <param name="values">Room for as many as are wanted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches beyond the elements.</exception>
    /// <exception cref="ObjectDisposedException">The file has been disposed.</exception>
    /// <exception cref="SafetensorsException">
    /// The elements are of a type that is not read, a finite number of F64 is beyond the range of floats, no float is equal to an integer, or a BOOL is neither 0 nor 1.
    /// </exception>
    public void CopyTo(long start, Span<float> values)
    {
        CheckPart(start, values.Length);
        using MappedLease lease = File.Acquire();
        for (int done = 0; done < values.Length; done += Block)
        {
            Span<float> part = values.Slice(done, Math.Min(Block, values.Length - done));
            SingleElements.Copy(DType, Elements(lease, start + done, part.Length), part, Place, start + done);
        }
    }

    /// <summary>Name, type and shape: <c>encoder.weight F32 [64, 1]</c>.</summary>
    public override string ToString() => Name + " " + DTypeName + " [" + string.Join(", ", Shape.Select(size => Messages.Digits(size))) + "]";

    private ReadOnlySpan<byte> Elements(in MappedLease lease, long start, int count)
    {
        int size = DType.ItemSize();
        return lease.Slice(Begin + (start * size), count * size);
    }

    private void CheckPart(long start, int count)
    {
        if (start < 0 || start > Count - count)
        {
            throw new ArgumentOutOfRangeException(nameof(start), "The tensor " + Messages.Name(Name) + " has " + Messages.Digits(Count) + " elements.");
        }
    }
}
