using System;
using System.IO;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>What commands say of a model with a block of modes: the trained one of Japanese vowels, one of whose oscillators has A = 0.</summary>
public sealed class BlockTests : IDisposable
{
    private static readonly string s_model = Path.Combine(RepositoryFolder.Path, "examples", "models", "vowels-linoss.ssm.json");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inspect_shows_the_Jordan_block()
    {
        var run = ToolRun.Of("inspect", s_model, "--top", "40");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("T_0 = [1, 0; 0.556", run.Output, StringComparison.Ordinal);
        Assert.Contains("w_21: in block T_0, weight ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ring", "form a block without eigenbasis; the nodes of a ring are made of eigenvalues")]
    [InlineData("prune", "form a block without eigenbasis: no mode of it can be dropped by itself")]
    public void A_question_about_single_modes_is_refused_with_the_reason(string command, string reason)
    {
        string target = _folder.File("out.json");
        var run = command == "ring" ? ToolRun.Of("ring", s_model, "--out", target) : ToolRun.Of("prune", s_model, "--error", "0.5", "--range", "-1", "1", "--max-length", "9", "--out", target);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }
}
