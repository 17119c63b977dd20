using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Packing;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;

namespace OperatorGen.Packing;

/// <summary>
/// Upstream's own checkpoints for generated types whose weights are external: a safetensors file, the index of one in several files
/// (<c>model.safetensors.index.json</c>), or a folder with one of both, as Hugging Face has it. They are packed when the program runs, as <c>operatorgen pack</c> does it.
/// </summary>
/// <remarks>
/// Packing reads every number and computes the tables of the code, so it takes time, and memory for the checkpoint in double precision beside that of the packed weights. A program
/// that starts often keeps what <see cref="Pack"/> writes, and loads it with the type's own <c>Load</c>, which maps the file.
/// </remarks>
public static class CheckpointFile
{
    private const int MostFaults = 8;

    /// <summary>Packs a checkpoint in memory and loads it. The model computes what one that was loaded from a packed file does, to the bit, and has the same <c>ModelHash</c>.</summary>
    /// <typeparam name="TModel">The generated type.</typeparam>
    /// <param name="path">The file, the index or the folder.</param>
    /// <param name="prefix">What comes before upstream's names in the checkpoint; null: as the model file says.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">The checkpoint is malformed, or is not one of this model: the message says for each tensor what was found and what is expected.</exception>
    /// <exception cref="IOException">There is no such file, or a folder has no checkpoint.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static TModel Load<TModel>(string path, string? prefix = null, CancellationToken cancellationToken = default)
        where TModel : IExternalModel<TModel> => Packed<TModel, TModel>(
            path,
            prefix,
            static weights =>
            {
                using var stream = new PartsStream(PackedFile.Parts(weights).Parts);
                return TModel.Load(stream);
            },
            cancellationToken);

    /// <summary>Packs a checkpoint into a stream: the bytes are those of the file that <c>operatorgen pack</c> writes.</summary>
    /// <typeparam name="TModel">The generated type.</typeparam>
    /// <param name="path">The file, the index or the folder.</param>
    /// <param name="output">Where the packed file goes; it stays open, and need not be able to seek.</param>
    /// <param name="prefix">What comes before upstream's names in the checkpoint; null: as the model file says.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The weights hash: what <c>ModelHash</c> of the loaded model is.</returns>
    /// <exception cref="InvalidDataException">The checkpoint is malformed, or is not one of this model; nothing has been written then.</exception>
    /// <exception cref="IOException">There is no such file, a folder has no checkpoint, or the stream cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static string Pack<TModel>(string path, Stream output, string? prefix = null, CancellationToken cancellationToken = default)
        where TModel : IExternalModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(output);
        return Packed<TModel, string>(path, prefix, weights => PackedFile.Write(weights, output), cancellationToken);
    }

    private static T Packed<TModel, T>(string path, string? prefix, Func<PackedWeights, T> use, CancellationToken cancellationToken)
        where TModel : IExternalModel<TModel>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        StageResult<ModelDeclaration> shapes = ModelFileReader.Read(TModel.ModelFile, cancellationToken);
        if (shapes.Value is not { } declaration || !declaration.IsExternal)
        {
            throw new InvalidDataException($"The model file of {typeof(TModel)} is not read by this version of OperatorGen.Packing: use packages of the same version. {Text(shapes.Faults)}");
        }

        try
        {
            using CheckpointSource checkpoint = CheckpointSource.Open(path);
            StageResult<PackedWeights> packed = CheckpointPacking.Pack(checkpoint, declaration, prefix, null, cancellationToken);
            return packed.Value is { } weights ? use(weights) : throw new InvalidDataException(Text(packed.Faults));
        }
        catch (Exception fault) when (fault is InvalidDataException or SafetensorsException)
        {
            throw new InvalidDataException(VisibleText.Of($"{path} cannot be packed for {typeof(TModel)}: {fault.Message}"), fault);
        }
    }

    private static string Text(IEnumerable<Fault> faults)
    {
        Fault[] errors = [.. faults.Where(fault => fault.Kind.Severity == FaultSeverity.Error)];
        IEnumerable<string> lines = errors.Take(MostFaults).Select(fault => $"{fault.Kind.Id}: {fault.Message}");
        return string.Join(" ", errors.Length > MostFaults ? lines.Append($"There are {NumberText.Format((long)(errors.Length - MostFaults))} more.") : lines);
    }
}
