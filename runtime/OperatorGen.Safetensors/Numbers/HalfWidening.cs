using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OperatorGen.Safetensors;

/// <summary>Elements of 16 bits as the bits of floats: F16 and BF16, each exactly.</summary>
internal static class HalfWidening
{
    /// <summary>The bits of 2^112.</summary>
    private const uint TwoTo112 = (112 + 127) << 23;

    internal static void ToSingles(SafetensorsDType dtype, ReadOnlySpan<byte> elements, Span<uint> singles)
    {
        bool brain = dtype == SafetensorsDType.BF16;
        ref ushort source = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, ushort>(elements));
        ref uint target = ref MemoryMarshal.GetReference(singles);
        int i = 0;
        for (; BitConverter.IsLittleEndian && i <= singles.Length - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
        {
            (Vector128<uint> lower, Vector128<uint> upper) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)i));
            (brain ? lower << 16 : Single(lower)).StoreUnsafe(ref target, (nuint)i);
            (brain ? upper << 16 : Single(upper)).StoreUnsafe(ref target, (nuint)(i + Vector128<uint>.Count));
        }

        for (; i < singles.Length; i++)
        {
            uint bits = BinaryPrimitives.ReadUInt16LittleEndian(elements[(2 * i)..]);
            singles[i] = brain ? bits << 16 : Single(Vector128.CreateScalar(bits)).ToScalar();
        }
    }

    /// <summary>
    /// Four patterns of F16. Exponent and fraction, moved to their places in a float, are a float 2^112 times too small, as the biases are 127 and 15; multiplying
    /// by 2^112 is exact, also where the half is subnormal. Where the exponent is all ones, it becomes all ones again.
    /// </summary>
    private static Vector128<uint> Single(Vector128<uint> half)
    {
        Vector128<uint> sign = (half & Vector128.Create(0x8000u)) << 16;
        Vector128<uint> magnitude = (half & Vector128.Create(0x7FFFu)) << 13;
        Vector128<uint> scaled = (magnitude.AsSingle() * Vector128.Create(TwoTo112).AsSingle()).AsUInt32();
        Vector128<uint> top = Vector128.GreaterThan(magnitude, Vector128.Create(0x0F7FFFFFu)) & Vector128.Create(0x7F800000u);
        return sign | scaled | top;
    }
}
