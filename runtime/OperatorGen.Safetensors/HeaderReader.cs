using System;
using System.Collections.Generic;
using System.Text.Json;

namespace OperatorGen.Safetensors;

/// <summary>The JSON header: an object of tensors by name, and <c>__metadata__</c>.</summary>
internal ref struct HeaderReader
{
    private const string Metadata = HeaderWriter.Metadata;
    private Utf8JsonReader _json;
    private string? _tensor;

    private HeaderReader(ReadOnlySpan<byte> header)
    {
        _json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 64 });
        _tensor = null;
    }

    private readonly long Place => Preamble.Length + _json.TokenStartIndex;

    internal static Header Read(ReadOnlySpan<byte> header)
    {
        int ink = 0;
        while (ink < header.Length && IsBlank(header[ink]))
        {
            ink++;
        }

        if (ink == header.Length || header[ink] != (byte)'{')
        {
            throw new SafetensorsException("the header does not begin with '{'.", Preamble.Length, "The header is a JSON object: this is not a safetensors file, or it is damaged.");
        }

        HeaderReader reader = new(header);
        try
        {
            return reader.ReadHeader();
        }
        catch (JsonException exception)
        {
            throw new SafetensorsException("the header is not JSON: " + exception.Message, Preamble.Length + reader._json.BytesConsumed, "Write the file again; one header is one JSON object.", reader._tensor, exception);
        }
        catch (InvalidOperationException exception)
        {
            // What Utf8JsonReader throws for text that is not UTF-8 or has half a surrogate pair.
            throw new SafetensorsException("the header holds text that is not valid Unicode.", reader.Place, "Names are UTF-8: write the file again.", reader._tensor, exception);
        }
    }

    /// <summary>White space, which upstream's reader, too, tolerates before the brace.</summary>
    internal static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private Header ReadHeader()
    {
        List<HeaderEntry> tensors = [];
        Dictionary<string, string>? metadata = null;
        HashSet<string> names = new(StringComparer.Ordinal);
        _json.Read();
        while (NextProperty(out string name))
        {
            _tensor = name == Metadata ? null : name;
            if (!names.Add(name))
            {
                throw Fault("the name '" + Messages.Name(name) + "' occurs twice.", "Names are unique: rename one of the tensors.");
            }

            long place = Place;
            _json.Read();
            if (name == Metadata)
            {
                metadata = ReadMetadata();
            }
            else
            {
                tensors.Add(ReadTensor(name, place));
            }

            _tensor = null;
        }

        // Anything but white space after the object is a JsonException.
        _json.Read();
        return new Header(tensors, metadata ?? new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private Dictionary<string, string> ReadMetadata()
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        if (_json.TokenType == JsonTokenType.Null)
        {
            return metadata;
        }

        Expect(JsonTokenType.StartObject, "an object of strings or null under " + Metadata);
        while (NextProperty(out string key))
        {
            if (metadata.ContainsKey(key))
            {
                throw Fault("the key '" + Messages.Name(key) + "' occurs twice under " + Metadata + ".", "Keys are unique: write the file again.");
            }

            _json.Read();
            Expect(JsonTokenType.String, "a string under '" + Messages.Name(key) + "' of " + Metadata);
            metadata.Add(key, _json.GetString()!);
        }

        return metadata;
    }

    private HeaderEntry ReadTensor(string name, long place)
    {
        Expect(JsonTokenType.StartObject, "an object with dtype, shape and data_offsets");
        string? dtype = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (NextProperty(out string key))
        {
            if (key == "dtype" ? dtype is not null : key == "shape" ? shape is not null : key == "data_offsets" && offsets is not null)
            {
                throw Fault("the key '" + key + "' occurs twice.", "Write the file again.");
            }

            _json.Read();
            switch (key)
            {
                case "dtype":
                    Expect(JsonTokenType.String, "a string as dtype");
                    dtype = _json.GetString()!;
                    break;
                case "shape":
                    shape = ReadIntegers("shape", int.MaxValue);
                    break;
                case "data_offsets":
                    offsets = ReadIntegers("data_offsets", long.MaxValue);
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        if (dtype is null || shape is null || offsets is null)
        {
            string missing = dtype is null ? "dtype" : shape is null ? "shape" : "data_offsets";
            throw Fault("the key '" + missing + "' is missing.", "A tensor has dtype, shape and data_offsets: write the file again.");
        }

        if (offsets.Count != 2)
        {
            throw Fault("The length of data_offsets is " + Messages.Digits(offsets.Count) + ".", "They are two, begin and end: write the file again.");
        }

        SafetensorsDType type = SafetensorsDTypes.TryParse(dtype, out SafetensorsDType known) ? known : SafetensorsDType.Other;
        return new HeaderEntry(name, place, type, type == SafetensorsDType.Other ? dtype : type.Text(), [.. shape.ConvertAll(size => (int)size)], offsets[0], offsets[1]);
    }

    private List<long> ReadIntegers(string key, long limit)
    {
        Expect(JsonTokenType.StartArray, "an array as " + key);
        List<long> values = [];
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            Expect(JsonTokenType.Number, "integers in " + key);
            if (!_json.TryGetInt64(out long value) || value < 0 || value > limit)
            {
                throw Fault(key + " holds a number that is negative, not an integer, or above " + Messages.Digits(limit) + ".", "Write the file again, or split the tensor.");
            }

            values.Add(value);
        }

        return values;
    }

    private bool NextProperty(out string name)
    {
        _json.Read();
        bool more = _json.TokenType == JsonTokenType.PropertyName;
        name = more ? _json.GetString()! : "";
        return more;
    }

    private readonly void Expect(JsonTokenType type, string expected)
    {
        if (_json.TokenType != type)
        {
            throw Fault("found " + _json.TokenType + " instead of " + expected + ".", "Write the file again.");
        }
    }

    private readonly SafetensorsException Fault(string found, string advice) => new(found, Place, advice, _tensor);
}
