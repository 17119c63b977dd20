using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>The string notation of numbers in attributes and model files.</summary>
public static class InlineText
{
    private const int MaxLength = 1000;

    /// <summary>Reads a rational (<c>1/3</c>, <c>-0.25</c>), taken exactly, or the name of a symbol (<c>alpha</c>).</summary>
    /// <param name="text">The text; at most 1,000 characters.</param>
    /// <param name="value">What it says; 0 where it is neither.</param>
    /// <returns>True where it is one of the two.</returns>
    public static bool TryParseScalar(string? text, out Scalar value)
    {
        value = default;
        return text is { Length: <= MaxLength } && Scalar.TryParse(text, out value);
    }
}
