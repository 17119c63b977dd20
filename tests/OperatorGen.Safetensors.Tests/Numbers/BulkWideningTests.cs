using System;
using System.Buffers.Binary;
using System.Linq;
using System.Runtime.InteropServices;
using Xunit;

namespace OperatorGen.Safetensors.Tests.Numbers;

public class BulkWideningTests
{
    [Theory]
    [InlineData(SafetensorsDType.F16, 5, 10)]
    [InlineData(SafetensorsDType.BF16, 8, 7)]
    public void All_65536_patterns_of_16_bits_are_exact_to_the_bit(SafetensorsDType dtype, int exponent, int fraction)
    {
        byte[] data = new byte[2 * 65536];
        for (int i = 0; i < 65536; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(2 * i), (ushort)i);
        }

        double[] doubles = new double[65536];
        float[] singles = new float[65536];
        SafetensorsNumbers.ToDoubles(dtype, data, doubles);
        SafetensorsNumbers.ToSingles(dtype, data, singles);
        for (int i = 0; i < 65536; i++)
        {
            Assert.Equal(Wide((uint)i, exponent, fraction), BitConverter.DoubleToUInt64Bits(doubles[i]));
            Assert.Equal(Wide((uint)i, exponent, fraction), Wide(BitConverter.SingleToUInt32Bits(singles[i]), 8, 23));
        }

