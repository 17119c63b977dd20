using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace OperatorGen.Safetensors.Tests;

public class RoundTripTests
{
    [Fact]
    public void What_is_written_is_read_back_with_names_shapes_bytes_and_metadata()
    {
        Random random = new(3);
        for (int trial = 0; trial < 100; trial++)
        {
            var tensors = Draw(random);
            Dictionary<string, string> metadata = new() { ["format"] = "pt", ["größe\n\""] = "€ \u0001" };
            SafetensorsFile file = SafetensorsFile.Parse(Write(tensors, metadata));
            Assert.Equal(metadata.OrderBy(p => p.Key), file.Metadata.OrderBy(p => p.Key));
            Assert.Equal(tensors.Length, file.Tensors.Count);
            foreach (var (name, dtype, shape, bytes) in tensors)
            {
                SafetensorsTensor read = file.Find(name)!;
                Assert.Equal((name, dtype), (read.Name, read.DType));
                Assert.Equal(shape, read.Shape);
                Assert.Equal(bytes.ToArray(), read.Bytes.ToArray());
            }
        }
    }

    [Fact]
    public void The_order_of_the_tensors_does_not_change_the_file()
    {
        var tensors = Draw(new Random(5));
        Assert.Equal(Write(tensors, null), Write([.. tensors.Reverse()], null));
    }

    [Fact]
    public void Every_tensor_begins_at_a_multiple_of_its_element_size()
    {
        foreach (SafetensorsTensor tensor in SafetensorsFile.Parse(Write(Draw(new Random(9)), null)).Tensors)
        {
            Assert.Equal(0, tensor.Offset % tensor.DType.ItemSize());
        }
    }

    [Fact]
    public void A_file_as_upstream_writes_it_is_read()
    {
        // Header padded with spaces, a scalar, an empty tensor, an escaped name, a key that is not known.
        byte[] file = Build.File(
            """{"__metadata__":{"k":"v"},"a":{"dtype":"U8","shape":[],"data_offsets":[0,1],"later":{"x":[1]}},"\u00fc":{"shape":[0,3],"dtype":"F32","data_offsets":[1,1]}}    """,
            42);
        SafetensorsFile read = SafetensorsFile.Parse(file);
        Assert.Equal([42.0], read.Find("a")!.ToDoubles());
        Assert.Empty(read.Find("a")!.Shape);
        Assert.Empty(read.Find("ü")!.ToDoubles());
        Assert.Equal("v", read.Metadata["k"]);
        Assert.Null(read.Find("b"));
        Assert.Equal("ü F32 [0, 3]", read.Find("ü")!.ToString());
    }

    [Theory]
    [InlineData("__metadata__", 1, 1)]
    [InlineData("twice", 1, 2)]
    [InlineData("short", 2, 1)]
    public void The_writer_refuses_what_the_reader_would(string name, int shape, int times)
    {
        var tensors = Enumerable.Repeat((name, SafetensorsDType.U8, (IReadOnlyList<int>)[shape], (ReadOnlyMemory<byte>)new byte[1]), times);
        ArgumentException exception = Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(Stream.Null, tensors));
        Assert.Contains("'" + name + "'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pickles_and_zips_are_recognised_and_headers_of_the_same_first_bytes_are_not()
    {
        Assert.True(SafetensorsFile.LooksLikePickleOrZip("PK\u0003\u0004"u8));
        Assert.True(SafetensorsFile.LooksLikePickleOrZip([0x80, 2, 0x8A, 10]));
        Assert.False(SafetensorsFile.LooksLikePickleOrZip([]));

        // A header of 0x0280 bytes begins like a pickle of protocol 2.
        byte[] file = Build.File("{}".PadRight(0x280));
        Assert.Equal([0x80, 2], file[..2]);
        Assert.False(SafetensorsFile.LooksLikePickleOrZip(file));
        Assert.Empty(SafetensorsFile.Parse(file).Tensors);
    }

    internal static byte[] Write((string Name, SafetensorsDType DType, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)[] tensors, Dictionary<string, string>? metadata)
    {
        using MemoryStream stream = new();
        SafetensorsFile.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    internal static (string Name, SafetensorsDType DType, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)[] Draw(Random random)
    {
        var tensors = new (string, SafetensorsDType, IReadOnlyList<int>, ReadOnlyMemory<byte>)[random.Next(1, 14)];
        for (int i = 0; i < tensors.Length; i++)
        {
            SafetensorsDType dtype = (SafetensorsDType)random.Next(13);
            int[] shape = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(5))];
            byte[] bytes = new byte[dtype.ItemSize() * shape.Aggregate(1, (a, b) => a * b)];
            if (dtype is SafetensorsDType.BOOL or SafetensorsDType.I64 or SafetensorsDType.U64)
            {
                // Values that can be widened: a 1 in some of the lowest bytes.
                for (int k = 0; k < bytes.Length; k += dtype.ItemSize())
                {
                    bytes[k] = (byte)random.Next(2);
                }
            }
            else
            {
                random.NextBytes(bytes);
            }

            tensors[i] = ("layer." + i + (i % 3 == 0 ? ".größe \"q\"" : ".weight"), dtype, shape, bytes);
        }

        return tensors;
    }
}
