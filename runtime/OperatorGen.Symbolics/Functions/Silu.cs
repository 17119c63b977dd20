using System;

namespace OperatorGen.Symbolics;

/// <summary>The sigmoid linear unit, also called swish: g(x) = x sigma(x) = x / (1 + e^(-x)).</summary>
public sealed class Silu : DecoderFunction
{
    // From here on sigma is 1, or below the least positive double.
    private const double End = 800;

    /// <inheritdoc/>
    public override string Name => "silu";

    /// <summary>g' at 2.39935..., where g'' vanishes.</summary>
    public override double LipschitzBound => 1.0998393201288671;

    /// <inheritdoc/>
    public override double Value(double x) => Math.Abs(x) < End ? (x * Logistic.Value(x)).High : x * (x > 0 ? 1 : 0);

    /// <inheritdoc/>
    public override Expression Formula(Expression argument) => argument / (1 + Eq.Exp(-argument));

    /// <inheritdoc/>
    public override double TaylorRadius(double centre) => Sigmoid.PoleDistance(centre);

    /// <inheritdoc/>
    public override BigRational[] ExactTaylor(int order)
    {
        BigRational[] sigmoid = Logistic.ExactSeries(order);
        var coefficients = new BigRational[order + 1];
        for (int k = 1; k <= order; k++)
        {
            coefficients[k] = sigmoid[k - 1];
        }

        return coefficients;
    }

    /// <inheritdoc/>
    protected override double[] TaylorCoefficients(double centre, int order) =>
        Jets.TimesArgument(Logistic.Series(centre, order), centre, order);
}
