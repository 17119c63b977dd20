namespace OperatorGen.Symbolics;

/// <summary>Exact rationals as <c>1/3</c> and <c>\frac{1}{3}</c>.</summary>
public sealed class RationalNotation : CoefficientNotation<BigRational>
{
    /// <inheritdoc/>
    public override Expression Tree(BigRational value) => new NumberExpression(value);

    /// <summary>The nearest double.</summary>
    public override string Json(BigRational value) => CoefficientNotation<double>.Default.Json(value.ToDouble());

    /// <inheritdoc/>
    public override string ExactJson(BigRational value) => "\"" + value.ToString() + "\"";

    /// <inheritdoc/>
    public override bool TryParse(string text, out BigRational value) => BigRational.TryParse(text, out value);
}
