using System;
using System.Collections.Concurrent;

namespace OperatorGen;

/// <summary>Room for intermediate results that starts on cache lines, so that no vector of 512 bits lies across two of them. Kept for the next call.</summary>
internal sealed class AlignedScratch
{
    private const int Line = 8;
    private const int Kept = 8;

    private static readonly ConcurrentBag<AlignedScratch> s_free = [];

    private AlignedArray<double> _memory;
    private int _next;

    public static AlignedScratch Rent() => s_free.TryTake(out AlignedScratch? free) ? free : new AlignedScratch();

    /// <summary>Room for so many numbers, whatever they are; it stays valid until <see cref="Return"/>.</summary>
    public Span<double> Take(int count)
    {
        int size = (count + Line - 1) / Line * Line;
        if (_next + size > _memory.Length)
        {
            // Room that was taken before stays alive through its span; the next call finds all of it in one piece.
            _memory = new AlignedArray<double>(Math.Max(_next + size, 2 * _memory.Length));
            _next = 0;
        }

        Span<double> taken = _memory.Span.Slice(_next, count);
        _next += size;
        return taken;
    }

    /// <summary>Gives the room back.</summary>
    public void Return()
    {
        _next = 0;
        if (s_free.Count < Kept)
        {
            s_free.Add(this);
        }
    }
}
