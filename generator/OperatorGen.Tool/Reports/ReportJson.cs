using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Reports;

/// <summary>The numbers of a report, of which its pictures and tables are made; docs/report.md describes it.</summary>
internal static class ReportJson
{
    /// <summary>The file's text.</summary>
    /// <param name="subject">What the report is about.</param>
    /// <param name="sections">The sections.</param>
    public static string Render(ReportSubject subject, IReadOnlyList<WrittenSection> sections) => JsonDocumentText.Of(json =>
    {
        json.WriteString("format", "operatorgen-report/1");
        json.WriteString("model", subject.Name);
        if (subject.Data is { } data)
        {
            json.WriteStartObject("data");
            json.WriteString("name", data.Name);
            json.WriteString("split", data.Split);
            json.WriteString("sha256", data.Hash);
            json.WriteEndObject();
        }

        json.Objects("sections", sections, section =>
        {
            json.WriteString("name", section.Name);
            json.WriteString("left_out", section.Obstacle);
            json.Objects("numbers", section.Blocks.Where(block => block.WriteNumbers(null)), block => block.WriteNumbers(json));
        });
    });
}
