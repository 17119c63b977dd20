using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.TestKit;

/// <summary>
/// A consumer's project in memory: source files, model files and options. It never changes; what a change leaves alone keeps its identity,
/// as in an editor.
/// </summary>
/// <param name="Compilation">The source files, references and compiler options.</param>
/// <param name="Models">The model files.</param>
/// <param name="Parse">The language version and how documentation comments are treated.</param>
public sealed record GeneratorProject(CSharpCompilation Compilation, ImmutableArray<AdditionalText> Models, CSharpParseOptions Parse)
{
    /// <summary>The newest language version, with documentation comments checked.</summary>
    public static CSharpParseOptions NewestLanguage { get; } = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    /// <summary>A library of one source file, <c>Source.cs</c>, with the strictest options.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="options">Compiler options; null: the strictest ones.</param>
    /// <param name="parse">Parse options; null: <see cref="NewestLanguage"/>.</param>
    public static GeneratorProject Of(string source, CSharpCompilationOptions? options = null, CSharpParseOptions? parse = null) =>
        new GeneratorProject(
            CSharpCompilation.Create("Consumer", [], InMemoryCompiler.References, options ?? InMemoryCompiler.StrictOptions),
            [],
            parse ?? NewestLanguage).WithSource("Source.cs", source);

    /// <summary>Adds a source file, or gives it another text.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="text">Its text.</param>
    public GeneratorProject WithSource(string path, string text)
    {
        SyntaxTree? old = Compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == path);
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, Parse, path, System.Text.Encoding.UTF8);
        return this with { Compilation = old is null ? Compilation.AddSyntaxTrees(tree) : Compilation.ReplaceSyntaxTree(old, tree) };
    }

    /// <summary>Adds a model file, or gives it another text.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="text">Its text.</param>
    public GeneratorProject WithModel(string path, string text)
    {
        var added = new ModelText(path, text);
        AdditionalText? old = Models.FirstOrDefault(model => model.Path == path);
        return this with { Models = old is null ? Models.Add(added) : Models.Replace(old, added) };
    }

    /// <summary>The same project as another object, so that nothing is the same by identity of the compilation alone.</summary>
    public GeneratorProject Copy() => this with { Compilation = Compilation.Clone() };
}
