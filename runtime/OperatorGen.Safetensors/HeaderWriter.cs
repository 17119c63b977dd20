using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OperatorGen.Safetensors;

/// <summary>The first bytes of a file: the length of the header, the header, and blanks up to where the data begin.</summary>
internal static class HeaderWriter
{
    internal const string Metadata = "__metadata__";

    /// <param name="entries">The tensors in the order of their bytes, one after the other.</param>
    /// <param name="metadata">Strings to keep beside the tensors, or null.</param>
    /// <param name="alignment">The data begin at a multiple of this many bytes of the file.</param>
    internal static byte[] Bytes(IEnumerable<WrittenTensor> entries, IReadOnlyDictionary<string, string>? metadata, int alignment)
    {
        using MemoryStream header = new();
        header.Write(new byte[Preamble.Length], 0, Preamble.Length);
        using (Utf8JsonWriter json = new(header, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json, entries, metadata);
        }

        while (header.Length % alignment != 0)
        {
            header.WriteByte((byte)' ');
        }

        byte[] start = header.ToArray();
        if (start.Length - Preamble.Length > SafetensorsFile.MaximumHeaderLength)
        {
            throw new ArgumentException(
                $"The header has {Messages.Digits(start.Length - Preamble.Length)} bytes, above the format's limit of {Messages.Digits(SafetensorsFile.MaximumHeaderLength)}.",
                nameof(entries));
        }

        BinaryPrimitives.WriteInt64LittleEndian(start, start.Length - Preamble.Length);
        return start;
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<WrittenTensor> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        json.WriteStartObject();
        if (metadata is not null)
        {
            json.WriteStartObject(Metadata);
            foreach (KeyValuePair<string, string> pair in metadata.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                json.WriteString(pair.Key, pair.Value);
            }

            json.WriteEndObject();
        }

        long offset = 0;
        foreach (WrittenTensor entry in entries)
        {
            json.WriteStartObject(entry.Name);
            json.WriteString("dtype", entry.DType.Text());
            WriteIntegers(json, "shape", entry.Shape.Select(size => (long)size));
            WriteIntegers(json, "data_offsets", [offset, offset + entry.Length]);
            json.WriteEndObject();
            offset += entry.Length;
        }

        json.WriteEndObject();
    }

    private static void WriteIntegers(Utf8JsonWriter json, string key, IEnumerable<long> values)
    {
        json.WriteStartArray(key);
        foreach (long value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
