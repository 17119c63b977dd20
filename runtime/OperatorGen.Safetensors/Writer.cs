using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OperatorGen.Safetensors;

/// <summary>Header and data in upstream's order: large elements first, so that each tensor is aligned, then by name.</summary>
internal static class Writer
{
    internal static void Write(
        Stream stream,
        IReadOnlyList<(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)> tensors,
        IReadOnlyDictionary<string, string>? metadata)
    {
        HashSet<string> names = new(StringComparer.Ordinal) { "__metadata__" };
        foreach ((string name, SafetensorsDType dtype, IReadOnlyList<int> shape, ReadOnlyMemory<byte> bytes) in tensors)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException("The tensor name '" + name + "' occurs twice or is reserved.", nameof(tensors));
            }

            if (shape.Any(size => size < 0) || DataLayout.Size(dtype, shape) != bytes.Length)
            {
                throw new ArgumentException(
                    $"Tensor '{name}' has {DataLayout.Digits(bytes.Length)} bytes, which shape {DataLayout.ShapeText(shape)} of {dtype.Text()} does not have.",
                    nameof(tensors));
            }
        }

        var ordered = tensors.OrderByDescending(t => t.DType.ItemSize()).ThenBy(t => t.Name, StringComparer.Ordinal).ToArray();
        using MemoryStream header = new();
        header.Write(new byte[8], 0, 8);
        using (Utf8JsonWriter json = new(header, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteHeader(json, ordered, metadata);
        }

        while (header.Length % 8 != 0)
        {
            header.WriteByte((byte)' ');
        }

        byte[] start = header.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(start, start.Length - 8);
        stream.Write(start, 0, start.Length);
        foreach ((string _, SafetensorsDType _, IReadOnlyList<int> _, ReadOnlyMemory<byte> bytes) in ordered)
        {
            ArraySegment<byte> data = MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment) ? segment : new(bytes.ToArray());
            stream.Write(data.Array!, data.Offset, data.Count);
        }
    }

    private static void WriteHeader(
        Utf8JsonWriter json,
        IEnumerable<(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)> tensors,
        IReadOnlyDictionary<string, string>? metadata)
    {
        json.WriteStartObject();
        if (metadata is not null)
        {
            json.WriteStartObject("__metadata__");
            foreach (KeyValuePair<string, string> pair in metadata.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                json.WriteString(pair.Key, pair.Value);
            }

            json.WriteEndObject();
        }

        long offset = 0;
        foreach ((string name, SafetensorsDType dtype, IReadOnlyList<int> shape, ReadOnlyMemory<byte> bytes) in tensors)
        {
            json.WriteStartObject(name);
            json.WriteString("dtype", dtype.Text());
            WriteIntegers(json, "shape", shape.Select(size => (long)size));
            WriteIntegers(json, "data_offsets", [offset, offset + bytes.Length]);
            json.WriteEndObject();
            offset += bytes.Length;
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
