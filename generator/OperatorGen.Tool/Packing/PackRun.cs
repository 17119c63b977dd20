using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Packing;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Packing;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Import;
using OperatorGen.Tool.Inspection;

namespace OperatorGen.Tool.Packing;

/// <summary>One run of <c>pack</c>.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="modelPath">The model file of shapes.</param>
/// <param name="prefix">What comes before upstream's names in the checkpoint; null: as the model file says.</param>
internal sealed class PackRun(Terminal terminal, string modelPath, string? prefix)
{
    private const int Block = 1 << 20;
    private const int MostFaults = 4;

    /// <summary>Packs a checkpoint into a file, and returns the exit code.</summary>
    /// <param name="checkpointPath">The checkpoint.</param>
    /// <param name="output">The file to write.</param>
    /// <exception cref="UnusableInputException">A file cannot be used.</exception>
    public int Pack(string checkpointPath, string output)
    {
        if (Shapes() is not { } shapes)
        {
            return ExitCode.Failure;
        }

        if (Path.GetFullPath(checkpointPath) == Path.GetFullPath(output))
        {
            throw new UnusableInputException($"-o names the checkpoint {checkpointPath} itself: write the weights somewhere else.");
        }

        using CheckpointSource checkpoint = Guarded(() => CheckpointSource.Open(checkpointPath));
        StageResult<PackedWeights> packed = Guarded(() => CheckpointPacking.Pack(checkpoint, shapes, prefix));
        Fault[] faults = Told(packed.Faults.Select(fault => fault with { Place = null }).ToEquatableArray(), () => [.. Guarded(() => checkpoint.Weights(prefix ?? CheckpointPacking.PrefixOf(shapes)).ToArray())], shapes);
        bool failed = FaultText.Report(terminal.Error, checkpointPath, faults.Take(MostFaults));
        if (faults.Length > MostFaults)
        {
            terminal.Error.WriteLine($"{checkpointPath}: {CountText.Of(faults.Length - MostFaults, "further tensor")} missing or of another shape");
        }

        if (failed || packed.Value is not { } weights)
        {
            return ExitCode.Failure;
        }

        string hash = "";
        AtomicFile.Write(output, stream => hash = Guarded(() => PackedFile.Write(weights, stream)));
        terminal.Output.WriteLine($"{output}: {CountText.Of(weights.Tables.Count, "table")}, {NumberText.Format(new FileInfo(output).Length)} bytes");
        terminal.Output.WriteLine($"shape hash   {weights.ShapeHash}");
        terminal.Output.WriteLine($"weights hash {hash}");
        return ExitCode.Success;
    }

    /// <summary>Looks at every number of a packed file, and returns the exit code.</summary>
    /// <param name="path">The packed file.</param>
    /// <exception cref="UnusableInputException">A file cannot be used.</exception>
    public int Verify(string path)
    {
        if (Shapes() is not { } shapes)
        {
            return ExitCode.Failure;
        }

        using MappedSafetensors file = Guarded(() => MappedSafetensors.Open(path));
        if (file.Metadata.TryGetValue(PackedFormat.ShapeKey, out string? shape) && shape != shapes.ShapeHash())
        {
            terminal.Error.WriteLine($"{path} is packed for the shapes {shape}, but {modelPath} has {shapes.ShapeHash()}.");
            return ExitCode.Failure;
        }

        if (Misfit(path, shapes) is { } misfit)
        {
            terminal.Error.WriteLine(misfit);
            return ExitCode.Failure;
        }

        string found = Hash(file), named = file.Metadata[PackedFormat.WeightsKey];
        if (found != named)
        {
            terminal.Error.WriteLine($"{path} names the weights hash {named}, but its bytes have {found}: it was damaged or changed; pack the checkpoint again.");
            return ExitCode.Failure;
        }

        terminal.Output.WriteLine($"{path}: {CountText.Of(file.Tensors.Count, "table")}, every byte is as it was packed");
        return ExitCode.Success;
    }

    /// <summary>What <c>Load</c> would say of a packed file; null: it would take it.</summary>
    private string? Misfit(string path, ModelDeclaration shapes)
    {
        Precision precision = shapes.Options.Precision ?? Precision.Single;
        StageResult<SequenceModel> model = CompilerStages.Resolve(shapes, default);
        StageResult<PlanSet>? planned = model.Value is null ? null : CompilerStages.Plan(model.Value, precision, default);
        if (planned?.Value is not { } plans)
        {
            // No code can be made of the model file, which then has no tables that could be checked.
            Fault fault = model.Faults.Concat(planned?.Faults ?? []).First(fault => fault.Kind.Severity == FaultSeverity.Error);
            return $"{modelPath}: {fault.Kind.Id}: {fault.Message}";
        }

        EvaluationPlan plan = plans.Plans[0];
        WeightTable[] tables = [.. plan.PackedOrder().Select(i => (i, Table: plan.Tables[i])).Select(of => new WeightTable(of.i, of.Table.Name, of.Table.StoredType(plan.Element), of.Table.Rows, of.Table.Columns))];
        try
        {
            ExternalWeights.Open(path, copy: false, new WeightLayout(shapes.ShapeHash(), tables)).Dispose();
            return null;
        }
        catch (InvalidDataException fault)
        {
            return Analysis.VisibleText.Of(fault.Message);
        }
    }

    /// <summary>What is told of a packing: whose tensors these are, where they are another architecture's.</summary>
    private static Fault[] Told(EquatableArray<Fault> faults, Func<DeclaredTensor[]> tensors, ModelDeclaration shapes) =>
        faults.Any(fault => fault.Kind == FaultKinds.MissingTensor) && PrefixAdvice.Of(tensors(), shapes.Architecture, shapes.Hyper) is { } other ? [other] : [.. faults];

    private static string Hash(MappedSafetensors file)
    {
        using MappedLease lease = file.Acquire();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long begin = 0; begin < lease.Length; begin += Block)
        {
            hash.AppendData(lease.Slice(begin, (int)Math.Min(Block, lease.Length - begin)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private ModelDeclaration? Shapes()
    {
        if (ModelSource.Declaration(terminal, modelPath) is not { } declaration)
        {
            return null;
        }

        return declaration.IsExternal
            ? declaration
            : throw new UnusableInputException($"{modelPath} has its weights in it: operatorgen import --external makes a model file of shapes, for which weights are packed.");
    }

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is SafetensorsException or InvalidDataException)
        {
            throw new UnusableInputException(Analysis.VisibleText.Of(failure.Message), failure);
        }
    }
}
