using System.IO;
using System.Linq;
using OperatorGen.Benchmarks.Report;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Benchmarks.Tests;

/// <summary>docs/performance.md says what the code does.</summary>
public sealed class DocumentTests
{
    private const string Head = "| workload | case | bits | target |";

    private static readonly string[] s_lines = File.ReadAllLines(Path.Combine(RepositoryFolder.Path, "docs", "performance.md"));

    [Fact]
    public void The_table_of_targets_is_that_of_the_code() =>
        Assert.Equal(Targets.All.Select(target => target.Row), s_lines.SkipWhile(line => line != Head).Skip(2).TakeWhile(line => line.StartsWith('|')));

    [Fact]
    public void Every_workload_has_a_row()
    {
        string[] rows = [.. s_lines.SkipWhile(line => !line.StartsWith("| number |", System.StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))];
        Assert.Equal(ReportRun.Workloads.Select(workload => $"{workload.Number}"), rows.Select(row => row.Split('|')[1].Trim()));
    }
}
