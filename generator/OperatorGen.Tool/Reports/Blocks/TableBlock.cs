using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace OperatorGen.Tool.Reports;

/// <summary>A table. Cells with numbers are aligned to the right; the numbers are in the JSON in full.</summary>
/// <param name="Name">The table's name in the JSON.</param>
/// <param name="Caption">What it shows and how to read it.</param>
/// <param name="Headings">The columns' headings; the first column has the rows' names.</param>
/// <param name="Rows">The rows.</param>
internal sealed record TableBlock(string Name, string Caption, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<ReportCell>> Rows) : ReportBlock
{
    /// <inheritdoc/>
    public override void Write(HtmlWriter page)
    {
        string id = page.NextFigure();
        page.Element($"p class=\"caption\" id=\"{id}\"", Caption)
            .Raw($"<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"{id}\"><table aria-labelledby=\"{id}\" data-table=\"{HtmlWriter.Text(Name)}\">\n<thead><tr>");
        foreach (string heading in Headings)
        {
            page.Element("th scope=\"col\"", heading);
        }

        page.Raw("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<ReportCell> row in Rows)
        {
            page.Raw("<tr>");
            for (int i = 0; i < row.Count; i++)
            {
                page.Element(i == 0 ? "th scope=\"row\"" : "td" + row[i].Attributes, row[i].Text);
            }

            page.Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }

    /// <inheritdoc/>
    public override bool WriteNumbers(Utf8JsonWriter? json)
    {
        if (json is not null)
        {
            json.WriteString("table", Name);
            json.WriteStartArray("columns");
            Headings.Skip(1).ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.Objects("rows", Rows, row =>
            {
                json.WriteString("name", row[0].Text);
                json.WriteStartArray("values");
                foreach (ReportCell cell in row.Skip(1))
                {
                    cell.WriteTo(json);
                }

                json.WriteEndArray();
            });
        }

        return true;
    }
}
