namespace OperatorGen.Symbolics;

/// <summary>The exponential g(x) = e^x. It grows faster than any polynomial, so bounds need a range of arguments that ends on the right.</summary>
public sealed class Exp : DecoderFunction
{
    /// <inheritdoc/>
    public override string Name => "exp";

    /// <summary>Infinite: the slope is e^x itself.</summary>
    public override double LipschitzBound => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Value(double x) => RealMath.Exp(x);

    /// <inheritdoc/>
    public override Expression Formula(Expression argument) => Eq.Exp(argument);

    /// <summary>Infinite: e^x is entire.</summary>
    public override double TaylorRadius(double centre) => double.PositiveInfinity;

    /// <summary>1 / k!.</summary>
    public override BigRational[] ExactTaylor(int order)
    {
        var coefficients = new BigRational[order + 1];
        coefficients[0] = BigRational.One;
        for (int k = 1; k <= order; k++)
        {
            coefficients[k] = coefficients[k - 1] / k;
        }

        return coefficients;
    }

    /// <summary>e^centre / k!.</summary>
    protected override double[] TaylorCoefficients(double centre, int order)
    {
        var coefficients = new double[order + 1];
        coefficients[0] = Value(centre);
        for (int k = 1; k <= order; k++)
        {
            coefficients[k] = coefficients[k - 1] / k;
        }

        return coefficients;
    }
}
