using System.Text.Json;

namespace OperatorGen.Tool.Reports;

/// <summary>A part of a section: it writes itself into the page and, where it has numbers, into the JSON beside it.</summary>
internal abstract record ReportBlock
{
    /// <summary>Writes the part.</summary>
    /// <param name="page">The page.</param>
    public abstract void Write(HtmlWriter page);

    /// <summary>Writes the part's numbers as members of an object; false where it has none.</summary>
    /// <param name="json">The object; null: it is only asked whether there are numbers.</param>
    public virtual bool WriteNumbers(Utf8JsonWriter? json) => false;
}
