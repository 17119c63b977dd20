using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Reports;

/// <summary>A report as one HTML file: no script, nothing from elsewhere.</summary>
internal static class ReportPage
{
    /// <summary>The file's text.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="sections">The sections.</param>
    public static string Render(string title, IReadOnlyList<WrittenSection> sections)
    {
        var page = new HtmlWriter();
        page.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Raw("<link rel=\"icon\" href=\"data:,\">\n")
            .Element("title", title).Raw("<style>\n" + ReportStyle.Text + "</style>\n</head>\n<body>\n<header>").Element("h1", title).Raw("</header>\n<nav aria-label=\"sections\"><ol>\n");
        foreach (WrittenSection section in sections)
        {
            page.Raw("<li>").Element($"a href=\"#{section.Name}\"", section.Title).Raw("</li>\n");
        }

        page.Raw("</ol></nav>\n<main>\n");
        foreach (WrittenSection section in sections)
        {
            page.Raw($"<section id=\"{section.Name}\">\n").Element("h2", section.Title);
            if (section.Obstacle is { } obstacle)
            {
                page.Element("p class=\"note\"", $"Left out: {obstacle}.");
            }

            section.Blocks.ToList().ForEach(block => block.Write(page));
            page.Raw("</section>\n");
        }

        return page.Raw("</main>\n</body>\n</html>\n").ToString();
    }
}
