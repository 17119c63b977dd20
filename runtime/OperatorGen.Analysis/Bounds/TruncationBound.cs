namespace OperatorGen.Analysis;

/// <summary>A proven bound, or why there is none.</summary>
/// <param name="Value">The bound; null where none is proven.</param>
/// <param name="Reason">Why there is none; null where there is one.</param>
public sealed record TruncationBound(double? Value, string? Reason)
{
    /// <summary>A proven bound.</summary>
    public static TruncationBound Of(double value) => new(value, null);

    /// <summary>No bound, and why.</summary>
    public static TruncationBound None(string reason) => new(null, reason);
}
