using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Import;

namespace OperatorGen.Tool.Commands;

/// <summary><c>import CHECKPOINT.safetensors</c>: a checkpoint with upstream's names becomes a model file.</summary>
internal static class ImportCommand
{
    private const string ModelFileEnding = ".ssm.json";

    public static Command Create(Terminal terminal)
    {
        var checkpoint = new Argument<string>("CHECKPOINT") { Description = "The safetensors file." };
        Option<string> architecture = new("--architecture")
        {
            Description = "The architecture: " + string.Join(", ", ArchitectureCatalog.All.Select(known => known.Name)) + ".",
            Required = true,
        };
        Option<string[]> hyper = new("--hyper")
        {
            Description = "Hyperparameters by upstream name, k=v: numbers, true, false, null, else strings.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        Option<string> prefix = new("--prefix")
        {
            Description = "What comes before upstream's names in the checkpoint, for example 'model.'. Other tensors are left out.",
            DefaultValueFactory = _ => "",
        };
        Option<string> output = new("--output", "-o") { Description = "The model file to write, MODEL.ssm.json.", Required = true };
        var command = new Command("import", "Makes a model file of a checkpoint.") { checkpoint, architecture, hyper, prefix, output };
        command.SetAction(result => Run(
            terminal,
            result.GetValue(checkpoint)!,
            result.GetValue(architecture)!,
            result.GetValue(hyper)!,
            result.GetValue(prefix)!,
            result.GetValue(output)!));
        return command;
    }

    private static int Run(Terminal terminal, string path, string architecture, IReadOnlyList<string> hyper, string prefix, string output)
    {
        EquatableArray<HyperParameter> parameters = hyper.Select(Hyper).ToEquatableArray();
        Checkpoint checkpoint = Checkpoint.Read(path);
        if (Path.GetFullPath(path) == Path.GetFullPath(output))
        {
            throw new UnusableInputException($"-o names the checkpoint {path} itself: write the model file somewhere else.");
        }

        IReadOnlyList<(string Name, EquatableArray<int> Shape, double[] Values)> tensors = checkpoint.Widened(prefix);
        StageResult<ModelDeclaration> declaration = CheckpointImport.ToDeclaration(
            tensors,
            architecture,
            parameters,
            prefix,
            EquatableArray.Of(new SourceEntry("file", Path.GetFileName(path)), new SourceEntry("sha256", checkpoint.Sha256)),
            default);
        FaultText.Report(terminal.Error, path, declaration.Faults);
        if (declaration.Value is not { } model)
        {
            return ExitCode.Failure;
        }

        AtomicFile.Write(output, ModelFileWriter.Write(model));
        long numbers = tensors.Sum(tensor => (long)tensor.Values.Length);
        terminal.Output.WriteLine($"{output}: {architecture}, {tensors.Count} tensors, {numbers} numbers");
        int left = checkpoint.File.Tensors.Count - tensors.Count;
        if (left > 0)
        {
            terminal.Output.WriteLine($"left out: {left} tensors whose names do not begin with '{prefix}'");
        }

        if (!output.EndsWith(ModelFileEnding, StringComparison.Ordinal))
        {
            terminal.Error.WriteLine($"{output} does not end in {ModelFileEnding}; the generator reads additional files of that ending only.");
        }

        return ExitCode.Success;
    }

    private static HyperParameter Hyper(string text) =>
        CheckpointImport.ParseHyper(text) ?? throw new UnusableInputException($"'{text}' is no hyperparameter: write name=value, for example --hyper d_state=64.");
}
