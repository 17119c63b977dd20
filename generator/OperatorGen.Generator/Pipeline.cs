using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Emission;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Packing;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Generator;

/// <summary>The steps of the generator: each takes what the one before gives and runs one stage of the compiler.</summary>
internal static class Pipeline
{
    /// <summary>Finds the target's file, where it names one. A file that the project lists twice is one file.</summary>
    public static DeclaredModel Declare(DeclaredTarget target, ImmutableArray<ModelFile> files, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (target.FileName is not { } name)
        {
            return new DeclaredModel(target, null, target.Inline, new FaultReport(target.Places, null, target.Faults));
        }

        ModelFile[] named = [.. files.Where(f => f.IsNamed(name)).GroupBy(f => f.Path, StringComparer.Ordinal).Select(group => group.First()).OrderBy(f => f.Path, StringComparer.Ordinal)];
        if (named.Length != 1)
        {
            Fault fault = named.Length == 0 ? FileFaults.FileNotFound(name, [.. files.OrderBy(f => f.LooksLike(name) ? 0 : 1).ThenBy(f => f.Path, StringComparer.Ordinal).Select(f => f.Path).Distinct()]) : FileFaults.FileAmbiguous(name, named.Select(f => f.Path));
            return new DeclaredModel(target, null, null, new FaultReport(target.Places, null, target.Faults.Append(fault).ToEquatableArray()));
        }

        StageResult<ModelDeclaration> read = WithWeights(named[0].Declaration, target);
        return new DeclaredModel(
            target,
            named[0].Path,
            target.Faults.Count == 0 ? read.Value : null,
            new FaultReport(target.Places, named[0].Path, target.Faults.Concat(read.Faults).ToEquatableArray()));
    }

    /// <summary>The declaration as the attribute says where the numbers are: without them, where they are external.</summary>
    private static StageResult<ModelDeclaration> WithWeights(StageResult<ModelDeclaration> read, DeclaredTarget target)
    {
        if (read.Value is not { } declaration)
        {
            return read;
        }

        if (declaration.IsExternal && !target.IsExternal)
        {
            return new StageResult<ModelDeclaration>(null, read.Faults.Append(DeclarationFaults.InlineArgument(
                "Weights", "not given, or ModelWeights.Baked", "ModelWeights.External, since the model file has shapes and no numbers,")).ToEquatableArray());
        }

        return target.IsExternal && !declaration.IsExternal
            ? read with { Value = WeightPacker.WithoutNumbers(declaration, target.Options.Or(declaration.Options).Precision == Precision.Double ? WeightFormat.Double : WeightFormat.Single) }
            : read;
    }

    /// <summary>Resolves the declaration.</summary>
    public static ResolvedTarget Resolve(DeclaredModel declared, CancellationToken cancellation)
    {
        if (declared.Declaration is not { } declaration)
        {
            return new ResolvedTarget(null, declared.Report);
        }

        StageResult<TargetCore> result = CompilerStages.Guard("resolve", () =>
        {
            StageResult<SequenceModel> resolved = CompilerStages.Resolve(declaration, cancellation);
            ModelOptions options = declared.Target.Options.Or(declaration.Options);
            TargetCore? core = resolved.Value is { } model
                ? new TargetCore(
                    declared.Target.Target,
                    model,
                    declaration.Identity(),
                    declaration.Source,
                    options,
                    CompilerStages.KeptFile(declaration, options))
                : null;
            return new StageResult<TargetCore>(core, resolved.Faults);
        });
        return new ResolvedTarget(result.Value, declared.Report with { Faults = declared.Report.Faults.Concat(result.Faults).ToEquatableArray() });
    }

    /// <summary>Expands the operator.</summary>
    public static ExpandedTarget Expand(TargetCore core, CancellationToken cancellation)
    {
        if (core.Model.IsExternal)
        {
            StageResult<LoadedOperator> loaded = CompilerStages.ExpandLoaded(core.Model, core.Options);
            return new ExpandedTarget(core, null, loaded.Value, loaded.Faults);
        }

        StageResult<SymbolicOperator> result = CompilerStages.Expand(core.Model, core.Options, cancellation);
        return new ExpandedTarget(core, result.Value, null, result.Faults);
    }

    /// <summary>Plans the evaluation.</summary>
    public static PlannedTarget Plan(ExpandedTarget expanded, CancellationToken cancellation)
    {
        if (expanded is { Operator: null, Loaded: null })
        {
            return new PlannedTarget(expanded, null, expanded.Faults);
        }

        StageResult<PlanSet> result = CompilerStages.Plan(expanded.Core.Model, expanded.Core.Options.Precision ?? Precision.Single, cancellation);
        return new PlannedTarget(expanded, result.Value, expanded.Faults.Concat(result.Faults).ToEquatableArray());
    }

    /// <summary>Writes the file.</summary>
    public static EmittedTarget Emit(PlannedTarget planned, CancellationToken cancellation)
    {
        TargetCore core = planned.Expanded.Core;
        if (planned.Plans is not { } plans)
        {
            return new EmittedTarget(null, new TargetFaults(core.Target, planned.Faults));
        }

        var input = new EmissionInput(core.Target, core.Model, core.ModelHash, core.Source, planned.Expanded.Operator, plans.Plans) { Loaded = planned.Expanded.Loaded, ModelFile = core.ModelFile };
        StageResult<GeneratedFile> result = CompilerStages.Emit(input, cancellation);
        return new EmittedTarget(result.Value, new TargetFaults(core.Target, planned.Faults.Concat(result.Faults).ToEquatableArray()));
    }
}
