using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;

namespace OperatorGen.Packing;

/// <summary>
/// A checkpoint of any size: a safetensors file, the index of one in several files (<c>model.safetensors.index.json</c>), or a folder with one of both and a
/// <c>config.json</c>, as Hugging Face has it. Files are mapped: headers are read, numbers when they are asked for.
/// </summary>
internal sealed class CheckpointSource : IDisposable
{
    /// <summary>The file of hyperparameters in a folder.</summary>
    public const string ConfigName = "config.json";

    private const string IndexEnding = ".index.json";
    private static readonly string[] s_names = ["model.safetensors", "model.safetensors" + IndexEnding];

    private readonly IDisposable _file;

    private CheckpointSource(IReadOnlyList<MappedTensor> tensors, IDisposable file, string? config) => (Tensors, _file, ConfigPath) = (tensors, file, config);

    /// <summary>All tensors.</summary>
    public IReadOnlyList<MappedTensor> Tensors { get; }

    /// <summary>The hyperparameters beside it; null: there are none, or it is no folder.</summary>
    public string? ConfigPath { get; }

    /// <summary>Opens a checkpoint.</summary>
    /// <param name="path">The file, the index, or the folder.</param>
    /// <exception cref="SafetensorsException">A file is malformed.</exception>
    /// <exception cref="IOException">There is no such file, or a folder has no checkpoint.</exception>
    public static CheckpointSource Open(string path)
    {
        if (!Directory.Exists(path))
        {
            return Open(path, null);
        }

        string[] found = [.. s_names.Select(name => Path.Combine(path, name)).Where(File.Exists)];
        string config = Path.Combine(path, ConfigName);
        return found.Length == 1
            ? Open(found[0], File.Exists(config) ? config : null)
            : throw new IOException($"The folder {path} has {(found.Length == 0 ? "neither" : "both")} {string.Join(found.Length == 0 ? " nor " : " and ", s_names)}: name the file that is meant.");
    }

    /// <summary>The format of a tensor's elements; null where they are none that weights have.</summary>
    public static WeightFormat? FormatOf(SafetensorsDType dtype) => dtype switch
    {
        SafetensorsDType.F64 => WeightFormat.Double,
        SafetensorsDType.F32 => WeightFormat.Single,
        SafetensorsDType.F16 => WeightFormat.Half,
        SafetensorsDType.BF16 => WeightFormat.BFloat16,
        _ => null,
    };

    /// <summary>What is wrong with a tensor of integers or the like that is taken.</summary>
    /// <param name="tensor">The tensor.</param>
    public static InvalidDataException NoWeights(MappedTensor tensor) => new($"The tensor {tensor} has elements that weights do not have: F64, F32, F16 and BF16 are read.");

    /// <summary>Those of <see cref="Shapes"/> whose elements weights have: the others cannot be taken, and nobody asks for them.</summary>
    /// <param name="prefix">What comes before upstream's names.</param>
    public IEnumerable<DeclaredTensor> Weights(string prefix) => Declared(Tensors.Where(tensor => FormatOf(tensor.DType) is not null), prefix);

    /// <summary>The tensors whose names begin with a prefix, as declared tensors without numbers; the name of each value is that in the checkpoint.</summary>
    /// <param name="prefix">What comes before upstream's names.</param>
    /// <exception cref="InvalidDataException">The elements of one are of a type that weights do not have.</exception>
    public IEnumerable<DeclaredTensor> Shapes(string prefix) => Declared(Tensors, prefix);

    private static IEnumerable<DeclaredTensor> Declared(IEnumerable<MappedTensor> tensors, string prefix) => tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => new DeclaredTensor(
        tensor.Name[prefix.Length..],
        Tensor.OfShape(tensor.Shape.ToEquatableArray()).Named(tensor.Name).WithFormat(FormatOf(tensor.DType) ?? throw NoWeights(tensor)),
        null));

    /// <summary>The numbers of a tensor, each exactly.</summary>
    /// <param name="name">Its name in the checkpoint.</param>
    /// <exception cref="InvalidDataException">There is no such tensor.</exception>
    public double[] Numbers(string name)
    {
        MappedTensor tensor = Tensors.FirstOrDefault(tensor => tensor.Name == name) ?? throw new InvalidDataException($"The checkpoint has no tensor '{name}'.");
        var numbers = new double[checked((int)tensor.Count)];
        tensor.CopyTo(0, numbers);
        return numbers;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static CheckpointSource Open(string path, string? config)
    {
        if (path.EndsWith(IndexEnding, StringComparison.OrdinalIgnoreCase))
        {
            var shards = ShardedSafetensors.Open(path);
            return new CheckpointSource(shards.Tensors, shards, config);
        }

        var file = MappedSafetensors.Open(path);
        return new CheckpointSource(file.Tensors, file, config);
    }
}
