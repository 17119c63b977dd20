using System;
using System.Buffers.Binary;
using System.Linq;
using System.Runtime.InteropServices;
using Xunit;

namespace OperatorGen.Safetensors.Tests;

public class WideningTests
{
    [Fact]
    public void All_65536_halves_are_exact()
    {
        byte[] data = new byte[2 * 65536];
        for (int i = 0; i < 65536; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(2 * i), (ushort)i);
        }

        double[] values = Build.Tensor(SafetensorsDType.F16, data, 65536).ToDoubles();
        Assert.All(Enumerable.Range(0, 65536), i => Same((double)BitConverter.UInt16BitsToHalf((ushort)i), values[i]));
    }

    [Fact]
    public void All_65536_brain_floats_are_exact()
    {
        byte[] data = new byte[2 * 65536];
        for (int i = 0; i < 65536; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(2 * i), (ushort)i);
        }

        double[] values = Build.Tensor(SafetensorsDType.BF16, data, 65536).ToDoubles();
        Assert.All(Enumerable.Range(0, 65536), i => Same(BitConverter.UInt32BitsToSingle((uint)i << 16), values[i]));
    }

    [Fact]
    public void Singles_of_every_exponent_are_exact()
    {
        Random random = new(1);
        float[] singles = [.. Enumerable.Range(0, 512 * 20).Select(i => BitConverter.UInt32BitsToSingle(((uint)(i % 512) << 23) | (i < 512 ? 0 : (uint)random.Next(1 << 23))))];
        double[] values = Build.Tensor(SafetensorsDType.F32, MemoryMarshal.AsBytes<float>(singles).ToArray(), singles.Length).ToDoubles();
        Assert.All(Enumerable.Range(0, singles.Length), i => Same(singles[i], values[i]));
    }

    [Fact]
    public void Doubles_keep_their_bits()
    {
        double[] doubles = [0, -0.0, 1, -1.5, double.Epsilon, double.MaxValue, double.NegativeInfinity, double.NaN, 1 / 3.0];
        double[] values = Build.Tensor(SafetensorsDType.F64, MemoryMarshal.AsBytes<double>(doubles).ToArray(), doubles.Length).ToDoubles();
        Assert.Equal(doubles.Select(BitConverter.DoubleToInt64Bits), values.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Integers_of_every_type_are_exact_to_their_ends()
    {
        Check<long>(SafetensorsDType.I64, [0, -1, 1L << 53, -(1L << 53)], v => v);
        Check<ulong>(SafetensorsDType.U64, [0, 1UL << 53], v => v);
        Check<int>(SafetensorsDType.I32, [0, -1, int.MaxValue, int.MinValue], v => v);
        Check<uint>(SafetensorsDType.U32, [0, uint.MaxValue], v => v);
        Check<short>(SafetensorsDType.I16, [0, -1, short.MaxValue, short.MinValue], v => v);
        Check<ushort>(SafetensorsDType.U16, [0, ushort.MaxValue], v => v);
        Check<sbyte>(SafetensorsDType.I8, [0, -1, sbyte.MaxValue, sbyte.MinValue], v => v);
        Check<byte>(SafetensorsDType.U8, [0, 255], v => v);
        Check<byte>(SafetensorsDType.BOOL, [0, 1], v => v);
    }

    [Theory]
    [InlineData(SafetensorsDType.I64, (1L << 53) + 1)]
    [InlineData(SafetensorsDType.I64, -(1L << 53) - 1)]
    [InlineData(SafetensorsDType.U64, -1L)]
    [InlineData(SafetensorsDType.BOOL, 2L)]
    public void What_no_double_or_bool_holds_is_an_error_with_its_place(SafetensorsDType dtype, long value)
    {
        byte[] data = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(dtype.ItemSize()), value);
        SafetensorsTensor tensor = Build.Tensor(dtype, data[..(2 * dtype.ItemSize())], 2);
        SafetensorsException exception = Assert.Throws<SafetensorsException>(tensor.ToDoubles);
        Assert.Equal("t", exception.TensorName);
        Assert.Equal(tensor.Offset + dtype.ItemSize(), exception.Offset);
        Assert.Contains("element 1 is ", exception.Message, StringComparison.Ordinal);
    }

    private static void Check<T>(SafetensorsDType dtype, T[] values, Func<T, double> widen)
        where T : unmanaged
        => Assert.Equal(values.Select(widen), Build.Tensor(dtype, MemoryMarshal.AsBytes<T>(values).ToArray(), values.Length).ToDoubles());

    /// <summary>The same bits; of a not-a-number, that it is one and its sign.</summary>
    private static void Same(double expected, double actual)
    {
        if (double.IsNaN(expected))
        {
            Assert.True(double.IsNaN(actual));
            Assert.Equal(double.IsNegative(expected), double.IsNegative(actual));
        }
        else
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
        }
    }
}
