using System;
using System.Threading.Tasks;
using OperatorGen.Safetensors;

namespace OperatorGen.Benchmarks.Report.Limits;

/// <summary>The resource that limits a case, and how long it needs for what the case executes.</summary>
/// <param name="Name"><c>fma</c>, <c>l2</c> or <c>memory</c>.</param>
/// <param name="Contender">Uses the resource as much as the case does, and nothing else.</param>
internal sealed record Limit(string Name, Contender Contender)
{
    /// <summary>What the second-level cache of a core of today holds at least: larger traffic is memory's.</summary>
    private const long CacheBytes = 1 << 20;

    /// <summary>Operations that take long enough to be timed.</summary>
    private const long LeastFlops = 20_000_000;

    /// <summary>Traffic that takes about a microsecond: a clock that moves on by less than a tenth of it never shows 0.</summary>
    private const long LeastBytes = 1 << 16;

    /// <summary>Fused multiply-adds.</summary>
    /// <param name="flops">The operations.</param>
    /// <param name="width">The vector width.</param>
    /// <param name="cores">How many cores share them.</param>
    public static Limit MultiplyAdds(long flops, VectorWidth width, int cores = 1)
    {
        long done = Math.Max(flops, LeastFlops);
        Action work = cores == 1 ? () => Peak.Run(done, width) : () => Parallel.For(0, cores, _ => Peak.Run(done / cores, width));
        return new("fma", Contender.Of("fma", work, flops / (double)done));
    }

    /// <summary>Reading tables, and reading and writing states, which lie in the second-level cache unless they are too large for it.</summary>
    /// <param name="tableBytes">What is read.</param>
    /// <param name="readBytes">What is read of each state.</param>
    /// <param name="writtenBytes">What is written of each state, no more than is read.</param>
    /// <param name="states">How many states.</param>
    /// <param name="width">The vector width.</param>
    public static Limit Traffic(long tableBytes, long readBytes, long writtenBytes, int states, VectorWidth width)
    {
        var traffic = new CacheTraffic((int)(tableBytes / sizeof(float)), (int)(readBytes / sizeof(float)), (int)(writtenBytes / sizeof(float)), states);
        long bytes = tableBytes + (readBytes * states);
        string name = bytes <= CacheBytes ? "l2" : "memory";
        long passes = Math.Max(1, LeastBytes / Math.Max(1, bytes));
        void Work()
        {
            for (long i = 0; i < passes; i++)
            {
                traffic.Run(width);
            }
        }

        return new(name, Contender.Of(name, Work, 1.0 / passes));
    }

    /// <summary>Reading a mapped file.</summary>
    /// <param name="file">The file.</param>
    public static Limit Reading(MappedSafetensors file) => new("memory", Contender.Of("memory", () => MappedSum.Of(file)));
}
