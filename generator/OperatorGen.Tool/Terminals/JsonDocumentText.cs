using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool;

/// <summary>JSON documents of the tool: indented, LF, characters as they are.</summary>
internal static class JsonDocumentText
{
    /// <summary>The text of one object.</summary>
    /// <param name="members">Writes its members.</param>
    public static string Of(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>Writes an array of objects.</summary>
    public static void Objects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> members)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            members(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an array of doubles.</summary>
    public static void Numbers(this Utf8JsonWriter json, string name, params IReadOnlyList<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            json.Number(null, value);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the shortest decimal of a double; null where it is infinite, which JSON has no number for, or there is none.</summary>
    public static void Number(this Utf8JsonWriter json, string? name, double? value)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        if (value is { } number && double.IsFinite(number))
        {
            json.WriteRawValue(NumberText.Format(number));
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
