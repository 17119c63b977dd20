using System.Collections.Generic;

namespace OperatorGen.Tool.Reports;

/// <summary>A section of a report. Each decides by itself whether a model and its data have what it shows.</summary>
internal interface IReportSection
{
    /// <summary>Its name in links and in the JSON.</summary>
    string Name { get; }

    /// <summary>Its heading.</summary>
    string Title { get; }

    /// <summary>Why there is nothing to show, a sentence without its full stop; null where there is something.</summary>
    /// <param name="subject">What the report is about.</param>
    string? Obstacle(ReportSubject subject);

    /// <summary>What is shown.</summary>
    /// <param name="subject">What the report is about; the section has no obstacle there.</param>
    IEnumerable<ReportBlock> Blocks(ReportSubject subject);
}
