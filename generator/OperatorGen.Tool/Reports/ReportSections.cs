using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Reports;

/// <summary>The sections of a report, in their order.</summary>
internal static class ReportSections
{
    /// <summary>All sections of a model.</summary>
    public static IReadOnlyList<IReportSection> All { get; } =
    [
        new ModelSection(),
        new AccuracySection(),
        new OperatorSection(),
        new EigenvalueSection(),
        new KernelSection(),
        new RingSection(),
        new ReadoutSection(),
        new StudySection(),
        new DecisionSection(),
    ];

    /// <summary>What the sections show.</summary>
    /// <param name="terminal">Where progress is shown.</param>
    /// <param name="subject">What the report is about.</param>
    public static IReadOnlyList<WrittenSection> Of(Terminal terminal, ReportSubject subject)
    {
        var written = new List<WrittenSection>();
        terminal.ForEach([.. All], section => section.Title, section => written.Add(section.Obstacle(subject) is { } obstacle
            ? new WrittenSection(section.Name, section.Title, [], obstacle)
            : new WrittenSection(section.Name, section.Title, [.. section.Blocks(subject)], null)));
        return written;
    }
}

/// <summary>A section that is made.</summary>
/// <param name="Name">Its name in links and in the JSON.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Blocks">What it shows.</param>
/// <param name="Obstacle">Why it shows nothing; null where it shows something.</param>
internal sealed record WrittenSection(string Name, string Title, IReadOnlyList<ReportBlock> Blocks, string? Obstacle);
