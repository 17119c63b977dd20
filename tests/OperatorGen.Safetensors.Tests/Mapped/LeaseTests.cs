using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace OperatorGen.Safetensors.Tests.Mapped;

public class LeaseTests
{
    private const int Count = 4_000;
    private const double Sum = Count * (Count - 1.0) / 2;

    [Fact]
    public void Memory_outlives_the_file_while_a_lease_is_held_and_no_later_lease_is_given()
    {
        using TempFolder folder = new();
        foreach ((string _, Func<MappedSafetensors> open) in Ways.Of(Numbers(), folder))
        {
            MappedSafetensors file = open();
            MappedTensor tensor = file.Find("n")!;
            using (MappedLease lease = file.Acquire())
            {
                file.Dispose();
                file.Dispose();
                Assert.Equal(Sum, Total(lease, tensor));
                ObjectDisposedException exception = Assert.Throws<ObjectDisposedException>(() => file.Acquire().Dispose());
                Assert.Contains("The safetensors file has been disposed", exception.Message, StringComparison.Ordinal);
            }

            Assert.Throws<ObjectDisposedException>(() => tensor.CopyTo(0, new double[1]));
            Assert.Throws<ObjectDisposedException>(() => tensor.CopyTo(0, new float[1]));
        }
    }

    [Fact]
    public void A_lease_that_is_over_gives_nothing()
    {
        using var file = MappedSafetensors.Copy(Numbers());
        Assert.Throws<ObjectDisposedException>(() => Over(file).Address);
        Assert.Throws<ObjectDisposedException>(() => Over(file).Slice(0, 1).Length);
        Assert.Throws<ObjectDisposedException>(() => _ = Over(file).First);
        MappedLease twice = Over(file);
        twice.Dispose();
        using MappedLease other = file.Acquire();
        Assert.Equal(Sum, Total(other, file.Find("n")!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Threads_that_compute_while_another_disposes_get_right_sums_or_are_told_so(bool copy)
    {
        using TempFolder folder = new();
        string path = folder.Write("n.safetensors", Numbers());
        int sums = 0;
        for (int trial = 0; trial < 25; trial++)
        {
            MappedSafetensors file = MappedSafetensors.Open(path, copy);
            using CountdownEvent started = new(4);
            Task[] tasks = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() => Interlocked.Add(ref sums, SumUntilDisposed(file, started)), default, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
            Assert.True(started.Wait(TimeSpan.FromMinutes(1)));
            Thread.SpinWait(100 * trial);
            file.Dispose();
            await Task.WhenAll(tasks);
        }

        // Each thread has made its first sum before the file is disposed.
        Assert.InRange(sums, 100, int.MaxValue);
    }

    private static int SumUntilDisposed(MappedSafetensors file, CountdownEvent started)
    {
        MappedTensor tensor = file.Find("n")!;
        double[] part = new double[100];
        for (int sums = 0; ; sums++)
        {
            try
            {
                using MappedLease lease = file.Acquire();
                Assert.Equal(Sum, Total(lease, tensor));
                if (sums == 0)
                {
                    started.Signal();
                }

                tensor.CopyTo(Count - part.Length, part);
                Assert.Equal(Count - 1, part[^1]);
            }
            catch (ObjectDisposedException)
            {
                return sums + 1;
            }
        }
    }

    /// <summary>Over the references, as generated code goes.</summary>
    private static double Total(in MappedLease lease, MappedTensor tensor)
    {
        double total = 0;
        for (int i = 0; i < Count; i++)
        {
            total += Unsafe.ReadUnaligned<float>(in Unsafe.Add(ref Unsafe.AsRef(in lease.First), (nint)tensor.Begin + (4 * i)));
        }

        return total;
    }

    private static MappedLease Over(MappedSafetensors file)
    {
        MappedLease lease = file.Acquire();
        lease.Dispose();
        return lease;
    }

    private static byte[] Numbers()
    {
        float[] numbers = [.. Enumerable.Range(0, Count).Select(i => (float)i)];
        return Build.File($$"""{"n":{"dtype":"F32","shape":[{{Count}}],"data_offsets":[0,{{4 * Count}}] } }""", MemoryMarshal.AsBytes<float>(numbers).ToArray());
    }
}
