using System;
using System.Runtime.InteropServices;

namespace OperatorGen.Safetensors;

/// <summary>Native memory that begins at a multiple of 64 bytes, a cache line and the widest vector.</summary>
internal sealed unsafe class AlignedBuffer : SafeBuffer
{
    internal const int Alignment = 64;

    /// <summary>Memory of that many bytes, whose content is not set.</summary>
    /// <exception cref="OutOfMemoryException">There is not so much.</exception>
    internal AlignedBuffer(long length)
        : base(ownsHandle: true)
        => Resize(length);

    /// <summary>The bytes that fit.</summary>
    internal long Capacity { get; private set; }

    /// <summary>More or less room; what was written stays as far as it fits. Nobody else may use the memory meanwhile.</summary>
    internal void Resize(long length)
    {
        if (length > nint.MaxValue)
        {
            throw new InsufficientMemoryException("A process of 32 bits cannot hold " + Messages.Digits(length) + " bytes: run one of 64 bits.");
        }

        // The room of no bytes has an address, too.
        SetHandle((nint)NativeMemory.AlignedRealloc((void*)handle, (nuint)Math.Max(length, 1), Alignment));
        Initialize((ulong)length);
        Capacity = length;
    }

    internal Span<byte> Slice(long start, int length)
        => start >= 0 && length >= 0 && start <= Capacity - length ? new((byte*)handle + start, length) : throw new ArgumentOutOfRangeException(nameof(start));

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
