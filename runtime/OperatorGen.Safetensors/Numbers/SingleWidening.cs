using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OperatorGen.Safetensors;

/// <summary>Bits of floats as doubles.</summary>
internal static class SingleWidening
{
    internal static void ToDoubles(ReadOnlySpan<uint> bits, Span<double> values)
    {
        ref uint source = ref MemoryMarshal.GetReference(bits);
        ref double target = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Vector128<float> four = Vector128.LoadUnsafe(ref source, (nuint)i).AsSingle();
            if (!Vector128.EqualsAll(four, four))
            {
                // The hardware changes not-a-numbers that signal.
                Plain(bits.Slice(i, Vector128<float>.Count), values.Slice(i, Vector128<float>.Count));
                continue;
            }

            (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(four);
            lower.StoreUnsafe(ref target, (nuint)i);
            upper.StoreUnsafe(ref target, (nuint)(i + Vector128<double>.Count));
        }

        Plain(bits[i..], values[i..]);
    }

    private static void Plain(ReadOnlySpan<uint> bits, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Widening.FromBits(bits[i], 8, 23);
        }
    }
}
