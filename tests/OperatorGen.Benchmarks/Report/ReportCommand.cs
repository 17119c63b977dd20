using System;
using System.CommandLine;
using System.Linq;
using System.Runtime.Intrinsics;

namespace OperatorGen.Benchmarks.Report;

/// <summary>The command <c>report</c>.</summary>
internal static class ReportCommand
{
    /// <summary>Reads the arguments and runs.</summary>
    /// <param name="arguments">What follows the word <c>report</c>.</param>
    /// <returns>The exit code: 1 where a target is missed, or the arguments are not understood.</returns>
    public static int Run(string[] arguments)
    {
        var workload = new Option<int[]>("--workload") { Description = "the numbers of the workloads, 1 to 10; all where it is left out", AllowMultipleArgumentsPerToken = true };
        var bits = new Option<int[]>("--bits") { Description = "the vector widths: 128, 256, 512; 256 and, where the machine has it, 512 where it is left out", AllowMultipleArgumentsPerToken = true };
        var seconds = new Option<double>("--seconds") { Description = "about how long each case is timed", DefaultValueFactory = _ => 3 };
        workload.Validators.Add(result => Refuse(result, result.GetValueOrDefault<int[]>().All(number => ReportRun.Workloads.Any(each => each.Number == number)), "--workload takes numbers from 1 to 10."));
        bits.Validators.Add(result => Refuse(result, result.GetValueOrDefault<int[]>().All(number => number is 128 or 256 or 512), "--bits takes 128, 256 and 512."));
        seconds.Validators.Add(result => Refuse(result, result.GetValueOrDefault<double>() > 0, "--seconds takes a positive number."));
        var command = new Command("report", "Measures the workloads of docs/performance.md beside their limits and peers.") { workload, bits, seconds };
        command.SetAction(result =>
        {
            int[] numbers = result.GetValue(workload) is { Length: > 0 } some ? some : [.. ReportRun.Workloads.Select(each => each.Number)];
            int[] widths = result.GetValue(bits) is { Length: > 0 } given ? given : Vector512.IsHardwareAccelerated ? [256, 512] : [256];
            return ReportRun.Judge(new ReportOptions(numbers, [.. widths.Select(width => (VectorWidth)width)], result.GetValue(seconds)), Console.Out);
        });
        return command.Parse(arguments).Invoke();
    }

    private static void Refuse(System.CommandLine.Parsing.OptionResult result, bool holds, string message)
    {
        if (!holds)
        {
            result.AddError(message);
        }
    }
}
