using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OperatorGen.Compiler.Emission;
using OperatorGen.Symbolics;

namespace OperatorGen.Generator;

/// <summary>
/// The Roslyn front: finds declared models and runs the compiler's stages on them.
/// <list type="number">
/// <item>Targets are read from attributes, model files from additional files; each is cached by its own content.</item>
/// <item>A target and its file become a declaration, the declaration a model, the model an operator, plans and C#. Every step compares by
/// value, and from the model on nothing knows where it stood in a text: moving code about re-runs nothing.</item>
/// <item>Two outputs: the files, and the diagnostics, which alone know places.</item>
/// </list>
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SequenceModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ImmutableArray<ModelFile>> files = context.AdditionalTextsProvider
            .Where(static text => ModelFile.IsModelFile(text.Path))
            .Select(static (text, cancellation) => ModelFile.Read(text, cancellation))
            .WithTrackingName(Steps.Read)
            .Collect();

        IncrementalValuesProvider<DeclaredTarget> byFile = Targets(context, AttributeNames.File);
        IncrementalValuesProvider<DeclaredTarget> inline = Targets(context, AttributeNames.Inline);
        IncrementalValuesProvider<DeclaredTarget> modesOnly = Targets(context, AttributeNames.Mode);
        IncrementalValueProvider<EquatableArray<TypeTarget>> ambiguous = byFile.Collect()
            .Combine(inline.Collect())
            .Select(static (all, _) => HintNames.Ambiguous(all.Left.AddRange(all.Right)));

        // Three ways of declaring, three tables: a new declaration of one kind moves none of another.
        Register(context, byFile, files, ambiguous);
        Register(context, inline, files, ambiguous);
        Register(context, modesOnly, files, ambiguous);
    }

    private static void Register(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<DeclaredTarget> targets,
        IncrementalValueProvider<ImmutableArray<ModelFile>> files,
        IncrementalValueProvider<EquatableArray<TypeTarget>> ambiguous)
    {
        IncrementalValuesProvider<DeclaredModel> declared = targets
            .Combine(files)
            .Select(static (pair, cancellation) => Pipeline.Declare(pair.Left, pair.Right, cancellation))
            .WithTrackingName(Steps.Declare);

        IncrementalValuesProvider<ResolvedTarget> resolved = declared
            .Select(static (model, cancellation) => Pipeline.Resolve(model, cancellation))
            .WithTrackingName(Steps.Resolve);

        IncrementalValuesProvider<EmittedTarget> emitted = resolved
            .Select(static (target, _) => target.Core)
            .Where(static core => core is not null)
            .Select(static (core, cancellation) => Pipeline.Expand(core!, cancellation))
            .WithTrackingName(Steps.Expand)
            .Select(static (expanded, cancellation) => Pipeline.Plan(expanded, cancellation))
            .WithTrackingName(Steps.Plan)
            .Select(static (planned, cancellation) => Pipeline.Emit(planned, cancellation))
            .WithTrackingName(Steps.Emit);

        context.RegisterSourceOutput(emitted.Combine(ambiguous), static (output, pair) =>
        {
            if (pair.Left.File is { } file)
            {
                output.AddSource(HintNames.Of(pair.Left.Faults.Target, pair.Right), file.Text);
            }
        });

        // Only what has faults looks at the compilation, which changes with every edit: for the syntax tree of the place.
        context.RegisterSourceOutput(
            resolved.Select(static (target, _) => target.Report)
                .Where(static report => report.Faults.Count > 0)
                .Combine(context.CompilationProvider),
            static (output, pair) => pair.Left.Send(output, pair.Right));
        context.RegisterSourceOutput(
            emitted.Select(static (target, _) => target.Faults)
                .Where(static faults => faults.Faults.Count > 0)
                .Combine(declared.Select(static (model, _) => TargetPlaces.Of(model)).Collect())
                .Combine(context.CompilationProvider),
            static (output, pair) => pair.Left.Left.Send(output, pair.Left.Right, pair.Right));
    }

    private static IncrementalValuesProvider<DeclaredTarget> Targets(IncrementalGeneratorInitializationContext context, string attribute) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (_, _) => true,
                static (found, cancellation) => TargetReader.Read(found, cancellation))
            .Where(static target => target is not null)
            .Select(static (target, _) => target!)
            .WithTrackingName(Steps.Target);
}
