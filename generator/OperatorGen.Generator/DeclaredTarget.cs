using OperatorGen.Compiler;
using OperatorGen.Compiler.Emission;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Generator;

/// <summary>A type with a declaring attribute.</summary>
/// <param name="Target">The type.</param>
/// <param name="Places">Where it is.</param>
/// <param name="FileName">The model file that it names; null: the model is inline, or the declaration is faulty.</param>
/// <param name="Inline">The inline model as a declaration; null: it names a file, or the declaration is faulty.</param>
/// <param name="Options">What the attribute says over the file.</param>
/// <param name="Faults">What is wrong with the declaration.</param>
internal sealed record DeclaredTarget(
    TypeTarget Target,
    TypePlaces Places,
    string? FileName,
    ModelDeclaration? Inline,
    ModelOptions Options,
    EquatableArray<Fault> Faults)
{
    /// <summary>Whether the attribute says that the weights are external.</summary>
    public bool IsExternal { get; init; }
}
