using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OperatorGen.Safetensors;

/// <summary>
/// The use of a file's data: from <see cref="MappedSafetensors.Acquire"/> to <see cref="Dispose"/> the memory stays where it is, whoever disposes the file
/// meanwhile. Taking one allocates nothing. A lease is disposed once, by <c>using</c>, and is not copied.
/// </summary>
public unsafe ref struct MappedLease
{
    private readonly byte* _data;
    private SafeBuffer? _memory;

    internal MappedLease(SafeBuffer memory, long origin, long length)
    {
        byte* start = null;
        memory.AcquirePointer(ref start);
        _data = start + origin;
        _memory = memory;
        Length = length;
    }

    /// <summary>The bytes of the data.</summary>
    public readonly long Length { get; }

    /// <summary>The address of the first byte of the data.</summary>
    /// <exception cref="ObjectDisposedException">The lease is over.</exception>
    public readonly nint Address => (nint)Checked();

    /// <summary>The first byte of the data, for those who walk through memory by reference. Nothing checks how far they go.</summary>
    /// <exception cref="ObjectDisposedException">The lease is over.</exception>
    public readonly ref readonly byte First => ref Unsafe.AsRef<byte>(Checked());

    /// <summary>A part of the data. It must not be used after the lease.</summary>
    /// <param name="begin">The first byte, counted from the first of the data.</param>
    /// <param name="length">How many bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches beyond the data.</exception>
    /// <exception cref="ObjectDisposedException">The lease is over.</exception>
    public readonly ReadOnlySpan<byte> Slice(long begin, int length)
    {
        byte* data = Checked();
        return begin >= 0 && length >= 0 && begin <= Length - length
            ? new(data + begin, length)
            : throw new ArgumentOutOfRangeException(nameof(begin), "There are " + Messages.Digits(Length) + " bytes of data.");
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        _memory?.ReleasePointer();
        _memory = null;
    }

    private readonly byte* Checked() => _memory is null ? throw new ObjectDisposedException(nameof(MappedLease)) : _data;
}
