using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace OperatorGen.Safetensors;

/// <summary>
/// A safetensors file in memory: an 8-byte little-endian header length, a JSON header, and the elements of all tensors
/// without holes. Tensors are views of the memory that was given.
/// </summary>
public sealed class SafetensorsFile
{
    /// <summary>The longest header that is read, in bytes: upstream's limit.</summary>
    public const int MaximumHeaderLength = 100_000_000;

    private readonly Dictionary<string, SafetensorsTensor> _byName;

    private SafetensorsFile(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
        _byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>The strings under <c>__metadata__</c>; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of that name, or null.</summary>
    public SafetensorsTensor? Find(string name) => _byName.TryGetValue(name, out SafetensorsTensor? tensor) ? tensor : null;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file; it must not change while the tensors are used.</param>
    /// <exception cref="SafetensorsException">The file is malformed.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> span = file.Span;
        int headerLength = Preamble.HeaderLength(span, span.Length);
        int dataStart = Preamble.Length + headerLength;
        Header header = HeaderReader.Read(span.Slice(Preamble.Length, headerLength));
        List<SafetensorsTensor> tensors = [];
        foreach (HeaderEntry entry in DataLayout.Check(header.Tensors, dataStart, span.Length - dataStart))
        {
            ReadOnlyMemory<byte> bytes = file.Slice(dataStart + (int)entry.Begin, (int)(entry.End - entry.Begin));
            tensors.Add(new SafetensorsTensor(entry.Name, entry.DType, entry.DTypeName, entry.Shape, bytes, dataStart + entry.Begin));
        }

        return new SafetensorsFile(tensors, header.Metadata);
    }

    /// <summary>Writes a file that <see cref="Parse"/> and upstream read. The same content gives the same bytes in any order of the tensors.</summary>
    /// <param name="stream">Where the bytes go; it stays open.</param>
    /// <param name="tensors">Names, types, shapes and elements (row-major, little-endian).</param>
    /// <param name="metadata">Strings to keep beside the tensors, or null.</param>
    /// <param name="alignment">The data begin at a multiple of this many bytes of the file: see <see cref="SafetensorsWriter.Write"/>, which also writes what does not fit into memory.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is <c>__metadata__</c>, or bytes and shape disagree.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The alignment is not a power of two from 1 to 1,048,576.</exception>
    public static void Write(
        Stream stream,
        IEnumerable<(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)> tensors,
        IReadOnlyDictionary<string, string>? metadata = null,
        int alignment = SafetensorsWriter.DefaultAlignment)
    {
        (string Name, SafetensorsDType DType, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)[] all = [.. tensors];
        Dictionary<string, ReadOnlyMemory<byte>> bytes = new(StringComparer.Ordinal);
        foreach ((string name, SafetensorsDType dtype, IReadOnlyList<int> shape, ReadOnlyMemory<byte> elements) in all)
        {
            if (shape.Any(size => size < 0) || DataLayout.Size(dtype, shape) != elements.Length)
            {
                throw new ArgumentException(
                    $"Tensor '{Messages.Name(name)}' has {Messages.Digits(elements.Length)} bytes, which shape {Messages.Shape(shape)} of {dtype.Text()} does not have.",
                    nameof(tensors));
            }

            bytes[name] = elements;
        }

        SafetensorsWriter.Write(stream, all.Select(t => (t.Name, t.DType, t.Shape)), WriteElements, metadata, alignment);

        void WriteElements(string name, Stream target)
        {
            ArraySegment<byte> data = MemoryMarshal.TryGetArray(bytes[name], out ArraySegment<byte> segment) ? segment : new(bytes[name].ToArray());
            target.Write(data.Array!, data.Offset, data.Count);
        }
    }

    /// <summary>
    /// True for the beginning of a zip (PK) or of a pickle (0x80 and a protocol number): what torch.save writes. A safetensors
    /// header whose length happens to begin with the same bytes is told apart by its brace.
    /// </summary>
    public static bool LooksLikePickleOrZip(ReadOnlySpan<byte> file)
    {
        if (file.Length > 8 && (file[8] == (byte)'{' || HeaderReader.IsBlank(file[8])) && file[6] == 0 && file[7] == 0)
        {
            return false;
        }

        return file.Length >= 2 && ((file[0] == (byte)'P' && file[1] == (byte)'K') || (file[0] == 0x80 && file[1] is >= 1 and <= 5));
    }
}
