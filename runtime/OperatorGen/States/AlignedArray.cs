using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OperatorGen;

/// <summary>Numbers that begin on a cache line and stay where they are, so that no vector of 512 bits lies across two lines.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct AlignedArray<T>
    where T : unmanaged
{
    private const int LineBytes = 64;

    private readonly T[] _numbers;
    private readonly int _start;

    /// <summary>Makes zeros.</summary>
    /// <param name="length">How many.</param>
    public AlignedArray(int length)
    {
        int line = LineBytes / Unsafe.SizeOf<T>();
        Length = length;
        _numbers = length == 0 ? [] : GC.AllocateArray<T>(length + line - 1, pinned: true);
        _start = length == 0 ? 0 : (int)((-Marshal.UnsafeAddrOfPinnedArrayElement(_numbers, 0) & (LineBytes - 1)) / Unsafe.SizeOf<T>());
    }

    /// <summary>How many there are.</summary>
    public int Length { get; }

    /// <summary>The numbers.</summary>
    public Span<T> Span => new(_numbers, _start, Length);
}
