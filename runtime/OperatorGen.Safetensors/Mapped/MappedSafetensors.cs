using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace OperatorGen.Safetensors;

/// <summary>
/// A safetensors file of any size outside of the managed memory: mapped, so that the system reads what is used when it is used, or copied. Opening a mapped file
/// reads its header only. All members may be called from several threads at once.
/// </summary>
/// <remarks>
/// A mapped file that is cut or rewritten while it is used ends the process or changes the numbers; no program can prevent it. A copy is safe against that.
/// </remarks>
public sealed class MappedSafetensors : IDisposable
{
    private readonly SafeBuffer _memory;
    private readonly long _origin;
    private readonly IDisposable? _file;
    private readonly Dictionary<string, MappedTensor> _byName;
    private volatile bool _disposed;

    private MappedSafetensors(SafeBuffer memory, long origin, IDisposable? file, long dataLength, long dataStart, HeaderEntry[] entries, Header header)
    {
        _memory = memory;
        _origin = origin;
        _file = file;
        DataLength = dataLength;
        DataStart = dataStart;
        Metadata = header.Metadata;
        Tensors = Array.AsReadOnly(Array.ConvertAll(entries, entry => new MappedTensor(this, entry)));
        _byName = Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<MappedTensor> Tensors { get; }

    /// <summary>The strings under <c>__metadata__</c>; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The byte of the file at which the data begin, after the header.</summary>
    public long DataStart { get; }

    /// <summary>The bytes of all tensors.</summary>
    public long DataLength { get; }

    /// <summary>True where the memory is the file itself, false where it is a copy.</summary>
    public bool IsMapped => _file is not null;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="copy">False to map it, true to read it whole into memory of its own.</param>
    /// <exception cref="SafetensorsException">The file is malformed, or a pipe, which counts as an empty file; the message begins with the path.</exception>
    /// <exception cref="IOException">There is no such file, it is a folder, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static MappedSafetensors Open(string path, bool copy = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            Stream file = WeightFile.OpenRead(path);
            if (!copy && file is FileStream mapped && file.Length >= Preamble.Length)
            {
                return Map(MappedBytes.Of(mapped));
            }

            // What is too short to have a header cannot be mapped either; reading it says so.
            using (file)
            {
                return StreamReading.Read(file);
            }
        }
        catch (SafetensorsException fault)
        {
            throw new SafetensorsException(path, fault);
        }
    }

    /// <summary>Reads a file into memory of its own, from where the stream stands to its end. The data begin at a multiple of 64 bytes of the memory.</summary>
    /// <param name="stream">The file; it need not be able to seek, and stays open.</param>
    /// <exception cref="SafetensorsException">The file is malformed.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static MappedSafetensors Copy(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return StreamReading.Read(stream);
    }

    /// <summary>Copies a file into memory of its own. The data begin at a multiple of 64 bytes of the memory.</summary>
    /// <param name="file">The whole file, which is not used afterwards.</param>
    /// <exception cref="SafetensorsException">The file is malformed.</exception>
    public static MappedSafetensors Copy(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        int headerLength = Preamble.HeaderLength(bytes, bytes.Length);
        int dataStart = Preamble.Length + headerLength;
        Header header = HeaderReader.Read(bytes.Slice(Preamble.Length, headerLength));
        HeaderEntry[] entries = DataLayout.Check(header.Tensors, dataStart, bytes.Length - dataStart);
        AlignedBuffer memory = new(bytes.Length - dataStart);
        bytes[dataStart..].CopyTo(memory.Slice(0, bytes.Length - dataStart));
        return Copied(memory, bytes.Length - dataStart, dataStart, entries, header);
    }

    /// <summary>The tensor of that name, or null.</summary>
    public MappedTensor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// True where the data begin at a multiple of <paramref name="alignment"/> bytes of the file. The format asks for none, so a file that was packed for vectors
    /// is told apart by <c>IsAligned(64)</c>. The memory of a mapped file is aligned as the file is, up to 4,096 bytes; that of a copy is aligned to 64 bytes always.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The alignment is below 1.</exception>
    public bool IsAligned(int alignment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(alignment, 1);
        return DataStart % alignment == 0;
    }

    /// <summary>Takes the memory into use. Until the lease is disposed it stays, also where the file is disposed meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The file has been disposed.</exception>
    public MappedLease Acquire()
    {
        // The handle itself can be counted up as long as another lease holds it.
        if (!_disposed)
        {
            try
            {
                return new MappedLease(_memory, _origin, DataLength);
            }
            catch (ObjectDisposedException)
            {
                // Disposed since the line above.
            }
        }

        throw new ObjectDisposedException(nameof(MappedSafetensors), "The safetensors file has been disposed: open it again.");
    }

    /// <summary>Gives the memory back as soon as the last lease is disposed. Later calls of <see cref="Acquire"/> throw.</summary>
    public void Dispose()
    {
        _disposed = true;
        _memory.Dispose();
        _file?.Dispose();
    }

    internal static MappedSafetensors Copied(AlignedBuffer memory, long dataLength, long dataStart, HeaderEntry[] entries, Header header)
        => new(memory, 0, null, dataLength, dataStart, entries, header);

    private static MappedSafetensors Map(MappedBytes bytes)
    {
        try
        {
            using MappedLease all = new(bytes.View, 0, bytes.Length);
            int headerLength = Preamble.HeaderLength(all.Slice(0, (int)Math.Min(bytes.Length, Preamble.Telling)), bytes.Length);
            int dataStart = Preamble.Length + headerLength;
            Header header = HeaderReader.Read(all.Slice(Preamble.Length, headerLength));
            HeaderEntry[] entries = DataLayout.Check(header.Tensors, dataStart, bytes.Length - dataStart);
            return new MappedSafetensors(bytes.View, dataStart, bytes.File, bytes.Length - dataStart, dataStart, entries, header);
        }
        catch
        {
            bytes.View.Dispose();
            bytes.File.Dispose();
            throw;
        }
    }
}
