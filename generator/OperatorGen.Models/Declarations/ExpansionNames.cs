using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>How expansions are called in declarations.</summary>
public static class ExpansionNames
{
    /// <summary>The names, for messages.</summary>
    public const string Expected = "'taylor', 'chebyshev', 'measure' or 'exact'";

    private static readonly string[] Names = ["taylor", "chebyshev", "measure", "exact"];

    /// <summary>The name.</summary>
    public static string Of(ExpansionKind kind) => Names[(int)kind];

    /// <summary>The expansion of that name; null where there is none.</summary>
    public static ExpansionKind? Find(string name)
    {
        int index = Array.IndexOf(Names, name);
        return index < 0 ? null : (ExpansionKind)index;
    }
}
