using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Benchmarks.Report.Peers;

namespace OperatorGen.Benchmarks.Report;

/// <summary>What the cases of a report share: options, the vector width, a folder for files, PyTorch.</summary>
internal sealed class ReportContext(ReportOptions options, VectorWidth width) : IDisposable
{
    private readonly Lazy<PyTorchPeer?> _one = new(() => PyTorchPeer.Start(1, width));
    private readonly Lazy<PyTorchPeer?> _all = new(() => PyTorchPeer.Start(Environment.ProcessorCount, width));
    private readonly Lazy<string> _folder = new(() => Directory.CreateTempSubdirectory("operatorgen-report").FullName);

    private readonly List<IDisposable> _kept = [];

    /// <summary>The vector width.</summary>
    public VectorWidth Width => width;

    /// <summary>Whether the sizes are those of a test.</summary>
    public bool Small => options.Small;

    /// <summary>A folder that lasts as long as this.</summary>
    public string Folder => _folder.Value;

    /// <summary>PyTorch on one core or on all; null where there is none.</summary>
    /// <param name="allCores">Whether it may use all cores.</param>
    public PyTorchPeer? PyTorch(bool allCores)
    {
        using Pinning? pinning = Pin(allCores);
        return (allCores ? _all : _one).Value;
    }

    /// <summary>What is to be known of the peers that took part.</summary>
    public IEnumerable<string> PeerVersions =>
        new[] { _one, _all }.Where(peer => peer.IsValueCreated).Select(peer => peer.Value?.Version).OfType<string>().Concat(_kept.OfType<OnnxSession>().Select(_ => OnnxSession.Version).Distinct());

    /// <summary>Disposes of something with this.</summary>
    public void Keep(IDisposable disposable) => _kept.Add(disposable);

    /// <summary>Times a case.</summary>
    /// <param name="workload">The workload's number.</param>
    /// <param name="subject">The case.</param>
    /// <returns>A line for each peer, at least one.</returns>
    public IEnumerable<ReportLine> Measure(int workload, Subject subject)
    {
        using Pinning? pinning = Pin(subject.AllCores);
        Contender[] present = [.. subject.Peers.OfType<Contender>()];
        double[] medians = RoundRobin.Medians([subject.Ours, subject.Limit.Contender, .. present], options.Seconds);
        ReportLine Line(string peer, double? seconds) =>
            new(workload, width, subject.Case, medians[0], subject.Flops, subject.Limit.Name, medians[1], peer, seconds, subject.Error);
        List<ReportLine> lines = [.. present.Select((peer, i) => Line(peer.Name, medians[i + 2]))];
        if (subject.Peers.Contains(null))
        {
            lines.Add(Line(ReportLine.Absent, null));
        }

        return lines.Count == 0 ? [Line(ReportLine.NoPeer, null)] : lines;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _kept.ForEach(each => each.Dispose());
        foreach (Lazy<PyTorchPeer?> peer in new[] { _one, _all }.Where(peer => peer.IsValueCreated))
        {
            peer.Value?.Dispose();
        }

        if (_folder.IsValueCreated)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private Pinning? Pin(bool allCores) => options.Pin && !allCores ? new Pinning() : null;
}
