using System.Collections.Generic;

namespace OperatorGen.Models;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind
{
    Object,
    Array,
    Text,
    Number,
    Boolean,
    Null,
}

/// <summary>A JSON value: where its bytes are, and the members of an object. The elements of an array stay in the text until they are needed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">The first byte.</param>
/// <param name="End">The byte after the last.</param>
/// <param name="Members">The members of an object in order; empty otherwise.</param>
internal sealed record JsonItem(JsonKind Kind, int Start, int End, IReadOnlyList<JsonMember> Members)
{
    /// <summary>The value of a member; null where the object has none of that name.</summary>
    public JsonItem? Find(string name)
    {
        foreach (JsonMember member in Members)
        {
            if (member.Name == name)
            {
                return member.Value;
            }
        }

        return null;
    }
}

/// <summary>A member of a JSON object.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Start">The first byte of the key, its quote.</param>
/// <param name="End">The byte after the key's last quote.</param>
/// <param name="Value">Its value.</param>
internal sealed record JsonMember(string Name, int Start, int End, JsonItem Value);
