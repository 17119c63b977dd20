using System;
using System.IO;
using System.Linq;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Packing;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Inspection;

namespace OperatorGen.Tool.Import;

/// <summary>An import of shapes: the header of a checkpoint, and its hyperparameters, become a model file without numbers.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="options">What it was told.</param>
/// <param name="hyper">Reads the hyperparameters, given the file beside the checkpoint.</param>
internal sealed class ExternalImport(Terminal terminal, ImportOptions options, Func<string?, GivenHyper?> hyper)
{
    /// <summary>Imports and returns the exit code.</summary>
    /// <exception cref="UnusableInputException">A file cannot be read or written, or an option does not fit.</exception>
    public int Run()
    {
        if (options.Scale is not null || options.Offset is not null)
        {
            throw new UnusableInputException("--scale and --offset need a model file with numbers: leave them out, or leave --external out.");
        }

        if (Path.GetFullPath(options.Checkpoint) == Path.GetFullPath(options.Output))
        {
            throw new UnusableInputException($"-o names the checkpoint {options.Checkpoint} itself: write the model file somewhere else.");
        }

        // What is refused whatever a checkpoint has is said before its tensors are looked at, which may be of types that weights do not have.
        var none = new ModelDeclaration(options.Architecture, EquatableArray<HyperParameter>.Empty, EquatableArray<DeclaredTensor>.Empty) { ByShapes = true };
        if (FaultText.Report(terminal.Error, options.Checkpoint, CompilerStages.Resolve(none, default).Faults.Where(fault => fault.Kind == FaultKinds.NumbersNeeded)))
        {
            return ExitCode.Failure;
        }

        using CheckpointSource checkpoint = Open();
        if (hyper(checkpoint.ConfigPath) is not { } said)
        {
            return ExitCode.Failure;
        }

        DeclaredTensor[] tensors = Shapes(checkpoint);
        EquatableArray<HyperParameter> given = said.For(options.Architecture, tensors);
        SourceEntry[] source = [new("file", Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Checkpoint))), .. options.Prefix.Length == 0 ? [] : new[] { new SourceEntry(CheckpointPacking.PrefixEntry, options.Prefix) }];
        ModelDeclaration declaration = ArchitectureCatalog.Current(new ModelDeclaration(options.Architecture, given, tensors.ToEquatableArray())
        {
            Labels = options.Labels.ToEquatableArray(),
            Options = options.Options,
            Source = source.ToEquatableArray(),
        });

        // What is written is read back, resolved, expanded and planned: a model file that is refused is not written.
        string text = ModelFileWriter.Write(declaration);
        StageResult<ModelDeclaration> read = ModelFileReader.Read(text, default);
        StageResult<SequenceModel>? resolved = read.Value is { } written ? CompilerStages.Resolve(written, default) : null;
        SequenceModel? model = resolved?.Value;
        StageResult<LoadedOperator>? expanded = model is null ? null : CompilerStages.ExpandLoaded(model, options.Options);
        StageResult<PlanSet>? plans = model is null ? null : CompilerStages.Plan(model, options.Options.Precision ?? Precision.Single, default);
        if (FaultText.Report(terminal.Error, options.Checkpoint, [.. read.Faults.Concat(resolved?.Faults ?? []).Concat(expanded?.Faults ?? []).Concat(plans?.Faults ?? []).Select(fault => fault with { Place = null })]) || plans?.Value is not { } set)
        {
            return ExitCode.Failure;
        }

        AtomicFile.Write(options.Output, text);
        terminal.Output.WriteLine($"{options.Output}: {options.Architecture}, the shapes of {CountText.Of(tensors.Length, "tensor")} with {NumberText.Format(tensors.Sum(tensor => (long)tensor.Value.Count))} numbers");
        if (checkpoint.Tensors.Count - tensors.Length is > 0 and var left)
        {
            terminal.Output.WriteLine($"left out: {CountText.Of(left, "tensor")} whose names do not begin with '{options.Prefix}'");
        }

        terminal.Output.WriteLine($"packed weights: {NumberText.Format(set.Plans[0].TableBytes)} bytes of tables; operatorgen pack {options.Checkpoint} --model {options.Output} -o WEIGHTS.safetensors writes them");
        foreach (string line in AssumedDefaults.Of(declaration, resolved!.Value!.Layers.All(layer => !layer.Cell.IsConstant), resolved.Value.Embedding is not null, resolved.Assumed))
        {
            terminal.Output.WriteLine(line);
        }

        return ExitCode.Success;
    }

    private DeclaredTensor[] Shapes(CheckpointSource checkpoint)
    {
        try
        {
            return [.. checkpoint.Shapes(options.Prefix)];
        }
        catch (InvalidDataException failure)
        {
            throw new UnusableInputException(Analysis.VisibleText.Of(failure.Message), failure);
        }
    }

    private CheckpointSource Open()
    {
        try
        {
            return CheckpointSource.Open(options.Checkpoint);
        }
        catch (SafetensorsException failure)
        {
            throw new UnusableInputException(ConversionAdvice.IsUsualName(options.Checkpoint) ? ConversionAdvice.Message(options.Checkpoint) : Analysis.VisibleText.Of(failure.Message), failure);
        }
    }
}
