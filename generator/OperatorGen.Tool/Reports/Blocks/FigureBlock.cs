using System;
using System.Text.Json;

namespace OperatorGen.Tool.Reports;

/// <summary>A picture with its caption.</summary>
/// <param name="Name">Its name in the JSON.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Caption">How it is read.</param>
/// <param name="Picture">The picture.</param>
internal sealed record FigureBlock(string Name, string Title, string Caption, Picture Picture) : ReportBlock
{
    /// <inheritdoc/>
    public override void Write(HtmlWriter page)
    {
        string id = page.NextFigure();
        page.Raw($"<figure id=\"{id}\" data-figure=\"{HtmlWriter.Text(Name)}\"><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{HtmlWriter.Text(Title)}\">\n")
            .Raw(Picture.Draw(id, Title, Caption)).Raw("</div>\n<figcaption>").Element("strong", Title + ".").Raw(HtmlWriter.Text(Caption)).Raw("</figcaption></figure>\n");
    }

    /// <inheritdoc/>
    public override bool WriteNumbers(Utf8JsonWriter? json)
    {
        if (json is not null)
        {
            json.WriteString("figure", Name);
            json.WriteString("title", Title);
            Picture.WriteNumbers(json);
        }

        return true;
    }
}

/// <summary>What a figure shows: it is drawn from the numbers that it writes.</summary>
internal abstract record Picture
{
    /// <summary>The picture as SVG.</summary>
    /// <param name="id">What tells it from others of a page; null: a file of its own.</param>
    /// <param name="title">For readers that cannot see it: what it shows.</param>
    /// <param name="description">For the same: how it is read.</param>
    public abstract string Draw(string? id, string title, string description);

    /// <summary>Writes the numbers as members of an object.</summary>
    public abstract void WriteNumbers(Utf8JsonWriter json);
}
