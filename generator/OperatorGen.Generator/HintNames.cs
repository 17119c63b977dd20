using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OperatorGen.Compiler.Emission;
using OperatorGen.Symbolics;

namespace OperatorGen.Generator;

/// <summary>
/// The names of generated files within a project. C# tells names apart by case, the compiler's file names are not: types whose names differ
/// by case alone get a number, in the order of their names. So do types of one full name, which only a project with errors has (a class and a
/// record, a namespace and a type): a name that is given twice would stop the generator.
/// </summary>
internal static class HintNames
{
    /// <summary>The types whose file would be called as that of another one, but for case; in ordinal order.</summary>
    public static EquatableArray<TypeTarget> Ambiguous(IEnumerable<DeclaredTarget> targets) => targets
        .Select(target => target.Target)
        .Distinct()
        .GroupBy(Emitter.HintName, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Count() > 1)
        .SelectMany(group => group)
        .OrderBy(Emitter.HintName, StringComparer.Ordinal)
        .ThenBy(target => target.Namespace, StringComparer.Ordinal)
        .ThenBy(target => string.Join(" ", target.Containing.Select(outer => outer.Keyword).Append(target.Keyword)), StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>The name of a type's file.</summary>
    /// <param name="target">The type.</param>
    /// <param name="ambiguous">The types whose file would be called as that of another one.</param>
    public static string Of(TypeTarget target, EquatableArray<TypeTarget> ambiguous)
    {
        string name = Emitter.HintName(target);
        int number = 1 + ambiguous.ToList().IndexOf(target);
        return number == 0 ? name : NumberText.Format((long)number) + "." + name;
    }
}
