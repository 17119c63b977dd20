using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

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
        if (LooksLikePickleOrZip(span))
        {
            throw new SafetensorsException(
                "this is a pickle or zip, as torch.save writes it, not a safetensors file.",
                0,
                "Convert it in Python: safetensors.torch.save_file(torch.load(path, weights_only=True), new_path).");
        }

        if (span.Length < 8)
        {
            throw new SafetensorsException($"the file ends after {Digits(span.Length)} bytes, within the 8 bytes of the header length.", span.Length, "The file is truncated: copy it again.");
        }

        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(span);
        if (headerLength > MaximumHeaderLength)
        {
            throw new SafetensorsException(
                $"the header length is {headerLength.ToString(CultureInfo.InvariantCulture)} bytes, above the format's limit of {Digits(MaximumHeaderLength)}.",
                0,
                "This is not a safetensors file, or its first bytes are damaged.");
        }

        if (headerLength > (ulong)(span.Length - 8))
        {
            throw new SafetensorsException(
                $"the header length is {headerLength.ToString(CultureInfo.InvariantCulture)} bytes, but only {Digits(span.Length - 8)} follow.",
                0,
                "The file is truncated, or not a safetensors file: copy it again.");
        }

        Header header = HeaderReader.Read(span.Slice(8, (int)headerLength));
        return new SafetensorsFile(DataLayout.Place(header.Tensors, file, 8 + (int)headerLength), header.Metadata);
    }

    /// <summary>Writes a file that <see cref="Parse"/> and upstream read. The same content gives the same bytes in any order of the tensors.</summary>
    /// <param name="stream">Where the bytes go; it stays open.</param>
    /// <param name="tensors">Names, types, shapes and elements (row-major, little-endian).</param>
    /// <param name="metadata">Strings to keep beside the tensors, or null.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is <c>__metadata__</c>, or bytes and shape disagree.</exception>
    public static void Write(
        Stream stream,
        IEnumerable<(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
        => Writer.Write(stream, [.. tensors], metadata);

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

    private static string Digits(int value) => value.ToString(CultureInfo.InvariantCulture);
}
