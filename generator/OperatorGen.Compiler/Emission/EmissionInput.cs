using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <summary>All that the text of one generated file depends on.</summary>
/// <param name="Target">The type.</param>
/// <param name="Model">The model, for names and labels.</param>
/// <param name="ModelHash">The model's hash, of external weights the shape hash, 64 hexadecimal digits.</param>
/// <param name="Source">The provenance that the model file names.</param>
/// <param name="Operator">The symbolic operator; null where the weights are external, whose operator has numbers at run time only.</param>
/// <param name="Plans">One plan per precision, single first; empty for a model with symbols.</param>
public sealed record EmissionInput(
    TypeTarget Target,
    SequenceModel Model,
    string ModelHash,
    EquatableArray<SourceEntry> Source,
    SymbolicOperator? Operator,
    EquatableArray<EvaluationPlan> Plans)
{
    /// <summary>Whether the numbers come from a file at run time: the type is loaded and has no constructor of its own for users.</summary>
    public bool IsExternal => Model.IsExternal;

    /// <summary>What is known of the operator where the weights are external; null where they are not.</summary>
    public LoadedOperator? Loaded { get; init; }

    /// <summary>What the decoder functions are expanded in.</summary>
    public ExpansionRequest Request => Operator?.Options.Request() ?? Loaded?.Request ?? ModelOptions.None.Request();

    /// <summary>The model file of shapes, which a type with external weights keeps; null where the numbers are in the code.</summary>
    public string? ModelFile { get; init; }

    /// <summary>Whether a score can be taken apart: every layer has waves, and every decoder function an expansion.</summary>
    public bool Explains => Attributes && (Operator?.Expansion is not null || Loaded is { Expands: true });

    /// <summary>Whether a score can be attributed to waves: every layer has waves.</summary>
    public bool Attributes => Plans.Count > 0 && !Model.Layers.Any(static layer => !layer.Cell.IsConstant);

    /// <summary>Whether there is an attention for each input: every layer is selective, and none has a gated linear unit behind its cells.</summary>
    public bool Attends => Plans.Count > 0 && Model.Layers.All(static layer => layer.Cell.HasAttention && layer.Decoder.Unit is null);
}
