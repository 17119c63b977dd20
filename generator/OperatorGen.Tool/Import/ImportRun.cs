using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Compiler;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Inspection;

namespace OperatorGen.Tool.Import;

/// <summary>One import: a checkpoint and what the user says about it become a model file.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="options">What it was told.</param>
internal sealed class ImportRun(Terminal terminal, ImportOptions options)
{
    private const string ModelFileEnding = ".ssm.json";

    /// <summary>Imports and returns the exit code.</summary>
    /// <exception cref="UnusableInputException">A file cannot be read or written, or an option is malformed.</exception>
    public int Run()
    {
        if (options.IsExternal)
        {
            return new ExternalImport(terminal, options, Hyper).Run();
        }

        if (Hyper(null) is not { } said)
        {
            return ExitCode.Failure;
        }

        if (Directory.Exists(options.Checkpoint))
        {
            throw new UnusableInputException($"{options.Checkpoint} is a folder; a checkpoint is a file, *.safetensors. With --external a folder works too, and a model file of shapes is made.");
        }

        Checkpoint checkpoint = Checkpoint.Read(options.Checkpoint);
        if (Path.GetFullPath(options.Checkpoint) == Path.GetFullPath(options.Output))
        {
            throw new UnusableInputException($"-o names the checkpoint {options.Checkpoint} itself: write the model file somewhere else.");
        }

        EquatableArray<HyperParameter> hyper = said.For(options.Architecture, checkpoint.File.Tensors.Select(tensor => new DeclaredTensor(
            tensor.Name.StartsWith(options.Prefix, StringComparison.Ordinal) ? tensor.Name[options.Prefix.Length..] : tensor.Name, new Tensor(EquatableArray.Of(1), [0.0]), null)));
        if (PrefixAdvice.Of(checkpoint.File.Tensors, options.Architecture, hyper, options.Prefix) is { } wrongPrefix)
        {
            FaultText.Report(terminal.Error, options.Checkpoint, [wrongPrefix]);
            return ExitCode.Failure;
        }

        var tensors = checkpoint.Widened(options.Prefix);
        StageResult<ModelDeclaration> declaration = CheckpointImport.ToDeclaration(
            tensors,
            options.Architecture,
            hyper,
            options.Prefix,
            EquatableArray.Of(new SourceEntry("file", Path.GetFileName(options.Checkpoint)), new SourceEntry("sha256", checkpoint.Sha256)),
            default);
        FaultText.Report(terminal.Error, options.Checkpoint, declaration.Faults);
        if (declaration.Value is not { } weights || Completed(weights) is not var (completed, resolved, assumed, later))
        {
            return ExitCode.Failure;
        }

        AtomicFile.Write(options.Output, ModelFileWriter.Write(completed));
        Report(checkpoint, tensors.Count, tensors.Sum(tensor => (long)tensor.Values.Length));
        foreach (string line in AssumedDefaults.Of(completed, resolved.Layers.All(layer => !layer.Cell.IsConstant), resolved.Embedding is not null, assumed))
        {
            terminal.Output.WriteLine(line);
        }

        FaultText.Report(terminal.Error, options.Output, later);
        return ExitCode.Success;
    }

    /// <summary>The hyperparameters of file and command line; null where the file has a fault, which is reported.</summary>
    /// <param name="beside">The file beside the checkpoint; it is read where no other is named.</param>
    private GivenHyper? Hyper(string? beside)
    {
        HyperParameter[] given = [.. options.Hyper.Select(text => CheckpointImport.ParseHyper(text)
            ?? throw new UnusableInputException($"'{text}' is no hyperparameter: write name=value, for example --hyper d_state=64."))];
        if ((options.HyperFile ?? beside) is not { } path)
        {
            return new GivenHyper(EquatableArray<HyperParameter>.Empty, given.ToEquatableArray());
        }

        (EquatableArray<HyperParameter> read, EquatableArray<Fault> faults) = CheckpointImport.ReadHyper(ModelSource.Text(path, "a file of hyperparameters is JSON"), default);
        return FaultText.Report(terminal.Error, path, faults) ? null : new GivenHyper(read, given.ToEquatableArray());
    }

    /// <summary>
    /// The declaration with labels, scaling and options, and what it lacks until it is calibrated, for which it has to be written first; null where something does not fit the
    /// model, which is reported.
    /// </summary>
    private (ModelDeclaration Declaration, SequenceModel Model, EquatableArray<AssumedDefault> Assumed, Fault[] Later)? Completed(ModelDeclaration weights)
    {
        int inputs = ArchitectureCatalog.Resolve(weights, default).Value!.InputWidth;
        ModelDeclaration completed = weights with
        {
            Labels = options.Labels.ToEquatableArray(),
            Scaling = options.Scale is null && options.Offset is null ? null : new InputScaling(PerChannel("--scale", options.Scale ?? [1], inputs), PerChannel("--offset", options.Offset ?? [0], inputs)),
            Options = options.Options,
        };

        // Options and sizes are checked where model files are read, so that what is written can be read.
        StageResult<ModelDeclaration> read = ModelFileReader.Read(ModelFileWriter.Write(completed), default);
        StageResult<SequenceModel> resolved = ArchitectureCatalog.Resolve(completed, default);
        Fault[] impossible = resolved.Value is { } model ? [.. CompilerStages.Expand(model, completed.Options, default).Faults.Where(fault => fault.Kind == FaultKinds.ExpansionImpossible)] : [];
        Fault[] later = completed.Options.Expansion == ExpansionKind.Exact ? [] : impossible;
        Fault[] faults = [.. read.Faults.Select(fault => fault with { Place = null }).Concat(resolved.Faults).Concat(impossible.Except(later)).Where(fault => fault.Kind.Severity == FaultSeverity.Error)];
        return FaultText.Report(terminal.Error, options.Output, faults) ? null : (completed, resolved.Value!, resolved.Assumed, later);
    }

    private static Tensor PerChannel(string option, double[] values, int inputs) => values.Length == inputs ? new Tensor(EquatableArray.Of(inputs), values)
        : values.Length == 1 ? new Tensor(EquatableArray.Of(inputs), [.. Enumerable.Repeat(values[0], inputs)])
        : throw new UnusableInputException($"{option} has {CountText.Of(values.Length, "number")}; one, or one per input channel, {inputs}, is expected.");

    private void Report(Checkpoint checkpoint, int tensors, long numbers)
    {
        terminal.Output.WriteLine($"{options.Output}: {options.Architecture}, {CountText.Of(tensors, "tensor")}, {CountText.Of(numbers, "number")}");
        if (checkpoint.File.Tensors.Count - tensors is > 0 and var left)
        {
            terminal.Output.WriteLine($"left out: {CountText.Of(left, "tensor")} whose names do not begin with '{options.Prefix}'");
        }

        if (!options.Output.EndsWith(ModelFileEnding, StringComparison.Ordinal))
        {
            terminal.Error.WriteLine($"{options.Output} does not end in {ModelFileEnding}; the generator reads additional files of that ending only.");
        }
    }
}
