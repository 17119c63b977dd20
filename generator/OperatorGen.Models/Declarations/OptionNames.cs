using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>How model files, attributes and the command line call expansions, precisions and discretisation rules.</summary>
public static class OptionNames
{
    /// <summary>How decoder functions are expanded.</summary>
    public static NameTable<ExpansionKind> Expansions { get; } =
        new(("taylor", ExpansionKind.Taylor), ("chebyshev", ExpansionKind.Chebyshev), ("measure", ExpansionKind.Measure), ("exact", ExpansionKind.Exact));

    /// <summary>The precision of generated code.</summary>
    public static NameTable<Precision> Precisions { get; } = new(("single", Precision.Single), ("double", Precision.Double), ("both", Precision.Both));

    /// <summary>The discretisation rules of a model that is given by its modes.</summary>
    public static NameTable<DiscretizationRule> Rules { get; } =
        new(("zoh", DiscretizationRule.ZeroOrderHold), ("bilinear", DiscretizationRule.Bilinear), ("none", DiscretizationRule.None));
}

/// <summary>The names of values.</summary>
/// <typeparam name="T">The values' enumeration.</typeparam>
/// <param name="names">Each value with its name.</param>
public sealed class NameTable<T>(params (string Name, T Value)[] names)
    where T : struct, Enum
{
    /// <summary>All names.</summary>
    public IReadOnlyList<string> All { get; } = [.. names.Select(each => each.Name)];

    /// <summary>The names for messages: <c>'zoh', 'bilinear' or 'none'</c>.</summary>
    public string Expected => $"{string.Join(", ", All.Take(All.Count - 1).Select(name => $"'{name}'"))} or '{All[All.Count - 1]}'";

    /// <summary>The value of a name; null where the text is no name.</summary>
    public T? Find(object? name) => Array.FindIndex(names, each => each.Name.Equals(name)) is int index and >= 0 ? names[index].Value : null;

    /// <summary>The name of a value; the enumeration's own where declarations have none.</summary>
    public string Of(T value) => names.FirstOrDefault(each => each.Value.Equals(value)).Name ?? value.ToString();

    /// <summary>The name of a value; null where there is no value.</summary>
    public string? Of(T? value) => value is T given ? Of(given) : null;
}
