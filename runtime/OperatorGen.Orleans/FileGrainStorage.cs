using System;
using System.Buffers.Binary;
using System.Collections.Generic;
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
/// Grain storage in files, for one machine without a server: one file per grain, in folders by the hash of its name. A state is written into a spare file, flushed to the disk, and the two files change their names, so that a
/// reader finds the old state or the new one, whole; then the folder is flushed, so that the name outlives a power failure as well. A checksum shows damage. Files hold
/// <code>"OPGF" | int32 form, 1 | 16 bytes tag | int32 length, and the serialized state | SHA-256 of all before</code>
/// </summary>
/// <remarks>
/// One process at a time may use a folder. A write whose tag is not that of the file is refused. Neither a killed process nor a power failure loses what was written, as far as the disk keeps what it
/// has confirmed; on Windows and macOS the last writes before a power failure may be lost. States need a constructor without parameters. Threads of its own wait for the disk.
/// </remarks>
public sealed class FileGrainStorage : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int Form = 1, TagLength = 16, Header = 4 + 4 + TagLength + 4, Checksum = 32;

    // Two silos of one process, or two activations of one grain for a moment, may write the same file: comparing the tag and writing are one step. The same file always has the same lock.
    private static readonly Lock[] s_locks = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    // Folders of this process, each with an open file that keeps other processes out, and with how many storages use it.
    private static readonly Dictionary<string, (FileStream Lock, int Users)> s_owned = [];

    private readonly string _folder;
    private readonly IGrainStorageSerializer _serializer;
    private readonly Action<string> _flush; // brings the names in a folder to the disk
    private readonly bool[] _isPrepared = new bool[1 << 16]; // the folders, by their numbers; those of one lock are asked for under it
    private bool _isDisposed;

    /// <summary>A storage in a folder, which is made where it does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="serializer">How states become bytes.</param>
    /// <exception cref="IOException">The folder cannot be made, or another process uses it.</exception>
    public FileGrainStorage(string folder, IGrainStorageSerializer serializer)
        : this(folder, serializer, SystemFiles.FlushFolder)
    {
    }

    internal FileGrainStorage(string folder, IGrainStorageSerializer serializer, Action<string> flush)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(serializer);
        bool isNew = !Directory.Exists(folder);
        _folder = Directory.CreateDirectory(folder).FullName;
        _serializer = serializer;
        _flush = flush;
        if (isNew)
        {
            flush(Path.GetDirectoryName(_folder)!);
        }

        lock (s_owned)
        {
            s_owned[_folder] = s_owned.TryGetValue(_folder, out (FileStream Lock, int Users) owned) ? (owned.Lock, owned.Users + 1) : (Own(_folder), 1);
        }
    }

    /// <summary>Nothing is to be done when the silo starts, but that it opens the folder then, and not with its first stream.</summary>
    /// <param name="lifecycle">The silo's life.</param>
    public void Participate(ISiloLifecycle lifecycle)
    {
    }

    /// <summary>Lets other processes use the folder, unless another storage of this one still does.</summary>
    public void Dispose()
    {
        lock (s_owned)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            (FileStream file, int users) = s_owned[_folder];
            if (users > 1)
            {
                s_owned[_folder] = (file, users - 1);
                return;
            }

            s_owned.Remove(_folder);
            file.Dispose();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged, or of another format version.</exception>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        Place place = PlaceOf(stateName, grainId);
        if (await BlockingWork.Run(() => ReadDurable(place)) is var (tag, payload))
        {
            grainState.State = _serializer.Deserialize<T>(new BinaryData(payload));
            (grainState.ETag, grainState.RecordExists) = (tag, true);
        }
        else
        {
            grainState.State = Activator.CreateInstance<T>();
            (grainState.ETag, grainState.RecordExists) = (null, false);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">The file has another tag: somebody else has written it.</exception>
    /// <exception cref="InvalidDataException">The file has no tag: it is damaged.</exception>
    /// <exception cref="IOException">The file cannot be written; the one that was there stays.</exception>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        Place place = PlaceOf(stateName, grainId);
        string? expected = grainState.ETag;
        BinaryData payload = _serializer.Serialize(grainState.State);
        var tag = Guid.NewGuid();
        await BlockingWork.Run(() =>
        {
            lock (place.Lock)
            {
                RequireTag(place.File, grainId, expected);
                Write(place, tag, payload.ToMemory().Span);
                return true;
            }
        });
        (grainState.ETag, grainState.RecordExists) = (tag.ToString("N"), true);
    }

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">The file has another tag: somebody else has written it.</exception>
    /// <exception cref="InvalidDataException">The file has no tag: it is damaged.</exception>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        Place place = PlaceOf(stateName, grainId);
        string? expected = grainState.ETag;
        await BlockingWork.Run(() =>
        {
            lock (place.Lock)
            {
                RequireTag(place.File, grainId, expected);
                if (expected is not null)
                {
                    File.Delete(place.File);
                    File.Delete(place.Spare);
                    _flush(place.Folder);
                }

                return true;
            }
        });
        grainState.State = Activator.CreateInstance<T>();
        (grainState.ETag, grainState.RecordExists) = (null, false);
    }

    private static void DeleteIfPossible(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is written over next time.
        }
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
            throw new IOException($"The folder {folder} cannot be used: {fault.Message} One process at a time may store states in a folder.", fault);
        }
    }

    // Two levels of folders with 256 names each: a million files are 16 in a folder.
    private Place PlaceOf(string stateName, GrainId grainId)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{stateName}\n{grainId}"));
        string name = Convert.ToHexStringLower(hash);
        return new(Path.Combine(_folder, name[..2], name[2..4]), name + ".state", BinaryPrimitives.ReadUInt16BigEndian(hash));
    }

    private static void RequireTag(string path, GrainId grainId, string? expected)
    {
        string? found = ReadTag(path);
        if (found != expected)
        {
            throw new InconsistentStateException($"The stored state of {grainId} has been written by somebody else since it was read.", found ?? "none", expected ?? "none");
        }
    }

    // The tag of a file whose length is that which it says. Its numbers are not checked: whoever has the tag has read or written them.
    private static string? ReadTag(string path)
    {
        if (Open(path) is not { } opened)
        {
            return null;
        }

        using FileStream file = opened;
        Span<byte> header = stackalloc byte[Header];
        int read = file.ReadAtLeast(header, Header, throwOnEndOfStream: false);
        return Tag(path, header[..read], file.Length);
    }

    // A process that was killed between renaming and flushing has left a name that the disk may not have: what is read from here on counts as stored.
    private (string Tag, byte[] Payload)? ReadDurable(Place place)
    {
        // Under the lock, because the file that has the name now is the spare one after the next write, and is written over.
        lock (place.Lock)
        {
            (string Tag, byte[] Payload)? read = Read(place.File);
            if (read is not null)
            {
                Prepare(place);
                _flush(place.Folder);
            }

            return read;
        }
    }

    // The folders of a file are there and on the disk; asked once per process, since one that was killed may have made and not flushed them.
    private void Prepare(Place place)
    {
        if (!_isPrepared[place.Number])
        {
            Directory.CreateDirectory(place.Folder);
            _flush(Path.GetDirectoryName(place.Folder)!);
            _flush(_folder);
            _isPrepared[place.Number] = true;
        }
    }

    private static (string Tag, byte[] Payload)? Read(string path)
    {
        if (Open(path) is not { } opened)
        {
            return null;
        }

        using FileStream file = opened;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        string tag = Tag(path, bytes.AsSpan(0, Math.Min(Header, bytes.Length)), bytes.Length);
        return SHA256.HashData(bytes.AsSpan(..^Checksum)).AsSpan().SequenceEqual(bytes.AsSpan(^Checksum..)) ? (tag, bytes[Header..^Checksum]) : throw Damaged(path, bytes.Length);
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string Tag(string path, ReadOnlySpan<byte> header, long length)
    {
        if (header.Length < Header || !header.StartsWith("OPGF"u8))
        {
            throw Damaged(path, length);
        }

        int form = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (form != Form)
        {
            throw new InvalidDataException($"The file {Path.GetFileName(path)} has format version {form.ToString(CultureInfo.InvariantCulture)}; this version of OperatorGen.Orleans reads {Form}.");
        }

        return BinaryPrimitives.ReadInt32LittleEndian(header[(Header - 4)..]) == length - Header - Checksum ? new Guid(header.Slice(8, TagLength)).ToString("N") : throw Damaged(path, length);
    }

    private static InvalidDataException Damaged(string path, long length) =>
        new($"The file {Path.GetFileName(path)} is damaged: its {length.ToString(CultureInfo.InvariantCulture)} bytes have not the length or the checksum that they say. Restore it from a backup, or delete it, which begins its stream anew.");

    private void Write(Place place, Guid tag, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[Header + payload.Length + Checksum];
        "OPGF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Form);
        tag.TryWriteBytes(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Header - 4), payload.Length);
        payload.CopyTo(bytes.AsSpan(Header));
        SHA256.HashData(bytes.AsSpan(..^Checksum), bytes.AsSpan(^Checksum));
        Prepare(place);

        // Under the lock nobody else uses the spare file: it has an older state, or what a killed process left, and is written over.
        try
        {
            using var file = new FileStream(place.Spare, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 0);
            file.Write(bytes);
            if (file.Length != bytes.Length)
            {
                file.SetLength(bytes.Length);
            }

            file.Flush(flushToDisk: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody has removed the folder: the next write makes it again.
            _isPrepared[place.Number] = false;
            throw;
        }
        catch
        {
            // A part of a file takes room on a disk that has none.
            DeleteIfPossible(place.Spare);
            throw;
        }

        SystemFiles.Replace(place.Spare, place.File);
        _flush(place.Folder);
    }

    /// <summary>Where the state of a grain is.</summary>
    /// <param name="Folder">The folder.</param>
    /// <param name="Name">The file's name in it.</param>
    /// <param name="Number">The first bytes of the name's hash: the number of the folder, by which files share locks too.</param>
    private readonly record struct Place(string Folder, string Name, ushort Number)
    {
        public string File => Path.Combine(Folder, Name);

        public string Spare => File + ".spare";

        public Lock Lock => s_locks[(Number >> 8) % s_locks.Length];
    }
}
