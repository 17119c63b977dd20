using System.Globalization;
using System.Linq;
using OperatorGen.Benchmarks.Report;
using Xunit;

namespace OperatorGen.Benchmarks.Tests;

/// <summary>Lines of the report, and what they say of targets.</summary>
public sealed class ReportLineTests
{
    private static readonly ReportLine s_kernel = new(1, VectorWidth.Bits256, "kernel", 0.0025, 201326592, "fma", 0.002, "pytorch-spectrum", 0.01, 1.4e-6);

    [Fact]
    public void A_line_is_written_in_the_invariant_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("workload=1 bits=256 case=kernel ms=2.500 gflops=80.53 limit=fma limit_fraction=0.8000 peer=pytorch-spectrum ratio=4.000 error=1.4E-006", s_kernel.ToString());
            Assert.EndsWith(" peer=absent ratio=none error=1.4E-006", (s_kernel with { Peer = ReportLine.Absent, PeerSeconds = null }).ToString());
            Assert.Equal("workload=8 bits=512 case=s6 absent", ReportLine.OfAbsent(8, VectorWidth.Bits512, "s6"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_ratio_below_its_target_is_missed()
    {
        Assert.Empty(Target.Missed([s_kernel]));
        ReportLine slow = s_kernel with { PeerSeconds = 0.008 };
        Assert.Equal("missed: `ratio` to `pytorch-spectrum` at least 3.5: " + slow, Assert.Single(Target.Missed([slow])));
    }

    [Fact]
    public void A_target_of_one_width_or_of_a_peer_that_is_absent_is_not_missed()
    {
        Assert.Empty(Target.Missed([s_kernel with { Width = VectorWidth.Bits512, PeerSeconds = 0.008 }]));
        Assert.Empty(Target.Missed([s_kernel with { Peer = ReportLine.Absent, PeerSeconds = null }]));
    }

    [Fact]
    public void A_part_of_the_limit_below_its_target_is_missed()
    {
        ReportLine step = s_kernel with { Workload = 4, Case = "kernel-streams-1", Peer = "forward" };
        Assert.Empty(Target.Missed([step]));
        Assert.Single(Target.Missed([step with { LimitSeconds = 0.0018 }]));
    }

    [Fact]
    public void More_times_the_peers_time_than_the_target_is_missed()
    {
        ReportLine many = s_kernel with { Workload = 4, Case = "deep-streams-8", Peer = "forward", PeerSeconds = 0.0020 };
        Assert.Empty(Target.Missed([many]));
        Assert.Single(Target.Missed([many with { PeerSeconds = 0.0019 }]));
    }

    [Fact]
    public void Every_target_is_of_a_workload_that_exists() =>
        Assert.Empty(Targets.All.Select(target => target.Workload).Except(ReportRun.Workloads.Select(workload => workload.Number)));
}
