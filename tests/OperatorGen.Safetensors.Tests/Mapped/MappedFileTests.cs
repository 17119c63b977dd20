using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace OperatorGen.Safetensors.Tests.Mapped;

public class MappedFileTests
{
    [Fact]
    public void Mapped_and_copied_files_hold_what_the_parsed_file_holds()
    {
        Random random = new(11);
        for (int trial = 0; trial < 20; trial++)
        {
            using TempFolder folder = new();
            byte[] content = RoundTripTests.Write(RoundTripTests.Draw(random), new() { ["format"] = "pt" });
            SafetensorsFile parsed = SafetensorsFile.Parse(content);
            foreach ((string way, Func<MappedSafetensors> open) in Ways.Of(content, folder))
            {
                using MappedSafetensors file = open();
                Assert.Equal(way == "mapped", file.IsMapped);
                Assert.Equal("pt", file.Metadata["format"]);
                Assert.Equal(8 + BitConverter.ToInt64(content), file.DataStart);
                Assert.Equal(content.Length - file.DataStart, file.DataLength);
                Assert.Equal(parsed.Tensors.Select(t => t.ToString()), file.Tensors.Select(t => t.ToString()));
                foreach (SafetensorsTensor expected in parsed.Tensors)
                {
                    Same(expected, file.Find(expected.Name)!);
                }
            }
        }
    }

    [Fact]
    public void A_name_that_is_not_there_has_no_tensor()
    {
        using var file = MappedSafetensors.Copy(Build.File("{}"));
        Assert.Null(file.Find("a"));
        Assert.Empty(file.Tensors);
        using MappedLease lease = file.Acquire();
        Assert.Equal(0, lease.Length);
        Assert.Empty(lease.Slice(0, 0).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(37)]
    public void The_memory_of_a_copy_begins_at_a_multiple_of_64_whatever_the_header(int blanks)
    {
        using TempFolder folder = new();
        byte[] content = Build.File("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""" + new string(' ', blanks), 1, 2);
        foreach ((string way, Func<MappedSafetensors> open) in Ways.Of(content, folder))
        {
            using MappedSafetensors file = open();
            using MappedLease lease = file.Acquire();
            Assert.Equal(file.IsMapped ? file.DataStart % 64 : 0, lease.Address % 64);
            Assert.Equal(file.DataStart % 64 == 0, file.IsAligned(64));
            Assert.True(file.IsAligned(1), way);
        }
    }

    [Fact]
    public void An_alignment_below_1_is_refused()
    {
        using var file = MappedSafetensors.Copy(Build.File("{}"));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.IsAligned(0));
    }

    [Fact]
    public void A_part_beyond_the_data_or_the_elements_is_refused()
    {
        using var file = MappedSafetensors.Copy(Build.File("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", 1, 2, 3));
        foreach ((long begin, int length) in new[] { (-1L, 1), (0L, 4), (3L, 1), (4L, 0), (long.MaxValue, 1), (0L, -1) })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() =>
            {
                using MappedLease lease = file.Acquire();
                lease.Slice(begin, length);
            });
        }

        MappedTensor tensor = file.Find("a")!;
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.CopyTo(-1, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.CopyTo(2, new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.CopyTo(long.MaxValue, new float[1]));
        float[] last = new float[1];
        tensor.CopyTo(2, last);
        Assert.Equal([3], last);
    }

    [Fact]
    public void An_unknown_dtype_lies_inside_of_the_data_and_is_not_widened()
    {
        using var file = MappedSafetensors.Copy(Build.File("""{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,2]}}""", 1, 2));
        MappedTensor tensor = file.Find("a")!;
        Assert.Equal((SafetensorsDType.Other, "F8_E4M3", 0L, 2L), (tensor.DType, tensor.DTypeName, tensor.Begin, tensor.Length));
        foreach (Action read in new Action[] { () => _ = tensor.Count, () => tensor.CopyTo(0, new double[1]), () => tensor.CopyTo(0, new float[1]) })
        {
            Assert.Contains("Tensor 'a', byte " + tensor.Offset + ": the dtype is 'F8_E4M3'. Read are F64,", Assert.Throws<SafetensorsException>(read).Message, StringComparison.Ordinal);
        }
    }

    private static void Same(SafetensorsTensor expected, MappedTensor actual)
    {
        Assert.Equal((expected.DType, expected.DTypeName, expected.Offset, (long)expected.Count), (actual.DType, actual.DTypeName, actual.Offset, actual.Count));
        using MappedLease lease = actual.File.Acquire();
        Assert.True(expected.Bytes.Span.SequenceEqual(lease.Slice(actual.Begin, (int)actual.Length)));
        double[] values = new double[expected.Count];
        actual.CopyTo(0, values);
        Assert.Equal(Bits(expected.ToDoubles()), Bits(values));
    }

    private static IEnumerable<long> Bits(double[] values) => values.Select(BitConverter.DoubleToInt64Bits);
}
