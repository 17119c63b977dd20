using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Safetensors;

/// <summary>The header held against the data: every byte of the data belongs to exactly one tensor.</summary>
internal static class DataLayout
{
    /// <summary>The entries in the order of their bytes, each inside of the data.</summary>
    /// <param name="entries">What the header says.</param>
    /// <param name="dataStart">The byte of the file at which the data begin.</param>
    /// <param name="dataLength">The bytes from there to the end of the file.</param>
    /// <exception cref="SafetensorsException">Offsets, shapes and the length of the file disagree.</exception>
    internal static HeaderEntry[] Check(IReadOnlyList<HeaderEntry> entries, long dataStart, long dataLength)
    {
        HeaderEntry[] ordered = [.. entries.OrderBy(e => e.Begin).ThenBy(e => e.End)];
        long next = 0;
        foreach (HeaderEntry entry in ordered)
        {
            if (entry.Begin > entry.End || entry.End > dataLength)
            {
                string advice = entry.Begin > entry.End ? "Begin is not after end: write the file again." : "The file is truncated: copy it again.";
                throw Fault(entry, $"data_offsets are [{Messages.Digits(entry.Begin)}, {Messages.Digits(entry.End)}] in {Messages.Digits(dataLength)} bytes of data.", advice);
            }

            if (entry.DType == SafetensorsDType.Other)
            {
                // How large an element is, is not known; the number of elements has to be one.
                if (Volume(1, entry.Shape) is null)
                {
                    throw Fault(entry, $"shape {Messages.Shape(entry.Shape)} has more elements than can be counted.", "Write the file again.");
                }
            }
            else if (Size(entry.DType, entry.Shape) is var size && size != entry.End - entry.Begin)
            {
                string needed = size is long count ? $"needs {Messages.Digits(count)} bytes" : "needs more bytes than can be counted";
                throw Fault(
                    entry,
                    $"shape {Messages.Shape(entry.Shape)} of {entry.DType.Text()} {needed}, but data_offsets [{Messages.Digits(entry.Begin)}, {Messages.Digits(entry.End)}] hold {Messages.Digits(entry.End - entry.Begin)}.",
                    "Shape, dtype and offsets must agree: write the file again.");
            }

            if (entry.Begin != next)
            {
                string fault = entry.Begin < next ? "overlaps the tensor before it" : "leaves a hole after the tensor before it";
                throw Fault(entry, $"the data begins at {Messages.Digits(entry.Begin)} and {fault}, which ends at {Messages.Digits(next)}.", "Tensors follow one another without holes: write the file again.");
            }

            next = entry.End;
        }

        if (next != dataLength)
        {
            throw new SafetensorsException(
                $"{Messages.Digits(dataLength - next)} bytes follow that belong to no tensor.",
                dataStart + next,
                "Something was appended, or the header lost a tensor: write the file again.");
        }

        return ordered;
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

    private static SafetensorsException Fault(HeaderEntry entry, string found, string advice) => new(found, entry.Place, advice, entry.Name);
}
