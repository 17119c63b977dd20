using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace OperatorGen.Tests.Execution;

/// <summary>Threads that share panels: each panel is computed once, whatever the counts, and a call returns when all are done.</summary>
public sealed class ComputeThreadsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_panel_is_computed_once(int count)
    {
        using var threads = new ComputeThreads(count);
        Assert.Equal(count, threads.Count);
        foreach (int panels in Enumerable.Range(1, 40).Concat([1000]))
        {
            for (int repeat = 0; repeat < 50; repeat++)
            {
                Assert.All(Run(threads, panels, repeat), (value, panel) => Assert.Equal((100 * repeat) + panel, value));
            }
        }
    }

    [Fact]
    public void Threads_that_fell_asleep_wake_up()
    {
        using var threads = new ComputeThreads(3);
        for (int repeat = 0; repeat < 5; repeat++)
        {
            Assert.All(Run(threads, 20, repeat), (value, panel) => Assert.Equal((100 * repeat) + panel, value));
            Thread.Sleep(30);
        }
    }

    [Fact]
    public void More_than_one_thread_takes_part()
    {
        using var threads = new ComputeThreads(2);
        using var both = new CountdownEvent(2);

        // Two blocks that wait for each other: one thread alone could not do both.
        var seen = new float[2];
        ComputeThreads.Run<float, float>(threads, Wait, 2, 1, ref seen[0], ref seen[0], in seen[0], in Unsafe.NullRef<float>());
        Assert.Equal([1f, 1f], seen);

        void Wait(int first, int end, int steps, ref float x, ref float y, ref readonly float w, ref readonly float b)
        {
            both.Signal(end - first);
            Assert.True(both.Wait(TimeSpan.FromMinutes(1)));
            for (int panel = first; panel < end; panel++)
            {
                Unsafe.Add(ref y, panel) = 1;
            }
        }
    }

    [Fact]
    public void Calls_from_several_threads_do_not_mix()
    {
        using var threads = new ComputeThreads(3);
        Parallel.For(0, 6, caller =>
        {
            for (int repeat = 0; repeat < 300; repeat++)
            {
                int start = (1000 * caller) + repeat;
                Assert.All(Run(threads, 30, start), (value, panel) => Assert.Equal((100 * start) + panel, value));
            }
        });
    }

    [Fact]
    public void Without_threads_and_after_they_ended_the_caller_computes()
    {
        Assert.All(Run(null, 30, 4), (value, panel) => Assert.Equal(400 + panel, value));
        var threads = new ComputeThreads(3);
        threads.Dispose();
        threads.Dispose();
        Assert.All(Run(threads, 30, 4), (value, panel) => Assert.Equal(400 + panel, value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(257)]
    public void Another_count_is_refused(int count)
    {
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => new ComputeThreads(count));
        Assert.StartsWith("1 to 256 threads are possible, that which calls among them.", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Adds 100 start + panel to each panel's number, which begins at 0.</summary>
    private static float[] Run(ComputeThreads? threads, int panels, int start)
    {
        var sums = new float[panels];
        float x = 100 * start;
        ushort w = 1;
        ComputeThreads.Run<float, ushort>(threads, Add, panels, 1, ref x, ref sums[0], in w, in Unsafe.NullRef<float>());
        return sums;
    }

    private static void Add(int first, int end, int steps, ref float x, ref float y, ref readonly ushort w, ref readonly float b)
    {
        for (int panel = first; panel < end; panel++)
        {
            Unsafe.Add(ref y, panel) += steps * w * (x + panel);
        }
    }
}
