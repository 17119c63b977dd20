namespace OperatorGen.Symbolics;

/// <summary>g(x) = x.</summary>
public sealed class Identity : DecoderFunction
{
    /// <inheritdoc/>
    public override string Name => "identity";

    /// <inheritdoc/>
    public override bool IsPolynomial => true;

    /// <inheritdoc/>
    public override double LipschitzBound => 1;

    /// <inheritdoc/>
    public override double Value(double x) => x;

    /// <inheritdoc/>
    public override Expression Formula(Expression argument) => argument;

    /// <inheritdoc/>
    public override double TaylorRadius(double centre) => double.PositiveInfinity;

    /// <inheritdoc/>
    public override BigRational[] ExactTaylor(int order)
    {
        var coefficients = new BigRational[order + 1];
        if (order > 0)
        {
            coefficients[1] = BigRational.One;
        }

        return coefficients;
    }

    /// <inheritdoc/>
    protected override double[] TaylorCoefficients(double centre, int order)
    {
        var coefficients = new double[order + 1];
        coefficients[0] = centre;
        if (order > 0)
        {
            coefficients[1] = 1;
        }

        return coefficients;
    }
}
