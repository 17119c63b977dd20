using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Reads the keys that hold names and plain values: <c>hyper</c>, <c>labels</c>, <c>source</c>.</summary>
internal sealed class HyperReader(JsonSource source)
{
    /// <summary>The hyperparameters in order.</summary>
    public EquatableArray<HyperParameter> ReadHyper(JsonItem item)
    {
        var result = new List<HyperParameter>();
        AddHyper(item, "", result, new HashSet<string>(StringComparer.Ordinal));
        return result.ToEquatableArray();
    }

    /// <summary>Adds the members of an object; those of an object in it have its name and a dot before theirs, and must not be there with that name already.</summary>
    private void AddHyper(JsonItem item, string prefix, List<HyperParameter> result, HashSet<string> others)
    {
        var own = new HashSet<string>(StringComparer.Ordinal); // a name that is twice in one object is a fault of the JSON, which was told
        foreach (JsonMember member in item.Members)
        {
            string name = prefix + member.Name;
            if (member.Value.Kind == JsonKind.Object)
            {
                AddHyper(member.Value, name + ".", result, others);
                continue;
            }

            string owner = $"The hyperparameter '{JsonSource.Shorten(name)}'";
            HyperKind? kind = KindOf(member.Value.Kind);
            if (kind is null || (kind == HyperKind.Array ? ArrayText(member.Value, owner) : source.Text(member.Value)) is not { } value)
            {
                source.Wrong(owner, member.Value, "a number, a string, true, false, null, an array of finite numbers or of strings, or an object of these (limits with an infinite end are a string such as \"(0.0, inf)\")");
                continue;
            }

            if (own.Add(name) && !others.Add(name))
            {
                source.Faults.Add(FileFaults.DuplicateKey(JsonSource.Shorten(name), source.Places.Of(member.Value)));
                continue;
            }

            result.Add(new HyperParameter(name, value, kind.Value, source.Places.Of(member.Value)));
        }
    }

    /// <summary>The labels; empty where there is a fault.</summary>
    public EquatableArray<string> ReadLabels(JsonItem item)
    {
        if (item.Kind != JsonKind.Array)
        {
            source.Wrong("'labels'", item, "an array of strings");
            return EquatableArray<string>.Empty;
        }

        List<JsonItem> labels = source.Elements(item, "'labels'") ?? [];
        foreach (JsonItem label in labels.Where(label => label.Kind != JsonKind.Text))
        {
            source.Wrong("A label", label, "a string");
        }

        return labels.Select(source.Text).ToEquatableArray();
    }

    /// <summary>The provenance: strings by their content, everything else as it is written.</summary>
    public EquatableArray<SourceEntry> ReadSource(JsonItem item) =>
        item.Members.Select(member => new SourceEntry(member.Name, source.Text(member.Value))).ToEquatableArray();

    /// <summary>An array of numbers, or of strings, as text, the same for the same elements; null where something else is in it.</summary>
    private string? ArrayText(JsonItem array, string owner)
    {
        if (source.Elements(array, owner) is not { } elements)
        {
            return null;
        }

        if (elements.Count > 0 && elements.TrueForAll(element => element.Kind == JsonKind.Text))
        {
            return "[" + string.Join(", ", elements.Select(element => JsonText.Quote(source.Text(element)))) + "]";
        }

        double?[] numbers = [.. elements.Select(source.Number)];
        return Array.TrueForAll(numbers, number => number is double value && !double.IsInfinity(value)) ? JsonText.Value(numbers.Select(number => number!.Value).ToArray()) : null;
    }

    private static HyperKind? KindOf(JsonKind kind) => kind switch
    {
        JsonKind.Number => HyperKind.Number,
        JsonKind.Boolean => HyperKind.Boolean,
        JsonKind.Text => HyperKind.Text,
        JsonKind.Null => HyperKind.Null,
        JsonKind.Array => HyperKind.Array,
        _ => null,
    };
}
