using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace OperatorGen.Safetensors.Tests;

public class WriterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(4096)]
    public void The_data_begin_at_the_multiple_that_was_asked_for_and_the_rest_stays_the_same(int alignment)
    {
        Random random = new(alignment);
        for (int trial = 0; trial < 20; trial++)
        {
            var tensors = RoundTripTests.Draw(random);
            using MemoryStream aligned = new();
            SafetensorsFile.Write(aligned, tensors, null, alignment);
            using var file = MappedSafetensors.Copy(aligned.ToArray());
            Assert.True(file.IsAligned(alignment));
            Assert.Equal(aligned.ToArray()[..(int)file.DataStart], SafetensorsWriter.Header(tensors.Select(t => (t.Name, t.DType, t.Shape)), null, alignment));
            SafetensorsFile usual = SafetensorsFile.Parse(RoundTripTests.Write(tensors, null));
            SafetensorsFile read = SafetensorsFile.Parse(aligned.ToArray());
            Assert.Equal(usual.Tensors.Select(t => t.ToString()), read.Tensors.Select(t => t.ToString()));
            Assert.All(usual.Tensors, t => Assert.Equal(t.Bytes.ToArray(), read.Find(t.Name)!.Bytes.ToArray()));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-8)]
    [InlineData(24)]
    [InlineData(1 << 21)]
    public void An_alignment_that_is_no_power_of_two_is_refused(int alignment)
        => Assert.Contains(
            "from 1 to 1048576, not " + alignment + ".",
            Assert.Throws<ArgumentOutOfRangeException>(() => SafetensorsWriter.Write(Stream.Null, [], (_, _) => { }, alignment: alignment)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Streamed_tensors_are_written_in_the_order_of_the_file_with_the_bytes_of_the_writer_in_memory()
    {
        var tensors = RoundTripTests.Draw(new Random(21));
        Dictionary<string, string> metadata = new() { ["k"] = "v" };
        List<string> order = [];
        using MemoryStream stream = new();
        SafetensorsWriter.Write(
            stream,
            tensors.Select(t => (t.Name, t.DType, t.Shape)),
            (name, target) =>
            {
                order.Add(name);

                // In pieces, by each of the ways that a stream has.
                byte[] bytes = tensors.Single(t => t.Name == name).Bytes.ToArray();
                target.Write(bytes, 0, bytes.Length / 2);
                target.Write(bytes.AsSpan((bytes.Length / 2)..^(bytes.Length == 0 ? 0 : 1)));
                if (bytes.Length > 0)
                {
                    target.WriteByte(bytes[^1]);
                }
            },
            metadata);
        Assert.Equal(RoundTripTests.Write(tensors, metadata), stream.ToArray());
        Assert.Equal(SafetensorsFile.Parse(stream.ToArray()).Tensors.Where(t => t.Count > 0).Select(t => t.Name), order.Where(name => tensors.Single(t => t.Name == name).Bytes.Length > 0));
    }

    [Theory]
    [InlineData(3, "and 3 were written: write all elements.")]
    [InlineData(5, "and 0 of them are written already: 5 more are too many.")]
    public void A_tensor_with_more_or_fewer_bytes_than_its_shape_is_refused(int bytes, string message)
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
            () => SafetensorsWriter.Write(Stream.Null, [("a", SafetensorsDType.F32, [1])], (_, target) => target.Write(new byte[bytes])));
        Assert.Contains("Tensor 'a' of type F32 and shape [1] has 4 bytes, " + message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stream_of_a_tensor_is_not_written_to_later()
    {
        Stream? kept = null;
        SafetensorsWriter.Write(Stream.Null, [("a", SafetensorsDType.U8, [0])], (_, target) => kept = target);
        Assert.False(kept!.CanWrite);
        Assert.Throws<ObjectDisposedException>(() => kept.WriteByte(1));
    }

    [Theory]
    [InlineData("__metadata__", SafetensorsDType.U8, new[] { 1 }, "occurs twice or is reserved")]
    [InlineData("a", SafetensorsDType.Other, new[] { 1 }, "Tensor 'a' of type Other and shape [1] has no size")]
    [InlineData("a", SafetensorsDType.U8, new[] { -1 }, "shape [-1] has no size")]
    [InlineData("a", SafetensorsDType.F64, new[] { int.MaxValue, int.MaxValue, 2 }, "has no size")]
    public void What_cannot_be_written_is_refused_before_a_byte_is_written(string name, SafetensorsDType dtype, int[] shape, string message)
    {
        using MemoryStream stream = new();
        ArgumentException exception = Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(stream, [(name, dtype, shape)], (_, _) => { }));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void Tensors_that_cannot_be_counted_together_are_refused()
        => Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(
            Stream.Null,
            Enumerable.Range(0, 3).Select(i => ("t" + i, SafetensorsDType.U8, (IReadOnlyList<int>)[int.MaxValue, int.MaxValue])),
            (_, _) => { }));

    [Fact]
    public void More_than_two_gibibytes_are_written_without_being_in_memory()
    {
        byte[] block = new byte[1 << 20];
        long before = GC.GetAllocatedBytesForCurrentThread();
        CountingStream stream = new();
        SafetensorsWriter.Write(stream, [("a", SafetensorsDType.F32, [3, 1 << 28]), ("b", SafetensorsDType.U8, [1])], Elements);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.InRange(stream.Written, (3L << 30) + 1, (3L << 30) + 1000);

        void Elements(string name, Stream target)
        {
            for (int i = 0; name == "a" && i < 3 << 10; i++)
            {
                target.Write(block);
            }

            if (name == "b")
            {
                target.WriteByte(1);
            }
        }
    }

    private sealed class CountingStream : MemoryStream
    {
        public long Written { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => Written += count;

        public override void Write(ReadOnlySpan<byte> buffer) => Written += buffer.Length;
    }
}
