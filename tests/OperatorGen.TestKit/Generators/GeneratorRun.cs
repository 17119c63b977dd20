using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OperatorGen.Generator;

namespace OperatorGen.TestKit;

/// <summary>One run of the generator over a project: files, diagnostics and tracked steps.</summary>
public sealed class GeneratorRun
{
    private readonly GeneratorDriver _driver;
    private readonly GeneratorRunResult _result;

    private GeneratorRun(GeneratorDriver driver, Compilation output)
    {
        _driver = driver;
        _result = driver.GetRunResult().Results.Single();
        Output = output;
    }

    /// <summary>The names of the generator's own steps, in the order of the data.</summary>
    public static IReadOnlyList<string> StepNames { get; } = [Steps.Read, Steps.Target, Steps.Declare, Steps.Resolve, Steps.Expand, Steps.Plan, Steps.Emit];

    /// <summary>The project with the generated files.</summary>
    public Compilation Output { get; }

    /// <summary>What the generator threw; null: nothing.</summary>
    public Exception? Failure => _result.Exception;

    /// <summary>The generated files: hint name and text.</summary>
    public IReadOnlyList<(string HintName, string Text)> Files =>
        [.. (_result.GeneratedSources.IsDefault ? [] : _result.GeneratedSources).Select(file => (file.HintName, file.SourceText.ToString()))];

    /// <summary>The generator's own diagnostics.</summary>
    public IReadOnlyList<Diagnostic> Faults => _result.Diagnostics;

    /// <summary>The compiler's warnings and errors about the project with the generated files.</summary>
    public IReadOnlyList<Diagnostic> CompilerFaults => _compilerFaults ??= [.. Output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)];

    private ImmutableArray<Diagnostic>? _compilerFaults;

    /// <summary>Runs the generator for the first time.</summary>
    /// <param name="project">The project.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static GeneratorRun Of(GeneratorProject project, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(project);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new SequenceModelGenerator().AsSourceGenerator()],
            project.Models,
            project.Parse,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return Run(driver, project, cancellation);
    }

    /// <summary>Runs the same driver on the project after a change.</summary>
    /// <param name="project">The project, made from the one before.</param>
    /// <param name="cancellation">Stops the run.</param>
    public GeneratorRun Then(GeneratorProject project, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(project);
        return Run(_driver.ReplaceAdditionalTexts(project.Models).WithUpdatedParseOptions(project.Parse), project, cancellation);
    }

    /// <summary>Why each output of a step is what it is, in the order of the outputs; empty where the step never ran.</summary>
    /// <param name="step">The step's name.</param>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step) => [.. Outputs(step).Select(output => output.Reason)];

    /// <summary>The outputs of a step.</summary>
    /// <param name="step">The step's name.</param>
    public IReadOnlyList<(object Value, IncrementalStepRunReason Reason)> Outputs(string step) =>
        _result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs) ? [.. runs.SelectMany(run => run.Outputs)] : [];

    /// <summary>True when no output of any of the steps is new or changed.</summary>
    /// <param name="steps">The steps' names.</param>
    public bool IsCached(params IEnumerable<string> steps) =>
        steps.SelectMany(Reasons).All(reason => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged);

    /// <summary>Compiles the project with its generated files and loads it.</summary>
    /// <exception cref="InvalidOperationException">The compiler found an error or a warning, or the generator an error.</exception>
    public Assembly Load()
    {
        using var stream = new MemoryStream();
        bool success = Output.Emit(stream).Success;
        string[] faults = [.. CompilerFaults.Concat(Faults.Where(f => f.Severity == DiagnosticSeverity.Error)).Select(f => f.ToString())];
        if (!success || faults.Length > 0)
        {
            throw new InvalidOperationException("The consumer does not compile cleanly:\n" + string.Join('\n', faults.Take(20)));
        }

        stream.Position = 0;
        return new AssemblyLoadContext(Output.AssemblyName, isCollectible: true).LoadFromStream(stream);
    }

    private static GeneratorRun Run(GeneratorDriver driver, GeneratorProject project, CancellationToken cancellation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(project.Compilation, out Compilation output, out _, cancellation);
        return new GeneratorRun(driver, output);
    }
}
