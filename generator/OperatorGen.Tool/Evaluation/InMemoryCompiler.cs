using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OperatorGen.Tool.Evaluation;

/// <summary>Compiles C# texts to an assembly in memory, against the libraries of this process.</summary>
public static class InMemoryCompiler
{
    /// <summary>The options of the strictest consumer: nullable, and the compiler's warnings at their highest level.</summary>
    public static CSharpCompilationOptions StrictOptions { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        nullableContextOptions: NullableContextOptions.Enable,
        warningLevel: 9999);

    /// <summary>The platform's libraries and OperatorGen's runtime, as references.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } = LoadReferences();

    /// <summary>Makes a compilation.</summary>
    /// <param name="texts">The files.</param>
    /// <param name="options">Compiler options; null: <see cref="StrictOptions"/>.</param>
    /// <param name="parse">Parse options; null: the newest language version, with documentation comments checked.</param>
    public static CSharpCompilation Compilation(IEnumerable<string> texts, CSharpCompilationOptions? options = null, CSharpParseOptions? parse = null)
    {
        parse ??= new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Diagnose);
        return CSharpCompilation.Create(
            "Generated" + Guid.NewGuid().ToString("N"),
            texts.Select((text, i) => CSharpSyntaxTree.ParseText(text, parse, path: $"File{i}.cs")),
            References,
            options ?? StrictOptions);
    }

    /// <summary>Compiles and loads.</summary>
    /// <param name="compilation">What is compiled.</param>
    /// <exception cref="InvalidOperationException">The compiler found an error or a warning; the message lists them.</exception>
    public static Assembly Load(CSharpCompilation compilation)
    {
        using var stream = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(stream);
        Diagnostic[] faults = [.. result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning)];
        if (!result.Success || faults.Length > 0)
        {
            throw new InvalidOperationException("The generated code does not compile cleanly:\n" + string.Join("\n", faults.Take(20).Select(d => d.ToString())));
        }

        stream.Position = 0;
        return new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true).LoadFromStream(stream);
    }

    private static List<MetadataReference> LoadReferences()
    {
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        List<MetadataReference> references = [];
        foreach (string path in platform.Split(Path.PathSeparator))
        {
            string name = Path.GetFileName(path);
            if (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "OperatorGen.dll" or "OperatorGen.Symbolics.dll" or "OperatorGen.Analysis.dll" or "OperatorGen.Safetensors.dll" or "OperatorGen.Tool.dll")
            {
                references.Add(MetadataReference.CreateFromFile(path));
            }
        }

        return references;
    }
}
