using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Benchmarks.Report;
using Xunit;

namespace OperatorGen.Benchmarks.Tests;

/// <summary>Every workload in small, each contender once: the values are compared, the times are not.</summary>
public sealed class WorkloadTests
{
    private static readonly Lazy<(IReadOnlyList<ReportLine> Lines, string Output)>[] s_runs = [.. ReportRun.Workloads.Select(workload => new Lazy<(IReadOnlyList<ReportLine>, string)>(() => Run(workload.Number)))];

    public static TheoryData<int> Workloads => [.. ReportRun.Workloads.Select(workload => workload.Number)];

    [Fact]
    public void Workloads_have_the_numbers_1_to_10() => Assert.Equal(Enumerable.Range(1, 10), ReportRun.Workloads.Select(workload => workload.Number));

    [Theory]
    [MemberData(nameof(Workloads))]
    public void A_workload_runs_and_agrees_with_the_reference(int number)
    {
        (IReadOnlyList<ReportLine> lines, string output) = s_runs[number - 1].Value;
        Assert.NotEmpty(lines);
        Assert.Equal(lines.Select(line => line.ToString()), output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'));
        Assert.All(lines, line =>
        {
            Assert.Equal(number, line.Workload);
            Assert.True(line.Seconds > 0 && line.LimitSeconds > 0 && line.Flops > 0, line.ToString());

            // An error of exactly 0 would mean that the reference was compared with itself: it is in double precision.
            Assert.InRange(line.Error, double.Epsilon, Agreement.Tolerance);
        });
    }

    [Theory]
    [InlineData(1, "onnx-scan", "onnx-dft", "onnx-conv")]
    [InlineData(2, "onnx-scan", "onnx-dft", "onnx-conv")]
    [InlineData(4, "forward")]
    [InlineData(6, "scalar")]
    public void A_workload_is_compared_with_its_peers(int number, params string[] peers) =>
        Assert.Empty(peers.Except(Peers(number)));

    [SkippableTheory]
    [InlineData(1, "pytorch-vandermonde", "pytorch-kernel", "pytorch-spectrum")]
    [InlineData(2, "pytorch-vandermonde", "pytorch-kernel", "pytorch-spectrum", "pytorch-decoder")]
    [InlineData(3, "pytorch-vandermonde", "pytorch-spectrum")]
    public void A_workload_is_compared_with_PyTorch_where_it_is(int number, params string[] peers)
    {
        Skip.If(s_runs[number - 1].Value.Lines.Any(line => line.Peer == ReportLine.Absent), "There is no Python with torch here (Debian: python3-torch).");
        Assert.Empty(peers.Except(Peers(number)));
    }

    [Fact]
    public void A_peer_of_other_values_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => Agreement.Demand("It", Agreement.Error([1, 2.01f], [1, 2])));

    [Fact]
    public void A_peer_of_no_numbers_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => Agreement.Demand("It", Agreement.Error([1, float.NaN], [1, 2])));

    [Fact]
    public void Many_streams_are_independent()
    {
        CompiledModel compiled = new(BenchmarkModels.Kernel(BenchmarkModels.ChannelModes(3, 2, new Random(1))));
        StreamSet together = new(compiled, 2);
        together.Step(VectorWidth.Bits128);
        together.Step(VectorWidth.Bits128);
        SequenceState<float> alone = compiled.Generated.CreateState();
        var output = new float[3];
        compiled.Generated.Step(together.Sample(1), output, alone, VectorWidth.Bits128);
        compiled.Generated.Step(together.Sample(1), output, alone, VectorWidth.Bits128);
        Assert.Equal(output, together.Outputs[3..]);
    }

    private static (IReadOnlyList<ReportLine> Lines, string Output) Run(int number)
    {
        var output = new StringWriter();
        return (ReportRun.Measure(new ReportOptions([number], [VectorWidth.Bits128], 0) { Small = true, Pin = false }, output), output.ToString());
    }

    private static IEnumerable<string> Peers(int number) => s_runs[number - 1].Value.Lines.Where(line => line.Ratio > 0).Select(line => line.Peer);
}
