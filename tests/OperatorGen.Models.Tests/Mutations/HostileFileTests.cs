using System;
using System.Diagnostics;
using System.Linq;
using Xunit;

namespace OperatorGen.Models.Tests;

/// <summary>Files made to be slow: work that grows with the square of these counts would take minutes, linear work takes well under a second.</summary>
public class HostileFileTests
{
    private const string Start = "{ \"format\": \"operatorgen/1\", \"architecture\": \"s4-example\", ";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static TheoryData<string, string> Files => new()
    {
        { "unknown hyperparameters", Start + "\"tensors\": {}, \"hyper\": { \"n_layers\": 1024, " + Members(90_000, _ => "1") + "} }" },
        { "misshapen tensors with an unknown key before the rest", Start + "\"tensors\": { " + Members(30_000, _ => "{ \"x\": 1, \"shape\": [0] }") + "} }" },
        { "unknown tensors", Start + "\"tensors\": { " + Members(20_000, _ => "{ \"shape\": [1], \"values\": [1] }") + "} }" },
        { "values that are none", Start + "\"tensors\": { \"a\": { \"shape\": [1000000], \"values\": [" + string.Concat(Enumerable.Repeat("null,", 999_999)) + "null] } } }" },
        { "long rationals", Start + "\"tensors\": { \"a\": { \"shape\": [5000], \"values\": [" + string.Join(",", Enumerable.Repeat("\"1" + new string('7', 300) + "/3\"", 5000)) + "] } } }" },
        { "a long number", Start + "\"tensors\": { \"a\": { \"shape\": [1], \"values\": [0." + new string('7', 4_000_000) + "] } } }" },
        { "empty objects", Start + "\"tensors\": {}, \"source\": { \"x\": [" + string.Concat(Enumerable.Repeat("{},", 2_000_000)) + "{}] } }" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_made_to_be_slow_is_not(string what, string text)
    {
        var watch = Stopwatch.StartNew();
        Fault[] faults = Marked.FaultsOf(text);
        Assert.True(watch.Elapsed < Limit, $"{what}: {watch.Elapsed}");
        Assert.Contains(faults, fault => fault.Kind.Severity == FaultSeverity.Error);
    }

    private static string Members(int count, Func<int, string> value) =>
        string.Join(", ", Enumerable.Range(0, count).Select(i => $"\"{i:D80}\": {value(i)}"));
}
