using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// The exact Gaussian error linear unit g(x) = x/2 (1 + erf(x / sqrt 2)) = x Phi(x) (Hendrycks and Gimpel 2016, arXiv:1606.08415).
/// An entire function.
/// </summary>
public sealed class GeluErf : DecoderFunction
{
    /// <inheritdoc/>
    public override string Name => "gelu-erf";

    /// <summary>g'(sqrt 2), where g'' = phi (2 - x^2) vanishes.</summary>
    public override double LipschitzBound => 1.1289041451851549;

    /// <inheritdoc/>
    public override double Value(double x) => Math.Abs(x) < NormalDistribution.End
        ? (x * NormalDistribution.Cumulative(x)).High
        : x * (x > 0 ? 1 : 0);

    /// <inheritdoc/>
    public override Expression Formula(Expression argument) => argument / 2 * (1 + Eq.Function(ElementaryFunction.ErrorFunction, argument / Eq.Function(ElementaryFunction.SquareRoot, 2)));

    /// <inheritdoc/>
    public override double TaylorRadius(double centre) => double.PositiveInfinity;

    /// <summary>From Phi' = phi and phi' = -x phi.</summary>
    protected override double[] TaylorCoefficients(double centre, int order)
    {
        var density = new double[order + 2];
        var cumulative = new double[order + 2];
        density[0] = NormalDistribution.Density(centre).High;
        cumulative[0] = NormalDistribution.Cumulative(centre).High;
        for (int k = 0; k <= order; k++)
        {
            double previous = k == 0 ? 0 : density[k - 1];
            density[k + 1] = -((centre * density[k]) + previous) / (k + 1);
            cumulative[k + 1] = density[k] / (k + 1);
        }

        return Jets.TimesArgument(cumulative, centre, order);
    }
}
