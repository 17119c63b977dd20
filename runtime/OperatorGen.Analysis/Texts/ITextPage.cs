using System.Collections.Generic;

namespace OperatorGen.Analysis;

/// <summary>Where text for people is written: lines and tables of limited width.</summary>
internal interface ITextPage
{
    /// <summary>Writes a line; one that is too long is broken at blanks.</summary>
    /// <param name="text">The text; empty for an empty line.</param>
    void Line(string text);

    /// <summary>Writes a table.</summary>
    /// <param name="headings">The columns' headings.</param>
    /// <param name="rows">One text per column each; hidden characters are escaped.</param>
    void Table(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows);
}
