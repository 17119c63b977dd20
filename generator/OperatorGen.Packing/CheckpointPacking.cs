using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OperatorGen.Compiler.Packing;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Packing;

/// <summary>Packs a checkpoint with upstream's names for a model file of shapes.</summary>
internal static class CheckpointPacking
{
    /// <summary>The name under <c>source</c> of a model file of shapes that keeps what comes before upstream's names in the checkpoint.</summary>
    public const string PrefixEntry = "prefix";

    /// <summary>What comes before upstream's names in the checkpoint, as a model file of shapes says.</summary>
    /// <param name="shapes">The model file.</param>
    public static string PrefixOf(ModelDeclaration shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        return shapes.Source.FirstOrDefault(entry => entry.Name == PrefixEntry)?.Value ?? "";
    }

    /// <summary>Packs.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="shapes">The model file of shapes.</param>
    /// <param name="prefix">What comes before upstream's names in the checkpoint; null: as the model file says.</param>
    /// <param name="precision">The precision of the code; null: as the model file says, else single.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The tables, or what prevents them.</returns>
    public static StageResult<PackedWeights> Pack(CheckpointSource checkpoint, ModelDeclaration shapes, string? prefix = null, Precision? precision = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(shapes);
        prefix ??= PrefixOf(shapes);

        ModelDeclaration declared = Declared(checkpoint, shapes, prefix);
        Dictionary<string, DeclaredTensor> found = Named(declared);
        if (OtherPrefix(checkpoint, shapes, found) is { } other)
        {
            return new StageResult<PackedWeights>(null, EquatableArray.Of(FileFaults.WrongPrefix(prefix, other.Length == 0 ? "no prefix" : $"'{other}', with which all tensors of the model are there,")));
        }

        List<Fault> faults = [];
        foreach (DeclaredTensor tensor in shapes.Tensors)
        {
            if (!found.TryGetValue(tensor.Name, out DeclaredTensor? given))
            {
                if (checkpoint.Tensors.FirstOrDefault(other => other.Name == prefix + tensor.Name) is { } integers)
                {
                    throw CheckpointSource.NoWeights(integers);
                }

                faults.Add(ModelFaults.MissingTensor(prefix + tensor.Name, Tensor.ShapeText(tensor.Value.Shape), shapes.Architecture, null));
            }
            else if (!given.Value.Shape.Equals(tensor.Value.Shape))
            {
                faults.Add(ModelFaults.MisshapenTensor(prefix + tensor.Name, Tensor.ShapeText(given.Value.Shape), Tensor.ShapeText(tensor.Value.Shape), null));
            }
        }

        if (faults.Count > 0)
        {
            return new StageResult<PackedWeights>(null, faults.ToEquatableArray());
        }

        // Older names may stand for other numbers, a sign that was turned: what is renamed has its numbers already.
        HashSet<string> wanted = [.. shapes.Tensors.Select(tensor => found[tensor.Name].Value.Name!)];
        ModelDeclaration numbered = ArchitectureCatalog.Current(declared with { Tensors = declared.Tensors.Select(tensor => wanted.Contains(tensor.Value.Name!) ? Read(tensor) : tensor).ToEquatableArray() });
        var numbers = numbered.Tensors.GroupBy(tensor => tensor.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
        return WeightPacker.Pack(shapes, WeightPacker.WithNumbers(shapes, numbers), precision ?? shapes.Options.Precision ?? Precision.Single, cancellation);

        DeclaredTensor Read(DeclaredTensor tensor)
        {
            cancellation.ThrowIfCancellationRequested();
            return tensor with { Value = new Tensor(tensor.Value.Shape, checkpoint.Numbers(tensor.Value.Name!)).Named(tensor.Value.Name) };
        }
    }

    /// <summary>The tensors behind a prefix, without numbers. What no weights are is left out, a count of batches among what the model does not take.</summary>
    private static ModelDeclaration Declared(CheckpointSource checkpoint, ModelDeclaration shapes, string prefix) => new(shapes.Architecture, shapes.Hyper, checkpoint.Weights(prefix).ToEquatableArray());

    /// <summary>The tensors by the names that the architecture has for them today; each value keeps the name in the file.</summary>
    private static Dictionary<string, DeclaredTensor> Named(ModelDeclaration declared) =>
        ArchitectureCatalog.Current(declared).Tensors
            .GroupBy(tensor => tensor.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>Where no tensor is found behind the prefix, the one behind which all are, beginnings of names up to a dot; else null.</summary>
    private static string? OtherPrefix(CheckpointSource checkpoint, ModelDeclaration shapes, Dictionary<string, DeclaredTensor> found) => shapes.Tensors.Any(tensor => found.ContainsKey(tensor.Name)) ? null : checkpoint.Tensors
        .SelectMany(tensor => Enumerable.Range(0, tensor.Name.Length).Where(i => tensor.Name[i] == '.').Select(i => tensor.Name[..(i + 1)]).Prepend(""))
        .Distinct(StringComparer.Ordinal)
        .FirstOrDefault(prefix => Named(Declared(checkpoint, shapes, prefix)) is var named && shapes.Tensors.All(tensor => named.ContainsKey(tensor.Name)));
}
