using System;
using System.Collections.Generic;
using System.IO;

namespace OperatorGen.Safetensors;

/// <summary>
/// A checkpoint in several files, by its index <c>model.safetensors.index.json</c>: all tensors of all shards under one lookup. All members may be called from
/// several threads at once.
/// </summary>
public sealed class ShardedSafetensors : IDisposable
{
    private readonly Dictionary<string, MappedTensor> _byName;

    private ShardedSafetensors(List<MappedSafetensors> shards, List<MappedTensor> tensors, Dictionary<string, MappedTensor> byName, IReadOnlyDictionary<string, string> metadata)
    {
        Shards = shards.AsReadOnly();
        Tensors = tensors.AsReadOnly();
        Metadata = metadata;
        _byName = byName;
    }

    /// <summary>The files, in the order in which the index names them first.</summary>
    public IReadOnlyList<MappedSafetensors> Shards { get; }

    /// <summary>The tensors, shard by shard, in the order of their bytes.</summary>
    public IReadOnlyList<MappedTensor> Tensors { get; }

    /// <summary>What the index says under <c>metadata</c>: strings as they are, all else as its JSON text, for example <c>total_size</c> in digits.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens all shards of an index.</summary>
    /// <param name="indexPath">The index. The shards are beside it.</param>
    /// <param name="copy">False to map the shards, true to read them whole into memory of their own.</param>
    /// <exception cref="SafetensorsException">
    /// The index or a shard is malformed, a shard's name leaves the folder of the index, a tensor is missing from its shard or is in two; the message begins with the file.
    /// </exception>
    /// <exception cref="IOException">The index or a shard is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static ShardedSafetensors Open(string indexPath, bool copy = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(indexPath);
        ShardIndex index = ShardIndex.Read(indexPath);
        List<MappedSafetensors> shards = [];
        try
        {
            return Join(index, shards, copy);
        }
        catch
        {
            shards.ForEach(shard => shard.Dispose());
            throw;
        }
    }

    /// <summary>The tensor of that name, in whichever shard it is, or null.</summary>
    public MappedTensor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Disposes all shards.</summary>
    public void Dispose()
    {
        foreach (MappedSafetensors shard in Shards)
        {
            shard.Dispose();
        }
    }

    private static ShardedSafetensors Join(ShardIndex index, List<MappedSafetensors> shards, bool copy)
    {
        Dictionary<string, MappedSafetensors> opened = new(StringComparer.Ordinal);
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        Dictionary<string, MappedTensor> byName = new(StringComparer.Ordinal);
        List<MappedTensor> tensors = [];
        foreach ((string name, string shard) in index.WeightMap)
        {
            if (!opened.TryGetValue(shard, out MappedSafetensors? file))
            {
                file = OpenShard(index, shard, copy);
                shards.Add(file);
                opened.Add(shard, file);
                foreach (MappedTensor tensor in file.Tensors)
                {
                    if (!byName.TryAdd(tensor.Name, tensor))
                    {
                        throw ShardIndex.Fault(
                            index.Path,
                            "the tensor '" + Messages.Name(tensor.Name) + "' is in two shards, " + owners[tensor.Name] + " and " + shard + ".",
                            "A tensor is in one file: the shards belong to different checkpoints, or one of them is old.");
                    }

                    owners.Add(tensor.Name, shard);
                    tensors.Add(tensor);
                }
            }

            if (file.Find(name) is null)
            {
                throw ShardIndex.Fault(
                    index.Path,
                    "the tensor '" + Messages.Name(name) + "' is not in its shard " + shard + ".",
                    "Index and shards belong to different checkpoints: copy all of them again.");
            }
        }

        return new ShardedSafetensors(shards, tensors, byName, index.Metadata);
    }

    private static MappedSafetensors OpenShard(ShardIndex index, string shard, bool copy)
    {
        string path = Path.Combine(Path.GetDirectoryName(index.Path) ?? "", shard);
        return File.Exists(path)
            ? MappedSafetensors.Open(path, copy)
            : throw new FileNotFoundException(index.Path + ": the shard " + Messages.Name(shard) + " is not beside the index. Copy all files that the index names into its folder.", path);
    }
}
