using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>Generated code needs no instruction of a kind: upstream's outputs are met in processes that have fewer of them.</summary>
public sealed class HardwareTests
{
    /// <summary>Without any hardware intrinsics, vectors of 128 bits and fused multiply-adds are done in software.</summary>
    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    [InlineData("DOTNET_EnableAVX")]
    public async Task Own_cases_pass_in_both_precisions(string switchedOff)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "OperatorGen.Tool.dll"), "check", ConformanceFolders.Own, "--engine", "generated"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[switchedOff] = "0";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("", await error);
        Assert.DoesNotContain("FAIL", output, StringComparison.Ordinal);
        Assert.EndsWith("28 passed, 0 failed\n0 unsupported\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(0, process.ExitCode);
    }
}
