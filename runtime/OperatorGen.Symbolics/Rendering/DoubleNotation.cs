using System;

namespace OperatorGen.Symbolics;

/// <summary>Doubles as the shortest decimals that read back as the same double; exact as hexadecimal floats.</summary>
public sealed class DoubleNotation : CoefficientNotation<double>
{
    /// <inheritdoc/>
    public override Expression Tree(double value) => new DecimalExpression(value);

    /// <inheritdoc/>
    public override string Json(double value) => double.IsNaN(value) || double.IsInfinity(value) ? "null" : NumberText.Format(value);

    /// <inheritdoc/>
    public override string ExactJson(double value) => "\"" + NumberText.FormatHex(value) + "\"";

    /// <inheritdoc/>
    public override bool TryParse(string text, out double value) => NumberText.TryParse(text.AsSpan(), out value);
}
