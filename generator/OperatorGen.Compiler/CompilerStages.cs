using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OperatorGen.Compiler.Emission;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler;

/// <summary>The plans of a model, one per precision, single first; none for a model with symbols.</summary>
/// <param name="Plans">The plans.</param>
public sealed record PlanSet(EquatableArray<EvaluationPlan> Plans);

/// <summary>
/// The stages from a declaration to C#, each a pure function of its arguments. The generator runs them one by one so that each is cached;
/// the tool and the tests run the same functions.
/// </summary>
public static class CompilerStages
{
    /// <summary>The largest baked constants, in bytes: 4 MiB.</summary>
    public const long MaxBakedBytes = ModelFileFormat.MaxBakedBytes;

    /// <summary>Where the bound of rounding the constants to float is above this, relative to a channel's reach, an Info diagnostic says so.</summary>
    public const double RoundingThreshold = 2e-5;

    /// <summary>Stage 2: every shape known, every default explicit.</summary>
    public static StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation) =>
        Guard("resolve", () => ArchitectureCatalog.Resolve(declaration, cancellation));

    /// <summary>Stage 3: the symbolic operator.</summary>
    public static StageResult<SymbolicOperator> Expand(SequenceModel model, ModelOptions options, CancellationToken cancellation) =>
        Guard("expand", () => OperatorBuilder.Expand(model, options, cancellation));

    /// <summary>Stage 3 of a model whose weights are external: what its operator is expanded in once it is loaded.</summary>
    public static StageResult<LoadedOperator> ExpandLoaded(SequenceModel model, ModelOptions options) =>
        Guard("expand", () => LoadedOperator.Of(model, options));

    /// <summary>Stage 4: the plans for a precision, verified.</summary>
    public static StageResult<PlanSet> Plan(SequenceModel model, Precision precision, CancellationToken cancellation) =>
        Guard("plan", () => PlanUnguarded(model, precision, cancellation));

    /// <summary>Stage 5: the C# file.</summary>
    public static StageResult<GeneratedFile> Emit(EmissionInput input, CancellationToken cancellation) =>
        Guard("emit", () => Emitter.TakenMethods(input) is { Length: > 0 } methods
            ? new StageResult<GeneratedFile>(null, methods.Select(method => DeclarationFaults.NameTaken(input.Target.Name, method)).ToEquatableArray())
            : new StageResult<GeneratedFile>(Emitter.Emit(input, cancellation), EquatableArray<Fault>.Empty));

    /// <summary>The model file that a type with external weights keeps, with the options that its code was made by; null where the numbers are in the code.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="options">All options.</param>
    public static string? KeptFile(ModelDeclaration declaration, ModelOptions options) =>
        declaration.IsExternal ? ModelFileWriter.Write(declaration with { Options = options }) : null;

    /// <summary>All stages at once, as the tool and the tests use them.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="target">The type to write a part of.</param>
    /// <param name="options">What goes before the declaration's own options.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The file, or null, and all faults.</returns>
    public static StageResult<GeneratedFile> Compile(ModelDeclaration declaration, TypeTarget target, ModelOptions options, CancellationToken cancellation = default)
    {
        List<Fault> faults = [];
        T? Note<T>(StageResult<T> result)
            where T : class
        {
            faults.AddRange(result.Faults);
            return result.Value;
        }

        options = options.Or(declaration.Options);
        GeneratedFile? file = null;
        if (Note(Resolve(declaration, cancellation)) is { } model)
        {
            SymbolicOperator? symbolic = model.IsExternal ? null : Note(Expand(model, options, cancellation));
            LoadedOperator? loaded = model.IsExternal ? Note(ExpandLoaded(model, options)) : null;
            if ((symbolic is not null || loaded is not null) && Note(Plan(model, options.Precision ?? Precision.Single, cancellation)) is { } plans)
            {
                file = Note(Emit(new EmissionInput(target, model, declaration.Identity(), declaration.Source, symbolic, plans.Plans) { Loaded = loaded, ModelFile = KeptFile(declaration, options) }, cancellation));
            }
        }

        return new StageResult<GeneratedFile>(file, faults.ToEquatableArray());
    }

    private static StageResult<PlanSet> PlanUnguarded(SequenceModel model, Precision precision, CancellationToken cancellation)
    {
        List<Fault> faults = [];
        if (model.IsExternal && precision == Precision.Both)
        {
            return new StageResult<PlanSet>(null, EquatableArray.Of(PlanFaults.UnsupportedOption("precision", "a file of external weights has the tables of one precision; choose \"single\" or \"double\", and another type for the other", null)));
        }

        string[] symbols = [.. ModelSymbols.Of(model)];
        if (symbols.Length > 0)
        {
            faults.Add(PlanFaults.SymbolicParameters(string.Join(", ", symbols), null));
            return new StageResult<PlanSet>(new PlanSet(EquatableArray<EvaluationPlan>.Empty), faults.ToEquatableArray());
        }

        ElementType[] elements = precision switch
        {
            Precision.Single => [ElementType.Single],
            Precision.Double => [ElementType.Double],
            _ => [ElementType.Single, ElementType.Double],
        };
        List<EvaluationPlan> plans = [];
        long bytes = 0;
        foreach (ElementType element in elements)
        {
            StageResult<EvaluationPlan> result = Planner.Plan(model, element, cancellation);
            faults.AddRange(result.Faults);
            if (result.Value is not { } plan)
            {
                return new StageResult<PlanSet>(null, faults.ToEquatableArray());
            }

            plans.Add(plan);
            bytes += plan.TableBytes;
        }

        if (model.IsExternal)
        {
            return new StageResult<PlanSet>(new PlanSet(plans.ToEquatableArray()), faults.ToEquatableArray());
        }

        if (bytes > MaxBakedBytes)
        {
            faults.Add(PlanFaults.WeightsTooLarge(bytes, MaxBakedBytes, null, precision));
            return new StageResult<PlanSet>(null, faults.ToEquatableArray());
        }

        double effect = elements[0] == ElementType.Single ? ConstantRounding.Effect(model) : 0;
        if (effect > RoundingThreshold)
        {
            faults.Add(PlanFaults.ConstantRounding(effect, null));
        }

        return new StageResult<PlanSet>(new PlanSet(plans.ToEquatableArray()), faults.ToEquatableArray());
    }

    /// <summary>Runs a stage that never throws: what it did not foresee becomes a diagnostic with the stage's name.</summary>
    /// <typeparam name="T">The stage's record.</typeparam>
    /// <param name="stage">The name.</param>
    /// <param name="run">The stage.</param>
    public static StageResult<T> Guard<T>(string stage, Func<StageResult<T>> run)
        where T : class
    {
        try
        {
            return run();
        }
        catch (NumbersNeededException needed)
        {
            return new StageResult<T>(null, EquatableArray.Of(PlanFaults.NumbersNeeded(needed.Tensor)));
        }
#pragma warning disable CA1031 // Whatever a stage throws must not reach the compiler that hosts it.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            string message = failure.GetType().Name + ": " + failure.Message.Replace('\n', ' ').Replace('\r', ' ');
            return new StageResult<T>(null, EquatableArray.Of(PlanFaults.InternalError(stage, message)));
        }
    }
}
