using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OperatorGen.Safetensors;

/// <summary>The header held against the data: every byte of the data belongs to exactly one tensor.</summary>
internal static class DataLayout
{
    internal static IReadOnlyList<SafetensorsTensor> Place(IReadOnlyList<HeaderEntry> entries, ReadOnlyMemory<byte> file, int dataStart)
    {
        long dataLength = file.Length - dataStart;
        List<SafetensorsTensor> tensors = [];
        long next = 0;
        foreach (HeaderEntry entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin > entry.End || entry.End > dataLength)
            {
                string advice = entry.Begin > entry.End ? "Begin is not after end: write the file again." : "The file is truncated: copy it again.";
                throw Fault(entry, $"data_offsets are [{Digits(entry.Begin)}, {Digits(entry.End)}] in {Digits(dataLength)} bytes of data.", advice);
            }

            long? size = Size(entry.DType, entry.Shape);
            if (size != entry.End - entry.Begin && entry.DType != SafetensorsDType.Other)
            {
                string needed = size is long count ? $"needs {Digits(count)} bytes" : "needs more bytes than can be counted";
                throw Fault(
                    entry,
                    $"shape {ShapeText(entry.Shape)} of {entry.DType.Text()} {needed}, but data_offsets [{Digits(entry.Begin)}, {Digits(entry.End)}] hold {Digits(entry.End - entry.Begin)}.",
                    "Shape, dtype and offsets must agree: write the file again.");
            }

            if (entry.Begin != next)
            {
                string fault = entry.Begin < next ? "overlaps the tensor before it" : "leaves a hole after the tensor before it";
                throw Fault(entry, $"the data begins at {Digits(entry.Begin)} and {fault}, which ends at {Digits(next)}.", "Tensors follow one another without holes: write the file again.");
            }

            next = entry.End;
            ReadOnlyMemory<byte> bytes = file.Slice(dataStart + (int)entry.Begin, (int)(entry.End - entry.Begin));
            tensors.Add(new SafetensorsTensor(entry.Name, entry.DType, entry.DTypeName, entry.Shape, bytes, dataStart + entry.Begin));
        }

        if (next != dataLength)
        {
            throw new SafetensorsException(
                $"{Digits(dataLength - next)} bytes follow that belong to no tensor.",
                dataStart + next,
                "Something was appended, or the header lost a tensor: write the file again.");
        }

        return tensors;
    }

    /// <summary>The size of a tensor in bytes, or null where it passes 2^63 or the size of an element is not known.</summary>
    internal static long? Size(SafetensorsDType dtype, IReadOnlyList<int> shape) => dtype == SafetensorsDType.Other ? null : Volume(dtype.ItemSize(), shape);

    /// <summary>A size times the sizes of all axes, or null where it passes 2^63.</summary>
    private static long? Volume(long size, IReadOnlyList<int> shape)
    {
        foreach (int axis in shape)
        {
            if (axis != 0 && size > long.MaxValue / axis)
            {
                return null;
            }

            size *= axis;
        }

        return size;
    }

    internal static string ShapeText(IReadOnlyList<int> shape) => "[" + string.Join(", ", shape.Select(size => Digits(size))) + "]";

    internal static string Digits(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static SafetensorsException Fault(HeaderEntry entry, string found, string advice) => new(found, entry.Place, advice, entry.Name);
}
