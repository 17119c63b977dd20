using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// A proven bound of what an expansion changes: |truncated - exact| of an output, in real arithmetic. Where nothing is proven the value is null and the reason
/// says why; there is never a guessed number.
/// </summary>
/// <param name="Value">The bound; null: none is proven.</param>
/// <param name="Reason">Why none is proven; null where one is.</param>
public sealed record TruncationBound(double? Value, string? Reason)
{
    /// <summary>A proven bound.</summary>
    internal static TruncationBound Of(double value) => new(value, null);

    /// <summary>No bound.</summary>
    internal static TruncationBound None(string reason) => new(null, reason);

    /// <inheritdoc/>
    public override string ToString() => Value is double value ? NumberText.Format(value, 4) : "none: " + Reason;
}
