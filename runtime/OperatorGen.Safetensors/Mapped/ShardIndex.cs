using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace OperatorGen.Safetensors;

/// <summary>A file <c>model.safetensors.index.json</c>: <c>{"metadata": {...}, "weight_map": {"tensor": "shard"}}</c>.</summary>
/// <param name="Path">The file, as messages name it.</param>
/// <param name="WeightMap">The shard of each tensor, in the order of the file.</param>
/// <param name="Metadata">What is under <c>metadata</c>: strings as they are, all else as its JSON text.</param>
internal sealed record ShardIndex(string Path, IReadOnlyList<KeyValuePair<string, string>> WeightMap, IReadOnlyDictionary<string, string> Metadata)
{
    private const string Map = "weight_map";
    private const string Advice = "It is an object with metadata and weight_map, as transformers writes it: copy it again.";

    /// <exception cref="SafetensorsException">The index is malformed.</exception>
    /// <exception cref="IOException">The index cannot be read.</exception>
    internal static ShardIndex Read(string path)
    {
        using Stream file = WeightFile.OpenRead(path);
        if (file.Length > SafetensorsFile.MaximumHeaderLength)
        {
            throw Fault(path, "the index has " + Messages.Digits(file.Length) + " bytes, above the limit of " + Messages.Digits(SafetensorsFile.MaximumHeaderLength) + ".", Advice);
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 64 });
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(path, json.RootElement) : throw Fault(path, "the index is not a JSON object.", Advice);
        }
        catch (JsonException exception)
        {
            throw Fault(path, "the index is not JSON: " + exception.Message, "Copy it again.", exception);
        }
        catch (InvalidOperationException exception)
        {
            // What the reader throws for text that is not UTF-8 or has half a surrogate pair.
            throw Fault(path, "the index holds text that is not valid Unicode.", "Copy it again.", exception);
        }
    }

    internal static SafetensorsException Fault(string path, string found, string advice, Exception? inner = null)
        => new(path, new SafetensorsException(found + " " + advice, inner!));

    private static ShardIndex Read(string path, JsonElement root)
    {
        List<KeyValuePair<string, string>>? map = null;
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            switch (property.Name)
            {
                case Map when map is not null:
                    throw Fault(path, "the key '" + Map + "' occurs twice.", Advice);
                case Map:
                    map = ReadMap(path, property.Value);
                    break;
                case "metadata" when property.Value.ValueKind == JsonValueKind.Object:
                    foreach (JsonProperty entry in property.Value.EnumerateObject())
                    {
                        metadata[entry.Name] = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : entry.Value.GetRawText();
                    }

                    break;
            }
        }

        return new ShardIndex(path, map ?? throw Fault(path, "the key '" + Map + "' is missing.", Advice), metadata);
    }

    private static List<KeyValuePair<string, string>> ReadMap(string path, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Fault(path, "'" + Map + "' is not an object of names of files by names of tensors.", Advice);
        }

        List<KeyValuePair<string, string>> map = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in element.EnumerateObject())
        {
            if (!names.Add(entry.Name))
            {
                throw Fault(path, "the tensor '" + Messages.Name(entry.Name) + "' occurs twice in '" + Map + "'.", "A tensor is in one shard: remove one of the two.");
            }

            string? shard = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString() : null;
            if (shard is null || !IsFileName(shard))
            {
                string found = shard is null ? "a " + entry.Value.ValueKind : "'" + Messages.Name(shard) + "'";
                throw Fault(
                    path,
                    "the shard of tensor '" + Messages.Name(entry.Name) + "' is " + found + ".",
                    "It has to be the name of a file beside the index, without a folder: put all shards into one folder and name them so.");
            }

            map.Add(new(entry.Name, shard));
        }

        return map;
    }

    /// <summary>A name that stays in its folder on every system: no separators, no drive or stream, no control characters, neither "." nor "..".</summary>
    private static bool IsFileName(string name)
    {
        foreach (char c in name)
        {
            if (c is '/' or '\\' or ':' || char.IsControl(c))
            {
                return false;
            }
        }

        return name.Trim().Trim('.').Length > 0;
    }
}
