using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using OperatorGen.TestKit;

namespace OperatorGen.Generator.Tests;

/// <summary>
/// A declaration with one fault. Where the fault is expected is marked with ⟦ and ⟧: in the model file, or around the name of the type or its member.
/// </summary>
/// <param name="Name">What is wrong, in words.</param>
/// <param name="Id">The expected diagnostic.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Source">The C# file.</param>
/// <param name="Model">The model file <c>m.ssm.json</c>; null: there is none.</param>
/// <param name="Also">Further ids that belong to the same declaration: warnings and infos, or the compiler's own error.</param>
public sealed record FaultCase(string Name, string Id, DiagnosticSeverity Severity, string Source, string? Model = null, params string[] Also)
{
    /// <summary>The path of the model file.</summary>
    public const string ModelPath = "/models/m.ssm.json";

    /// <summary>The language version of the project.</summary>
    public LanguageVersion Language { get; init; } = LanguageVersion.Latest;

    /// <summary>The path of a second model file of the same name; null: there is none.</summary>
    public string? SecondPath { get; init; }

    /// <summary>The project without the marks.</summary>
    public GeneratorProject Project()
    {
        GeneratorProject project = GeneratorProject.Of(Unmarked(Source), parse: new CSharpParseOptions(Language, DocumentationMode.Diagnose));
        project = Model is null ? project : project.WithModel(ModelPath, Unmarked(Model));
        return SecondPath is null ? project : project.WithModel(SecondPath, Unmarked(Model!));
    }

    /// <summary>The file and the first line and column, from 0, that are marked.</summary>
    public (string Path, LinePosition Start) Place()
    {
        bool inModel = Model?.Contains('⟦', StringComparison.Ordinal) ?? false;
        string text = inModel ? Model! : Source;
        string before = text[..text.IndexOf('⟦', StringComparison.Ordinal)];
        return (inModel ? ModelPath : "Source.cs", new LinePosition(before.Count(c => c == '\n'), before.Length - before.LastIndexOf('\n') - 1));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Name}";

    private static string Unmarked(string text) => text.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal);
}
