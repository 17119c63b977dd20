using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Safetensors;

/// <summary>A tensor that is to be written.</summary>
/// <param name="Name">The name.</param>
/// <param name="DType">The element type.</param>
/// <param name="Shape">The sizes of the axes.</param>
/// <param name="Length">The bytes of all elements.</param>
internal sealed record WrittenTensor(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape, long Length)
{
    /// <summary>The tensors in upstream's order: large elements first, so that each tensor is aligned, then by name.</summary>
    /// <exception cref="ArgumentException">A name occurs twice or is reserved, or a size cannot be one.</exception>
    internal static WrittenTensor[] Order(IEnumerable<(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape)> tensors)
    {
        HashSet<string> names = new(StringComparer.Ordinal) { HeaderWriter.Metadata };
        List<WrittenTensor> entries = [];
        long total = 0;
        foreach ((string name, SafetensorsDType dtype, IReadOnlyList<int> shape) in tensors)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException("The tensor name '" + Messages.Name(name) + "' occurs twice or is reserved.", nameof(tensors));
            }

            if (shape.Any(size => size < 0) || DataLayout.Size(dtype, shape) is not long length || length > long.MaxValue - total)
            {
                throw new ArgumentException(
                    $"Tensor '{Messages.Name(name)}' of type {dtype.Text()} and shape {Messages.Shape(shape)} has no size: sizes are not negative, the type is one of {SafetensorsDTypes.Known}, and all bytes can be counted.",
                    nameof(tensors));
            }

            total += length;
            entries.Add(new WrittenTensor(name, dtype, shape, length));
        }

        return [.. entries.OrderByDescending(t => t.DType.ItemSize()).ThenBy(t => t.Name, StringComparer.Ordinal)];
    }
}
