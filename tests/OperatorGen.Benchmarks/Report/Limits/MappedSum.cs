using System;
using System.Numerics;
using System.Runtime.InteropServices;
using OperatorGen.Safetensors;

namespace OperatorGen.Benchmarks.Report.Limits;

/// <summary>The sum of a mapped file's numbers, as integers: as fast as the memory gives them.</summary>
internal static class MappedSum
{
    /// <summary>The sum of a part of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="part">Which part.</param>
    /// <param name="parts">How many parts the file is cut into.</param>
    public static float Of(MappedSafetensors file, int part = 0, int parts = 1)
    {
        using MappedLease lease = file.Acquire();
        Vector<int> a = default, b = default, c = default, d = default;
        long end = lease.Length * (part + 1) / parts;
        for (long begin = lease.Length * part / parts; begin < end; begin += 1 << 24)
        {
            ReadOnlySpan<Vector<int>> numbers = MemoryMarshal.Cast<byte, Vector<int>>(lease.Slice(begin, (int)Math.Min(1 << 24, end - begin)));
            for (int i = 0; i + 4 <= numbers.Length; i += 4)
            {
                a += numbers[i];
                b += numbers[i + 1];
                c += numbers[i + 2];
                d += numbers[i + 3];
            }
        }

        return Vector.Sum(a + b + c + d);
    }
}
