using System;
using System.IO;
using System.Threading.Tasks;
using StreamHost;
using Xunit;

namespace OperatorGen.Streams.Tests;

/// <summary>The example's command line: what cannot be used is one line that says why, and the measurement prints its figures.</summary>
public sealed class StreamCommandTests
{
    [Theory]
    [InlineData("can be reached from other machines: give keys", "--urls", "http://0.0.0.0:5080")]
    [InlineData("--urls are addresses like http://127.0.0.1:5080, without a path", "--urls", "nowhere")]
    [InlineData("--urls are addresses like http://127.0.0.1:5080, without a path", "--urls", "https://127.0.0.1:5080")]
    [InlineData("--urls are addresses like http://127.0.0.1:5080, without a path", "--urls", "http://127.0.0.1:5080/streams")]
    [InlineData("'x'", "--play", "x")]
    [InlineData("'x'", "--silo-port", "x")]
    [InlineData("'x'", "load", "--seconds", "x")]
    [InlineData("--redis and --memory are two stores", "--redis", "127.0.0.1", "--memory")]
    [InlineData("names no server", "--redis", "127.0.0.1:6379,nonsense=1")]
    [InlineData("--silo-port is from 0 to 65535.", "--silo-port", "70000")]
    [InlineData("--silo-address is an IP address.", "--silo-address", "silo")]
    [InlineData("--play is from 0 to 10000.", "--play", "-1")]
    [InlineData("no-such-file", "--keys", "no-such-file")]
    [InlineData("--streams is from 1 to 1000000.", "load", "--streams", "0")]
    [InlineData("'none'", "load", "--model", "none")]
    public async Task What_cannot_be_used_is_said(string message, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(2, await StreamCommand.Run(arguments, output, error));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_measurement_prints_its_figures()
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(0, await StreamCommand.Run(["load", "--streams", "50", "--seconds", "1"], output, error));
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(8, lines.Length);
        Assert.StartsWith("50 streams of the model deep, files, ", lines[0], StringComparison.Ordinal);
        Assert.Matches("^50 batches of 10 in ", lines[3]);
        Assert.StartsWith("active to idle: 0 streams are left in memory;", lines[7], StringComparison.Ordinal);
        Assert.Equal("", error.ToString());
    }
}
