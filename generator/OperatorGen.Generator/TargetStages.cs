using OperatorGen.Compiler;
using OperatorGen.Compiler.Emission;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Generator;

/// <summary>A target with its declaration.</summary>
/// <param name="Target">The target.</param>
/// <param name="FilePath">The model file; null: inline.</param>
/// <param name="Declaration">The declaration; null where it is faulty.</param>
/// <param name="Report">The faults so far.</param>
internal sealed record DeclaredModel(DeclaredTarget Target, string? FilePath, ModelDeclaration? Declaration, FaultReport Report);

/// <summary>A target with its model.</summary>
/// <param name="Core">What the later stages need; null where an error stops them.</param>
/// <param name="Report">The faults so far.</param>
internal sealed record ResolvedTarget(TargetCore? Core, FaultReport Report);

/// <summary>A model and what it becomes, without any place in a text.</summary>
/// <param name="Target">The type.</param>
/// <param name="Model">The model.</param>
/// <param name="ModelHash">Its hash.</param>
/// <param name="Source">Its provenance.</param>
/// <param name="Options">What attribute and model file say about operator and code.</param>
/// <param name="ModelFile">The model file that the type keeps; null where the numbers are in the code.</param>
internal sealed record TargetCore(
    TypeTarget Target,
    SequenceModel Model,
    string ModelHash,
    EquatableArray<SourceEntry> Source,
    ModelOptions Options,
    string? ModelFile);

/// <summary>A target with its operator.</summary>
/// <param name="Core">The model.</param>
/// <param name="Operator">The operator; null where an error stops here, and where the weights are external.</param>
/// <param name="Loaded">What is known of the operator where the weights are external; null where an error stops here, and where they are not.</param>
/// <param name="Faults">The faults of this stage.</param>
internal sealed record ExpandedTarget(TargetCore Core, SymbolicOperator? Operator, LoadedOperator? Loaded, EquatableArray<Fault> Faults);

/// <summary>A target with its plans.</summary>
/// <param name="Expanded">The operator.</param>
/// <param name="Plans">The plans; null where an error stops here.</param>
/// <param name="Faults">The faults so far.</param>
internal sealed record PlannedTarget(ExpandedTarget Expanded, PlanSet? Plans, EquatableArray<Fault> Faults);

/// <summary>A target with its file.</summary>
/// <param name="File">The file; null where an error stops here.</param>
/// <param name="Faults">The faults of the stages from the model on.</param>
internal sealed record EmittedTarget(GeneratedFile? File, TargetFaults Faults);
