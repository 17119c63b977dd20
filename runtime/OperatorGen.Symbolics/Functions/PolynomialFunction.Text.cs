using System;

namespace OperatorGen.Symbolics;

/// <content>The name and the formula.</content>
public sealed partial class PolynomialFunction
{
    private const string Head = "polynomial(";

    // The name of a polynomial of the highest degree with coefficients of doubles stays far below this.
    private const int GreatestNameLength = 1 << 16;

    /// <summary>Reads <c>polynomial(0, 1, 1/2)</c>: rational or decimal coefficients, constant first, taken exactly; spaces around them are free.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The polynomial; null where the text is not one, or its degree too high.</returns>
    public static PolynomialFunction? TryParse(string text)
    {
        if (text.Length > GreatestNameLength
            || !text.StartsWith(Head, StringComparison.Ordinal)
            || text[text.Length - 1] != ')')
        {
            return null;
        }

        string[] parts = text.Substring(Head.Length, text.Length - Head.Length - 1).Split(',');
        if (parts.Length > GreatestDegree + 1)
        {
            return null;
        }

        var coefficients = new BigRational[parts.Length];
        for (int k = 0; k < parts.Length; k++)
        {
            if (!BigRational.TryParse(parts[k].Trim(' '), out coefficients[k]))
            {
                return null;
            }
        }

        return new(coefficients);
    }

    /// <inheritdoc/>
    public override Expression Formula(Expression argument) => PolynomialExpressions.Of(_coefficients, argument);
}
