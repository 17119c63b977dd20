using System;
using System.Collections.Generic;
using System.IO;

namespace OperatorGen.Safetensors;

/// <summary>Writes files of any size: the header from names, types and shapes, then each tensor as it comes, without holding one in memory.</summary>
public static class SafetensorsWriter
{
    /// <summary>What the data of a file begin at a multiple of where nothing else is asked for, in bytes: upstream's.</summary>
    public const int DefaultAlignment = 8;

    private const int LargestAlignment = 1 << 20;

    /// <summary>Writes a file. The same content gives the same bytes in any order of <paramref name="tensors"/>.</summary>
    /// <param name="stream">Where the bytes go; it stays open, and need not be able to seek.</param>
    /// <param name="tensors">Names, types and shapes.</param>
    /// <param name="write">
    /// Writes the elements of the tensor of that name, row-major and little-endian, to that stream, as many bytes as its type and shape have. It is called once
    /// per tensor, in the order of the file: large elements first, then by name.
    /// </param>
    /// <param name="metadata">Strings to keep beside the tensors, or null.</param>
    /// <param name="alignment">
    /// The data begin at a multiple of this many bytes of the file, a power of two from 1 to 1,048,576: blanks at the end of the header make it so, which the
    /// format allows. With 64 a mapped file has its data where vectors of every width are aligned.
    /// </param>
    /// <exception cref="ArgumentException">A name occurs twice or is <c>__metadata__</c>, a size or type cannot be written, or the header is above the format's limit. Nothing has been written then.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The alignment is not such a power of two.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="write"/> gave more or fewer bytes than the tensor has. What has been written is not a file.</exception>
    public static void Write(
        Stream stream,
        IEnumerable<(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape)> tensors,
        Action<string, Stream> write,
        IReadOnlyDictionary<string, string>? metadata = null,
        int alignment = DefaultAlignment)
    {
        _ = stream ?? throw new ArgumentNullException(nameof(stream));
        _ = write ?? throw new ArgumentNullException(nameof(write));
        (WrittenTensor[] ordered, byte[] header) = Begin(tensors, metadata, alignment);
        stream.Write(header, 0, header.Length);
        foreach (WrittenTensor tensor in ordered)
        {
            using TensorStream elements = new(stream, tensor);
            write(tensor.Name, elements);
            elements.CheckComplete();
        }
    }

    /// <summary>The first bytes of a file, up to where the data begin, for whoever gives the data in another way: the elements of all tensors, large elements first, then by name.</summary>
    /// <param name="tensors">Names, types and shapes.</param>
    /// <param name="metadata">Strings to keep beside the tensors, or null.</param>
    /// <param name="alignment">See <see cref="Write"/>.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is <c>__metadata__</c>, a size or type cannot be written, or the header is above the format's limit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The alignment is not a power of two from 1 to 1,048,576.</exception>
    public static byte[] Header(
        IEnumerable<(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape)> tensors,
        IReadOnlyDictionary<string, string>? metadata = null,
        int alignment = DefaultAlignment) => Begin(tensors, metadata, alignment).Header;

    private static (WrittenTensor[] Tensors, byte[] Header) Begin(
        IEnumerable<(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape)> tensors,
        IReadOnlyDictionary<string, string>? metadata,
        int alignment)
    {
        _ = tensors ?? throw new ArgumentNullException(nameof(tensors));
        if (alignment < 1 || alignment > LargestAlignment || (alignment & (alignment - 1)) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(alignment), "The alignment is a power of two from 1 to " + Messages.Digits(LargestAlignment) + ", not " + Messages.Digits(alignment) + ".");
        }

        WrittenTensor[] ordered = WrittenTensor.Order(tensors);
        return (ordered, HeaderWriter.Bytes(ordered, metadata, alignment));
    }
}
