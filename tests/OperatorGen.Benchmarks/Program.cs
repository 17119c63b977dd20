using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace OperatorGen.Benchmarks;

internal static class Program
{
    /// <summary>Runs in this process: a project written by the harness could not build the generator's private libraries beside their consumers.</summary>
    private static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
        args,
        DefaultConfig.Instance
            .AddColumn(StatisticColumn.Median)
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(8).WithIterationCount(15)));
}