        Assert.Equal(Build.Tensor(dtype, data, 65536).ToDoubles().Select(BitConverter.DoubleToUInt64Bits), doubles.Select(BitConverter.DoubleToUInt64Bits));
    }

    [Fact]
    public void Singles_of_every_exponent_and_signalling_ones_are_exact_to_the_bit()
    {
        Random random = new(2);
        uint[] patterns = [.. Enumerable.Range(0, 512 * 40).Select(i => ((uint)(i % 512) << 23) | (i < 512 ? 0 : (uint)random.Next(1 << 23))), 0x7F800001, 0xFF800001, 1, 0x80000001];
        byte[] data = MemoryMarshal.AsBytes<uint>(patterns).ToArray();
        double[] doubles = new double[patterns.Length];
        float[] singles = new float[patterns.Length];
        SafetensorsNumbers.ToDoubles(SafetensorsDType.F32, data, doubles);
        SafetensorsNumbers.ToSingles(SafetensorsDType.F32, data, singles);
        Assert.Equal(patterns.Select(p => Wide(p, 8, 23)), doubles.Select(BitConverter.DoubleToUInt64Bits));
        Assert.Equal(patterns, singles.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Doubles_keep_their_bits_and_are_rounded_to_the_nearest_single()
    {
        Random random = new(3);
        double half = Math.ScaleB(1, -24);
        double[] numbers = [0, -0.0, 1 + half, 1 + (3 * half), Math.ScaleB(1, -150), Math.BitIncrement(Math.ScaleB(1, -150)), float.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
            .. Enumerable.Range(0, 1000).Select(_ => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-160, 128)))];
        byte[] data = MemoryMarshal.AsBytes<double>(numbers).ToArray();
        double[] doubles = new double[numbers.Length];
        float[] singles = new float[numbers.Length];
        SafetensorsNumbers.ToDoubles(SafetensorsDType.F64, data, doubles);
        SafetensorsNumbers.ToSingles(SafetensorsDType.F64, data, singles);
        Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), doubles.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal([1f, 1 + (float)(4 * half), 0f, float.Epsilon, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN], singles[2..10]);
        Assert.Equal(numbers.Select(n => (float)n), singles);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_finite_double_beyond_the_range_of_singles_is_refused_by_its_position(int position)
    {
        double[] numbers = [double.PositiveInfinity, 1, 2, 3, 4, 5];
        numbers[position] = -1e300;
        byte[] data = MemoryMarshal.AsBytes<double>(numbers).ToArray();
        OverflowException exception = Assert.Throws<OverflowException>(() => SafetensorsNumbers.ToSingles(SafetensorsDType.F64, data, new float[6]));
        Assert.Contains("Element " + position + " is beyond", exception.Message, StringComparison.Ordinal);
        using var file = MappedSafetensors.Copy(Build.File("""{"t":{"dtype":"F64","shape":[6],"data_offsets":[0,48]}}""", data));
        MappedTensor tensor = file.Find("t")!;
        SafetensorsException fault = Assert.Throws<SafetensorsException>(() => tensor.CopyTo(0, new float[6]));
        Assert.Equal(tensor.Offset + (8 * position), fault.Offset);
        Assert.Contains("element " + position + " is -1E+300. That is beyond the range of floats", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SafetensorsDType.F64)]
    [InlineData(SafetensorsDType.F32)]
    [InlineData(SafetensorsDType.F16)]
    [InlineData(SafetensorsDType.BF16)]
    public void Every_count_and_every_odd_address_gives_the_same_numbers(SafetensorsDType dtype)
    {
        Random random = new(4);
        for (int count = 0; count < 70; count++)
        {
            int size = dtype.ItemSize();
            byte[] data = new byte[(count * size) + 1];
            random.NextBytes(data);
            if (dtype == SafetensorsDType.F64)
            {
                // Exponents that singles have.
                for (int i = 0; i < count; i++)
                {
                    BitConverter.TryWriteBytes(data.AsSpan(1 + (8 * i)), (double)random.NextSingle());
                }
            }

            double[] expected = Build.Tensor(dtype, data[1..], count).ToDoubles();
            double[] doubles = [.. Enumerable.Repeat(7.0, count + 1)];
            float[] singles = [.. Enumerable.Repeat(7f, count + 1)];
            SafetensorsNumbers.ToDoubles(dtype, data.AsSpan(1), doubles.AsSpan(0, count));
            SafetensorsNumbers.ToSingles(dtype, data.AsSpan(1), singles.AsSpan(0, count));
            Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), doubles.Take(count).Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(expected.Select(e => (float)e), singles.Take(count));
            Assert.Equal((7.0, 7f), (doubles[count], singles[count]));
        }
    }

    [Fact]
    public void Other_types_and_lengths_that_disagree_are_refused()
    {
        Assert.Contains("not I32", Assert.Throws<ArgumentException>(() => SafetensorsNumbers.ToDoubles(SafetensorsDType.I32, new byte[4], new double[1])).Message, StringComparison.Ordinal);
        Assert.Contains("2 elements of F16 have 4 bytes, not 3.", Assert.Throws<ArgumentException>(() => SafetensorsNumbers.ToSingles(SafetensorsDType.F16, new byte[3], new float[2])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SafetensorsDType.I32, (1L << 24) + 1, "16777217")]
    [InlineData(SafetensorsDType.U32, (1L << 32) - 1, "4294967295")]
    [InlineData(SafetensorsDType.I64, -(1L << 24) - 1, "-16777217")]
    public void An_integer_that_no_single_equals_is_refused_with_its_place(SafetensorsDType dtype, long value, string text)
    {
        int size = dtype.ItemSize();
        byte[] data = [.. new byte[size], .. BitConverter.GetBytes(value)[..size]];
        using var file = MappedSafetensors.Copy(Build.File($$"""{"t":{"dtype":"{{dtype.Text()}}","shape":[2],"data_offsets":[0,{{2 * size}}] } }""", data));
        MappedTensor tensor = file.Find("t")!;
        SafetensorsException fault = Assert.Throws<SafetensorsException>(() => tensor.CopyTo(0, new float[2]));
        Assert.Equal(tensor.Offset + size, fault.Offset);
        Assert.Contains("element 1 is " + text + ". No float is equal to that integer", fault.Message, StringComparison.Ordinal);
        double[] wide = new double[1];
        tensor.CopyTo(1, wide);
        Assert.Equal(value, wide[0]);
    }

    [Fact]
    public void A_copy_of_many_blocks_is_that_of_one_element_at_a_time()
    {
        const int Count = 200_001;
        byte[] data = new byte[2 * Count];
        new Random(6).NextBytes(data);
        using var file = MappedSafetensors.Copy(Build.File($$"""{"t":{"dtype":"U16","shape":[{{Count}}],"data_offsets":[0,{{2 * Count}}] } }""", data));
        float[] singles = new float[Count - 1];
        double[] doubles = new double[Count - 1];
        file.Find("t")!.CopyTo(1, singles);
        file.Find("t")!.CopyTo(1, doubles);
        double[] expected = [.. Enumerable.Range(1, Count - 1).Select(i => (double)BitConverter.ToUInt16(data, 2 * i))];
        Assert.Equal(expected, doubles);
        Assert.Equal(expected, singles.Select(s => (double)s));
    }

    /// <summary>A pattern as the bits of a double, by integers only: subnormal numbers are shifted until their highest bit is the one that is not written.</summary>
    private static ulong Wide(uint bits, int exponentBits, int fractionBits)
    {
        ulong fraction = bits & ((1u << fractionBits) - 1);
        int exponent = (int)(bits >> fractionBits) & ((1 << exponentBits) - 1);
        ulong sign = (ulong)(bits >> (exponentBits + fractionBits)) << 63;
        int bias = (1 << (exponentBits - 1)) - 1;
        if (exponent == (1 << exponentBits) - 1)
        {
            return sign | (0x7FFUL << 52) | (fraction << (52 - fractionBits));
        }

        if (exponent == 0)
        {
            if (fraction == 0)
            {
                return sign;
            }

            for (exponent = 1; (fraction >> fractionBits) == 0; exponent--)
            {
                fraction <<= 1;
            }

            fraction &= (1UL << fractionBits) - 1;
        }

        return sign | ((ulong)(exponent - bias + 1023) << 52) | (fraction << (52 - fractionBits));
    }
}
