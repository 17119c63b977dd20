namespace OperatorGen.Symbolics;

/// <summary>
/// g(x) = log(1 + e^x). Torch returns x itself for x > 20; the difference, at most e^(-20) = 2.1e-9, is less than 1 ulp of a float there.
/// </summary>
public sealed class Softplus : DecoderFunction
{
    /// <inheritdoc/>
    public override string Name => "softplus";

    /// <summary>The limit of g' = sigma at infinity.</summary>
    public override double LipschitzBound => 1;

    /// <inheritdoc/>
    public override double Value(double x) => RealMath.Softplus(x);

    /// <inheritdoc/>
    public override Expression Formula(Expression argument) => Eq.Log(1 + Eq.Exp(argument));

    /// <inheritdoc/>
    public override double TaylorRadius(double centre) => Sigmoid.PoleDistance(centre);

    /// <summary>From g' = sigma.</summary>
    protected override double[] TaylorCoefficients(double centre, int order)
    {
        double[] sigmoid = Logistic.Series(centre, order);
        var coefficients = new double[order + 1];
        coefficients[0] = Value(centre);
        for (int k = 1; k <= order; k++)
        {
            coefficients[k] = sigmoid[k - 1] / k;
        }

        return coefficients;
    }
}
