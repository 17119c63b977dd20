using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Benchmarks.Report.Workloads;
using OperatorGen.Models;

namespace OperatorGen.Benchmarks.Report;

/// <summary>Measures workloads and writes a line for each case and peer, then the targets that are missed.</summary>
internal static class ReportRun
{
    /// <summary>All workloads, by number.</summary>
    public static IReadOnlyList<IWorkload> Workloads { get; } =
    [
        new KernelWorkload(), new LayerWorkload(), new ExampleWorkload(), new StreamWorkload(), new MambaWorkload(), new SmallWorkload(), new DigitsWorkload(), new KindsWorkload(), new DecodingWorkload(),
        new LinearWorkload(),
    ];

    /// <summary>Measures.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="output">Where lines go.</param>
    /// <returns>What was measured.</returns>
    public static IReadOnlyList<ReportLine> Measure(ReportOptions options, TextWriter output)
    {
        List<ReportLine> lines = [];
        foreach (VectorWidth width in options.Widths)
        {
            using var context = new ReportContext(options, width);
            foreach (IWorkload workload in Workloads.Where(workload => options.Workloads.Contains(workload.Number)))
            {
                string[] absent = [.. workload.Architectures.Where(name => ArchitectureCatalog.Find(name) is null)];
                foreach (string name in absent)
                {
                    output.WriteLine(ReportLine.OfAbsent(workload.Number, width, name));
                }

                foreach (ReportLine line in (absent.Length > 0 ? [] : workload.Subjects(context)).SelectMany(subject => context.Measure(workload.Number, subject)))
                {
                    output.WriteLine(line);
                    lines.Add(line);
                }
            }

            foreach (string peer in context.PeerVersions)
            {
                output.WriteLine("# " + peer);
            }
        }

        return lines;
    }

    /// <summary>Measures and judges.</summary>
    /// <returns>The exit code: 1 where a target is missed.</returns>
    public static int Judge(ReportOptions options, TextWriter output)
    {
        string[] missed = [.. Target.Missed(Measure(options, output))];
        foreach (string line in missed)
        {
            output.WriteLine(line);
        }

        return missed.Length > 0 ? 1 : 0;
    }
}
