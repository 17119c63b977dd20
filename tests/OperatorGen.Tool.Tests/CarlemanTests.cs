using System;
using System.IO;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary><c>inspect --carleman</c>: what it lists, and what it refuses.</summary>
public sealed class CarlemanTests
{
    private static readonly string s_models = Path.Combine(RepositoryFolder.Path, "examples", "Digits", "models");
    private static readonly string s_model = Path.Combine(s_models, "one-layer.ssm.json");
    private static readonly string s_selective = Path.Combine(RepositoryFolder.Path, "examples", "models", "digits-mamba.ssm.json");
    private static readonly string s_oscillators = Path.Combine(RepositoryFolder.Path, "examples", "models", "vowels-linoss.ssm.json");

    /// <summary>16 waves and their conjugates have 32 states; C(32 + 2, 2) - 1 = 560 products.</summary>
    [Fact]
    public void Products_are_listed_with_what_drives_them()
    {
        ToolRun run = ToolRun.Of("inspect", s_model, "--carleman", "2", "--channel", "5", "--top", "18");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.StartsWith("one-layer.ssm.json, layer 0, channel 5: Carleman lift up to order 2", run.Output, StringComparison.Ordinal);
        Assert.Contains("16 waves, 32 states with conjugates, 560 products of them", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  s_0 .*\([^)]+i\) s_0 \+ v\n", run.Output);
        Assert.Matches(@"\n  s_0\^2 .*i\) s_0\^2 \+ \([^)]+i\) v s_0 \+ v\^2\n", run.Output);
        Assert.Matches(@"\n  s_0 s_0\* +0\.[0-9]+ +0 +[0-9.]+ +0\.[0-9]+ s_0 s_0\* \+ \([^)]+i\) v s_0 \+ ", run.Output);
        Assert.EndsWith(" more with --top", run.Lines[^1], StringComparison.Ordinal);
    }

    /// <summary>Modes that three inputs drive: 64 states with conjugates, C(66, 2) - 1 products.</summary>
    [Fact]
    public void Shared_modes_have_drives_of_their_own()
    {
        ToolRun run = ToolRun.Of("inspect", Path.Combine(RepositoryFolder.Path, "examples", "Signature", "models", "time-invariant.ssm.json"), "--carleman", "2", "--top", "100");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("32 waves, 64 states with conjugates, 2144 products of them", run.Output, StringComparison.Ordinal);
        Assert.Contains("x_n(t) = sum_i b_(n,i) v_i(t) of all inputs", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  s_0 .*\([^)]+i\) s_0 \+ x_0\n", run.Output);
        Assert.Matches(@"\n  s_0 s_0\* .* s_0 s_0\* \+ \([^)]+i\) x_0\* s_0 \+ \([^)]+i\) x_0 s_0\* \+ x_0 x_0\*\n", run.Output);
    }

    [Fact]
    public void What_has_no_lift_is_refused_with_the_reason()
    {
        Refused("--carleman 9: 32 states with their conjugates have 350343564 products", s_model, "--carleman", "9");
        Refused("has no constant modes: what its state is multiplied by depends on the input", s_selective, "--carleman", "2");
        Refused("form a block without eigenbasis", s_oscillators, "--carleman", "2");
        Refused("--channel 64: layer 0 has 64 channels, 0 to 63.", s_model, "--carleman", "2", "--channel", "64");
        Refused("--carleman takes no --format", s_model, "--carleman", "2", "--format", "json");
    }

    private static void Refused(string reason, params string[] arguments)
    {
        ToolRun run = ToolRun.Of(["inspect", .. arguments]);
        Assert.NotEqual(ExitCode.Success, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }
}
