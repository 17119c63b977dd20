using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Safetensors.Tests.Mapped;

public class LargeFileTests(ITestOutputHelper output)
{
    private const long ThreeGiB = 3L << 30;

    [SkippableFact]
    public void Numbers_beyond_two_gibibytes_are_read_at_their_places()
    {
        using TempFolder folder = new();
        string path = folder.File("large.safetensors");
        double[] end = [1.5, -2.5, 3.5, 1 / 3.0];
        SparseFile.Create(
            path,
            $$"""{"zeros":{"dtype":"U8","shape":[3,{{1 << 30}}],"data_offsets":[0,{{ThreeGiB}}] },"end":{"dtype":"F64","shape":[4],"data_offsets":[{{ThreeGiB}},{{ThreeGiB + 32}}] } }""",
            ThreeGiB + 32,
            MemoryMarshal.AsBytes<double>(end).ToArray());
        using MappedSafetensors file = MappedSafetensors.Open(path);
        Assert.Equal(ThreeGiB + 32, file.DataLength);
        MappedTensor zeros = file.Find("zeros")!;
        Assert.Equal((ThreeGiB, ThreeGiB), (zeros.Count, zeros.Length));
        double[] tail = [7, 7];
        zeros.CopyTo(ThreeGiB - 2, tail);
        Assert.Equal([0, 0], tail);
        MappedTensor last = file.Find("end")!;
        Assert.Equal((ThreeGiB, file.DataStart + ThreeGiB), (last.Begin, last.Offset));
        double[] values = new double[4];
        last.CopyTo(0, values);
        Assert.Equal(end, values);
        using MappedLease lease = file.Acquire();
        Assert.Equal(end[3], MemoryMarshal.Read<double>(lease.Slice(ThreeGiB + 24, 8)));
    }

    [SkippableFact]
    public void Opening_a_mapped_file_allocates_nothing_for_its_numbers()
    {
        using TempFolder folder = new();
        string path = folder.File("half.safetensors");
        const int Length = 500_000_000;
        SparseFile.Create(path, $$"""{"a":{"dtype":"F32","shape":[{{Length / 4}}],"data_offsets":[0,{{Length}}] } }""", Length, [0, 0, 128, 63]);
        MappedSafetensors.Open(path).Dispose();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch clock = Stopwatch.StartNew();
        using MappedSafetensors file = MappedSafetensors.Open(path);
        clock.Stop();
        output.WriteLine("opened in " + clock.Elapsed.TotalMilliseconds + " ms");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        float[] last = new float[1];
        file.Find("a")!.CopyTo((Length / 4) - 1, last);
        Assert.Equal([1f], last);
    }

    [Fact]
    public void A_header_that_promises_more_than_the_file_has_is_refused_before_memory_is_taken()
    {
        const long Promised = long.MaxValue / 8 * 8;
        string header = $$"""{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,{{Promised}}] } }""";
        using TempFolder folder = new();
        foreach ((string way, Func<MappedSafetensors> open) in Ways.Of(Build.File(header, new byte[100]), folder))
        {
            SafetensorsException exception = Assert.Throws<SafetensorsException>(() => open().Dispose());
            Assert.True(exception.Message.Contains($"data_offsets are [0, {Promised}] in 100 bytes of data. The file is truncated", StringComparison.Ordinal), way + ": " + exception.Message);
        }
    }
}
