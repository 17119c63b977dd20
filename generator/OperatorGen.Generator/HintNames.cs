using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OperatorGen.Compiler.Emission;
using OperatorGen.Symbolics;

namespace OperatorGen.Generator;

/// <summary>
/// The names of generated files within a project. C# tells names apart by case, the compiler's file names are not: types whose names differ
/// by case alone get a number, in the order of their names.
/// </summary>
internal static class HintNames
{
    /// <summary>The names that differ from another one by case alone, in ordinal order.</summary>
    public static EquatableArray<string> Ambiguous(IEnumerable<DeclaredTarget> targets) => targets
        .Select(target => Emitter.HintName(target.Target))
        .Distinct(StringComparer.Ordinal)
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Count() > 1)
        .SelectMany(group => group)
        .OrderBy(name => name, StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>The name of a file.</summary>
    /// <param name="name">What it would be called alone.</param>
    /// <param name="ambiguous">The names that differ from another one by case alone.</param>
    public static string Of(string name, EquatableArray<string> ambiguous)
    {
        int number = 1 + ambiguous.ToList().IndexOf(name);
        return number == 0 ? name : NumberText.Format((long)number) + "." + name;
    }
}
