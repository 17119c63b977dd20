using System;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using OperatorGen.Benchmarks.Report;
using OperatorGen.Safetensors;

namespace OperatorGen.Benchmarks;

internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["report", ..])
        {
            return ReportCommand.Run(args[1..]);
        }

        if (args is ["build"])
        {
            BuildMeasurement.Run(Console.Out);
            return 0;
        }

        if (args is ["decode", ..])
        {
            // Two things timed in turn, which the harness has no form for.
            DecodingMeasurement.Run(args is [_, "bf16"] ? SafetensorsDType.BF16 : SafetensorsDType.F32);
            return 0;
        }

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
            args,
            DefaultConfig.Instance
                .AddColumn(StatisticColumn.Median)
                .AddJob(Job.Default.WithWarmupCount(8).WithIterationCount(15)));
        return 0;
    }
}
