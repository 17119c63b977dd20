namespace OperatorGen.Tool.Reports;

/// <summary>A paragraph.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsNote">Whether it is set as a remark.</param>
internal sealed record TextBlock(string Text, bool IsNote = false) : ReportBlock
{
    /// <inheritdoc/>
    public override void Write(HtmlWriter page) => page.Element(IsNote ? "p class=\"note\"" : "p", Text);
}

/// <summary>A heading within a section.</summary>
/// <param name="Text">Its text.</param>
internal sealed record HeadingBlock(string Text) : ReportBlock
{
    /// <inheritdoc/>
    public override void Write(HtmlWriter page) => page.Element("h3", Text);
}

/// <summary>Markup that the tool has made itself.</summary>
/// <param name="Markup">The markup.</param>
internal sealed record MarkupBlock(string Markup) : ReportBlock
{
    /// <inheritdoc/>
    public override void Write(HtmlWriter page) => page.Raw(Markup);
}
