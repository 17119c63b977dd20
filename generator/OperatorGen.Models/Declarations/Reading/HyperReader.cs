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
        foreach (JsonMember member in item.Members)
        {
            string owner = $"The hyperparameter '{JsonSource.Shorten(member.Name)}'";
            HyperKind? kind = KindOf(member.Value.Kind);
            if (kind is null || (kind == HyperKind.Array ? ArrayText(member.Value, owner) : source.Text(member.Value)) is not { } value)
            {
                source.Wrong(owner, member.Value, "a number, a string, true, false, null or an array of finite numbers (limits with an infinite end are a string such as \"(0.0, inf)\")");
                continue;
            }

            result.Add(new HyperParameter(member.Name, value, kind.Value, source.Places.Of(member.Value)));
        }

        return result.ToEquatableArray();
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

    /// <summary>An array of numbers as text, the same for the same numbers; null where something else is in it.</summary>
    private string? ArrayText(JsonItem array, string owner) =>
        source.Elements(array, owner)?.Select(source.Number).ToArray() is { } numbers && Array.TrueForAll(numbers, number => number is double value && !double.IsInfinity(value))
            ? JsonText.Value(numbers.Select(number => number!.Value).ToArray())
            : null;

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
