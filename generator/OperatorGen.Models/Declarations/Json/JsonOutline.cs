using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;

namespace OperatorGen.Models;

/// <summary>
/// Reads the whole text once: is it JSON, how deep, is a key there twice; and returns the tree of its objects.
/// Arrays are checked but not stored, so the tree's size does not depend on how many numbers the file has.
/// </summary>
internal sealed class JsonOutline(byte[] bytes, JsonPlaces places, FaultCollector faults, CancellationToken cancellation)
{
    /// <summary>How deep objects and arrays may be nested.</summary>
    public const int MaxDepth = 64;

    /// <summary>How many keys a file may have.</summary>
    public const int MaxMembers = 100_000;

    private int _members;
    private int _tokens;

    /// <summary>The outermost value; null where the text is not JSON or has too many parts (a fault says so).</summary>
    public JsonItem? Read()
    {
        // One level more than allowed, so that the reader never speaks first and the fault has the bracket's place.
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth + 1, CommentHandling = JsonCommentHandling.Disallow });
        try
        {
            Next(ref reader);
            JsonItem root = ReadValue(ref reader);
            Next(ref reader);
            return root;
        }
        catch (JsonException exception)
        {
            int offset = JsonSyntax.OffsetOf(bytes, exception);
            faults.Add(FileFaults.JsonSyntax(JsonSyntax.Explain(bytes, offset), places.At(offset, offset + 1)));
        }
        catch (OutlineException exception)
        {
            faults.Add(exception.Fault);
        }

        return null;
    }

    private JsonItem ReadValue(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        IReadOnlyList<JsonMember> members = [];
        JsonKind kind = KindOf(reader.TokenType);
        if (kind is JsonKind.Object or JsonKind.Array && reader.CurrentDepth >= MaxDepth)
        {
            throw new OutlineException(FileFaults.JsonNesting(MaxDepth, places.At(start, start + 1)));
        }

        switch (kind)
        {
            case JsonKind.Object:
                members = ReadMembers(ref reader) ?? members;
                break;
            case JsonKind.Array:
                SkipElements(ref reader);
                break;
            case JsonKind.Text:
                _ = TextOf(ref reader);
                break;
        }

        return new JsonItem(kind, start, (int)reader.BytesConsumed, members);
    }

    private List<JsonMember>? ReadMembers(ref Utf8JsonReader reader)
    {
        List<JsonMember>? members = null;
        HashSet<string>? names = null;
        while (Next(ref reader) && reader.TokenType != JsonTokenType.EndObject)
        {
            int start = (int)reader.TokenStartIndex;
            int end = start + reader.ValueSpan.Length + 2;
            if (++_members > MaxMembers)
            {
                throw new OutlineException(FileFaults.TooLarge("The model file", $"more than {MaxMembers} keys", $"{MaxMembers}", places.At(start, end)));
            }

            string name = TextOf(ref reader);
            members ??= [];
            names ??= new HashSet<string>(StringComparer.Ordinal);
            if (!names.Add(name))
            {
                faults.Add(FileFaults.DuplicateKey(name, places.At(start, end)));
            }

            Next(ref reader);
            members.Add(new JsonMember(name, start, end, ReadValue(ref reader)));
        }

        return members;
    }

    private void SkipElements(ref Utf8JsonReader reader)
    {
        while (Next(ref reader) && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                ReadValue(ref reader);
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                _ = TextOf(ref reader);
            }
        }
    }

    private bool Next(ref Utf8JsonReader reader)
    {
        if ((++_tokens & 0xFFF) == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return reader.Read();
    }

    /// <summary>A key, or the check of a value: escapes of half a surrogate pair are well-formed JSON but no text.</summary>
    private string TextOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.IndexOf((byte)'\\') < 0)
        {
            return "";
        }

        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            int start = (int)reader.TokenStartIndex;
            throw new OutlineException(FileFaults.JsonSyntax("the text has an escape of half a surrogate pair", places.At(start, start + reader.ValueSpan.Length + 2)));
        }
    }

    public static JsonKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonKind.Object,
        JsonTokenType.StartArray => JsonKind.Array,
        JsonTokenType.String => JsonKind.Text,
        JsonTokenType.Number => JsonKind.Number,
        JsonTokenType.Null => JsonKind.Null,
        _ => JsonKind.Boolean,
    };

    /// <summary>Leaves the recursion with a fault; never leaves this file.</summary>
    private sealed class OutlineException(Fault fault) : Exception
    {
        public Fault Fault { get; } = fault;
    }
}
