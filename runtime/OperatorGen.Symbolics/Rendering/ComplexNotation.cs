using System;

namespace OperatorGen.Symbolics;

/// <summary>Complex numbers as <c>(1.5-2i)</c>, in JSON as pairs.</summary>
public sealed class ComplexNotation : CoefficientNotation<ComplexNumber>
{
    /// <summary>Never: the signs are inside the parentheses.</summary>
    public override bool IsNegative(ComplexNumber value) => false;

    /// <inheritdoc/>
    public override ComplexNumber Negate(ComplexNumber value) => -value;

    /// <inheritdoc/>
    public override bool IsOne(ComplexNumber value) => value.Re == 1 && value.Im == 0;

    /// <inheritdoc/>
    public override string Text(ComplexNumber value) =>
        "(" + NumberText.Format(value.Re) + Sign(value.Im) + NumberText.Format(Math.Abs(value.Im)) + "i)";

    /// <inheritdoc/>
    public override string Latex(ComplexNumber value) =>
        @"\left(" + LatexNotation.Number(value.Re) + " " + Sign(value.Im) + " " + LatexNotation.Number(Math.Abs(value.Im)) + @"\,\mathrm{i}\right)";

    /// <inheritdoc/>
    public override string Json(ComplexNumber value) => Pair(value, CoefficientNotation<double>.Default.Json);

    /// <inheritdoc/>
    public override string ExactJson(ComplexNumber value) => Pair(value, CoefficientNotation<double>.Default.ExactJson);

    /// <summary>Reads the pair in parentheses, or a real number.</summary>
    public override bool TryParse(string text, out ComplexNumber value)
    {
        if (NumberText.TryParse(text.AsSpan(), out double real))
        {
            value = real;
            return true;
        }

        value = default;
        if (text.Length < 6 || text[0] != '(' || !text.EndsWith("i)", StringComparison.Ordinal))
        {
            return false;
        }

        // The sign of the imaginary part: the last one that does not belong to an exponent.
        int sign = text.Length - 3;
        while (sign > 1 && (text[sign] is not ('+' or '-') || text[sign - 1] is 'e' or 'E'))
        {
            sign--;
        }

        if (!NumberText.TryParse(text.AsSpan(1, sign - 1), out double re)
            || !NumberText.TryParse(text.AsSpan(sign + 1, text.Length - sign - 3), out double im))
        {
            return false;
        }

        value = new(re, text[sign] == '-' ? -im : im);
        return true;
    }

    private static string Sign(double value) => value < 0 ? "-" : "+";

    private static string Pair(ComplexNumber value, Func<double, string> part) => "[" + part(value.Re) + "," + part(value.Im) + "]";
}
