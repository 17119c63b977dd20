using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using OperatorGen.Compiler;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Generator;

/// <summary>A model file of the project.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Declaration">What it declares, with the faults found.</param>
internal sealed record ModelFile(string Path, StageResult<ModelDeclaration> Declaration)
{
    private const string Ending = ".ssm.json";

    /// <summary>True for additional files that are model files.</summary>
    public static bool IsModelFile(string path) => path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a model file.</summary>
    public static ModelFile Read(AdditionalText text, CancellationToken cancellation) =>
        new(text.Path, CompilerStages.Guard("declare", () => text.GetText(cancellation) is { } content
            ? ModelFileReader.Read(content.ToString(), cancellation)
            : new StageResult<ModelDeclaration>(null, EquatableArray.Of(FileFaults.FileNotFound(text.Path, [])))));

    /// <summary>True when a declared name is this file: its name, or the end of its path.</summary>
    public bool IsNamed(string name) => IsNamed(name, StringComparison.Ordinal);

    /// <summary>True when a declared name is this file but for upper and lower case.</summary>
    public bool LooksLike(string name) => IsNamed(name, StringComparison.OrdinalIgnoreCase);

    private bool IsNamed(string name, StringComparison comparison)
    {
        string path = Path.Replace('\\', '/');
        string end = name.Replace('\\', '/');
        while (end.StartsWith("./", StringComparison.Ordinal))
        {
            end = end.Substring(2);
        }

        return end.Length > 0
            && path.EndsWith(end, comparison)
            && (path.Length == end.Length || path[path.Length - end.Length - 1] == '/' || end[0] == '/');
    }
}
