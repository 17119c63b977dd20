using System;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace OperatorGen.Streams;

/// <summary>
/// Grain storage in files, for one machine without a server: one file per grain, in folders by the hash of its name. A file is written beside its place, flushed to the disk and renamed, so that a
/// reader finds the old state or the new one, whole; a checksum tells damage. Files hold
/// <code>"OPGF" | int32 form, 1 | 16 bytes tag | int32 length, and the serialized state | SHA-256 of all before</code>
/// </summary>
/// <remarks>
/// One process at a time may use a folder. A write whose tag is not that of the file is refused. A killed process loses nothing; after a power failure the file system decides whether the last
/// renames have reached the disk. States need a constructor without parameters.
/// </remarks>
public sealed class FileGrainStorage : IGrainStorage
{
    private const int Form = 1, TagLength = 16, Header = 4 + 4 + TagLength + 4, Checksum = 32;

    // Two silos of one process, or two activations of one grain for a moment, may write the same file: comparing the tag and writing are one step. The same file always has the same lock.
    private static readonly Lock[] s_locks = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    // Folders of this process, each with an open file that keeps other processes out.
    private static readonly ConcurrentDictionary<string, FileStream> s_owned = new();

    private readonly string _folder;
    private readonly IGrainStorageSerializer _serializer;

    /// <summary>A storage in a folder, which is made where it does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="serializer">How states become bytes.</param>
    /// <exception cref="IOException">The folder cannot be made, or another process uses it.</exception>
    public FileGrainStorage(string folder, IGrainStorageSerializer serializer)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(serializer);
        _folder = Directory.CreateDirectory(folder).FullName;
        s_owned.GetOrAdd(_folder, Own);
        _serializer = serializer;
    }

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        if (Read(PathOf(stateName, grainId)) is var (tag, payload))
        {
            grainState.State = _serializer.Deserialize<T>(new BinaryData(payload));
            (grainState.ETag, grainState.RecordExists) = (tag, true);
        }
        else
        {
            grainState.State = Activator.CreateInstance<T>();
            (grainState.ETag, grainState.RecordExists) = (null, false);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        string path = PathOf(stateName, grainId);
        byte[] payload = _serializer.Serialize(grainState.State).ToArray();
        var tag = Guid.NewGuid();
        lock (LockOf(path))
        {
            RequireTag(path, grainId, grainState.ETag);
            Write(path, tag, payload);
        }

        (grainState.ETag, grainState.RecordExists) = (tag.ToString("N"), true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        string path = PathOf(stateName, grainId);
        lock (LockOf(path))
        {
            RequireTag(path, grainId, grainState.ETag);
            File.Delete(path);
        }

        grainState.State = Activator.CreateInstance<T>();
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    private static FileStream Own(string folder)
    {
        string path = Path.Combine(folder, "owner.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new IOException($"The folder {folder} is in use by another process, which has {path} open: one process at a time may store states in it.", fault);
        }
    }

    // Two levels of folders with 256 names each: a million files are 16 in a folder.
    private string PathOf(string stateName, GrainId grainId)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{stateName}\n{grainId}")));
        return Path.Combine(_folder, hash[..2], hash[2..4], hash + ".state");
    }

    private static Lock LockOf(string path) => s_locks[Convert.FromHexString(Path.GetFileName(path).AsSpan(0, 2))[0] % s_locks.Length];

    private static void RequireTag(string path, GrainId grainId, string? expected)
    {
        string? found = Read(path)?.Tag;
        if (found != expected)
        {
            throw new InconsistentStateException($"The stored state of {grainId} has been written by somebody else since it was read.", found ?? "none", expected ?? "none");
        }
    }

    private static (string Tag, byte[] Payload)? Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        bool whole = bytes.Length >= Header + Checksum && bytes.AsSpan().StartsWith("OPGF"u8);
        if (whole && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)) is var form and not Form)
        {
            throw new InvalidDataException($"The file {path} has format version {form.ToString(CultureInfo.InvariantCulture)}; this version of OperatorGen.Orleans reads {Form}.");
        }

        whole = whole && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(Header - 4)) == bytes.Length - Header - Checksum;
        if (!whole || !SHA256.HashData(bytes.AsSpan(..^Checksum)).AsSpan().SequenceEqual(bytes.AsSpan(^Checksum..)))
        {
            throw new InvalidDataException($"The file {path} is damaged: its {bytes.Length} bytes have not the checksum that they end with. Restore it from a backup, or delete it, which begins its stream anew.");
        }

        return (new Guid(bytes.AsSpan(8, TagLength)).ToString("N"), bytes[Header..^Checksum]);
    }

    private static void Write(string path, Guid tag, byte[] payload)
    {
        var bytes = new byte[Header + payload.Length + Checksum];
        "OPGF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Form);
        tag.TryWriteBytes(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Header - 4), payload.Length);
        payload.CopyTo(bytes, Header);
        SHA256.HashData(bytes.AsSpan(..^Checksum), bytes.AsSpan(^Checksum));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Under the lock the name is free; what a killed process left there is written over.
        string beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
