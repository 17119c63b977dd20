using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Counts with their nouns, for people: <c>1 term</c>, <c>2 terms</c>.</summary>
public static class CountText
{
    /// <summary>The count and the noun, which takes an s unless the count is 1.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">The noun, for one.</param>
    public static string Of(long count, string noun) => $"{NumberText.Format(count)} {noun}{(count == 1 ? "" : "s")}";
}
