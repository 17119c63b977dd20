using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <summary>The type whose other part is generated.</summary>
/// <param name="Namespace">Its namespace, without @; null: the global one.</param>
/// <param name="Containing">The types around it, outermost first.</param>
/// <param name="Keyword"><c>class</c> or <c>record</c>.</param>
/// <param name="Name">Its name without @.</param>
public sealed record TypeTarget(string? Namespace, EquatableArray<ContainingType> Containing, string Keyword, string Name)
{
    /// <summary>
    /// The signatures of the type's own methods that are called like generated ones: the name and the parameters' types without <c>global::</c>, with
    /// <c>ref</c> for all that are passed by reference; generated types by their simple name.
    /// </summary>
    public EquatableArray<string> Methods { get; init; } = EquatableArray<string>.Empty;

    /// <summary>Members of the generated part; the type itself cannot have one of their names.</summary>
    public static IReadOnlyList<string> ReservedNames { get; } =
    [
        "State", "DoubleState", "ModelHash", "FormatVersion", "InputWidth", "OutputWidth", "ChunkLength", "OperationsPerStep", "Pooled",
        "IsCausal", "Labels", "Operator", "OperatorText", "Shared", "CreateOperator", "Vocabulary", "ShapeHash", "ModelFile", "Loaded", "LoadedWeights", .. MethodNames,
    ];

    /// <summary>Those of the members that are public methods: the type may have overloads of its own.</summary>
    public static IReadOnlyList<string> MethodNames => ["CreateState", "CreateDoubleState", "Forward", "ForwardBatch", "ForwardMany", "Step", "Explain", "Attribute", "Attention", "ExplainSelective", "Prefill", "Embed", "Embedded", "Score", "DoubleScore", "Load", "Dispose"];

    /// <summary>The full name, for people and for the file's name.</summary>
    public string FullName => string.Join(".", new[] { Namespace }.Concat(Containing.Select(c => c.Name)).Append(Name).Where(part => part is not null));
}

/// <summary>A type around a target.</summary>
/// <param name="Keyword"><c>class</c>, <c>struct</c>, <c>record</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Name">Its name without @.</param>
public sealed record ContainingType(string Keyword, string Name);

/// <summary>One generated file.</summary>
/// <param name="HintName">Its name, unique within a project.</param>
/// <param name="Text">Its text, with LF line ends.</param>
public sealed record GeneratedFile(string HintName, string Text);
