using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>The text of a model file with what all of its readers need: places, faults, and the values behind <see cref="JsonItem"/>s.</summary>
internal sealed class JsonSource(byte[] bytes, CancellationToken cancellation)
{
    private const int ShownLength = 40;
    private const int UsualLength = 64; // of a number

    public byte[] Bytes => bytes;

    public JsonPlaces Places { get; } = new(bytes);

    public FaultCollector Faults { get; } = new();

    public CancellationToken Cancellation => cancellation;

    /// <summary>A value's bytes as they are in the text.</summary>
    public ReadOnlySpan<byte> Span(JsonItem item) => bytes.AsSpan(item.Start, item.End - item.Start);

    /// <summary>A string's content; the text as written of anything else.</summary>
    public string Text(JsonItem item)
    {
        if (item.Kind != JsonKind.Text)
        {
            return Encoding.UTF8.GetString(bytes, item.Start, item.End - item.Start);
        }

        var reader = new Utf8JsonReader(Span(item));
        reader.Read();
        return reader.GetString() ?? "";
    }

    /// <summary>A number, correctly rounded; infinite where it is beyond the range of a double. Null for anything else.</summary>
    public double? Number(JsonItem item) => item.Kind == JsonKind.Number ? Parse(Span(item)) : null;

    /// <summary>The number behind the text of a JSON number, ASCII: correctly rounded; infinite where it is beyond the range of a double.</summary>
    public static double Parse(ReadOnlySpan<byte> text)
    {
        Span<char> characters = text.Length <= UsualLength ? stackalloc char[UsualLength] : new char[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            characters[i] = (char)text[i];
        }

        return NumberText.TryParse(characters.Slice(0, text.Length), out double value) ? value : double.PositiveInfinity;
    }

    /// <summary>An integer that fits 32 bits; null for anything else.</summary>
    public int? Integer(JsonItem item) =>
        Number(item) is double value && value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue ? (int)value : null;

    /// <summary>The elements of an array; null where it has more than a file of this kind needs (a fault says so).</summary>
    public List<JsonItem>? Elements(JsonItem array, string what)
    {
        var items = new List<JsonItem>();
        var reader = new Utf8JsonReader(Span(array), new JsonReaderOptions { MaxDepth = JsonOutline.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (items.Count == ModelFileFormat.MaxListLength)
            {
                Faults.Add(FileFaults.TooLarge(what, Invariant($"more than {ModelFileFormat.MaxListLength} entries"), Invariant($"{ModelFileFormat.MaxListLength} entries"), Places.Of(array)));
                return null;
            }

            int start = (int)reader.TokenStartIndex;
            JsonKind kind = JsonOutline.KindOf(reader.TokenType);
            reader.Skip();
            items.Add(new JsonItem(kind, array.Start + start, array.Start + (int)reader.BytesConsumed, []));
        }

        return items;
    }

    /// <summary>Reports a value that cannot be used.</summary>
    public void Wrong(string what, JsonItem item, string expected) =>
        Faults.Add(FileFaults.WrongValue(what, Describe(item), expected, Places.Of(item)));

    /// <summary>Reports the members of an object that are none of the known ones.</summary>
    public void RejectUnknown(JsonItem item, string owner, params string[] known)
    {
        foreach (JsonMember member in item.Members)
        {
            if (Array.IndexOf(known, member.Name) < 0)
            {
                Faults.Add(FileFaults.UnknownKey(Shorten(member.Name), owner, string.Join(", ", known), Places.Of(member)));
            }
        }
    }

    /// <summary>A value in the words of a message.</summary>
    public string Describe(JsonItem item) => item.Kind switch
    {
        JsonKind.Object => "an object",
        JsonKind.Array => Pair(item) is { } pair ? $"the array [{Text(pair[0])}, {Text(pair[1])}]" : "an array",
        JsonKind.Text => "the string '" + Shorten(Text(item)) + "'",
        JsonKind.Number => "the number " + Shorten(Text(item)),
        _ => Text(item),
    };

    /// <summary>The two numbers of an array that is short enough for a message; null of any other array.</summary>
    private List<JsonItem>? Pair(JsonItem array) =>
        array.End - array.Start <= ShownLength && Elements(array, "") is { Count: 2 } items && items.TrueForAll(item => item.Kind == JsonKind.Number) ? items : null;

    /// <summary>A text short enough for a message.</summary>
    public static string Shorten(string text)
    {
        if (text.Length <= ShownLength)
        {
            return text;
        }

        int length = char.IsHighSurrogate(text[ShownLength - 1]) ? ShownLength - 1 : ShownLength;
        return text.Substring(0, length) + "...";
    }
}
