using System;

namespace OperatorGen.Symbolics;

/// <summary>Doubles as the shortest decimals that read back as the same double; exact as hexadecimal floats.</summary>
public sealed class DoubleNotation : CoefficientNotation<double>
{
    /// <inheritdoc/>
    public override bool IsNegative(double value) => value < 0;

    /// <inheritdoc/>
    public override double Negate(double value) => -value;

    /// <inheritdoc/>
    public override bool IsOne(double value) => value == 1;

    /// <inheritdoc/>
    public override string Text(double value) => NumberText.Format(value);

    /// <inheritdoc/>
    public override string Latex(double value) => LatexNotation.Number(value);

    /// <inheritdoc/>
    public override string Json(double value) => double.IsNaN(value) || double.IsInfinity(value) ? "null" : NumberText.Format(value);

    /// <inheritdoc/>
    public override string ExactJson(double value) => "\"" + NumberText.FormatHex(value) + "\"";

    /// <inheritdoc/>
    public override bool TryParse(string text, out double value) => NumberText.TryParse(text.AsSpan(), out value);
}
