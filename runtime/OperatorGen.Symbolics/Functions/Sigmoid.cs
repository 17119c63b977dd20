using System;

namespace OperatorGen.Symbolics;

/// <summary>The logistic function g(x) = sigma(x) = 1 / (1 + e^(-x)).</summary>
public sealed class Sigmoid : DecoderFunction
{
    /// <inheritdoc/>
    public override string Name => "sigmoid";

    /// <summary>g'(0): g' = sigma (1 - sigma) is at most 1/4.</summary>
    public override double LipschitzBound => 0.25;

    /// <inheritdoc/>
    public override double Value(double x) => RealMath.Sigmoid(x);

    /// <inheritdoc/>
    public override Expression Formula(Expression argument) => 1 / (1 + Eq.Exp(-argument));

    /// <inheritdoc/>
    public override double TaylorRadius(double centre) => PoleDistance(centre);

    /// <inheritdoc/>
    public override BigRational[] ExactTaylor(int order) => Logistic.ExactSeries(order);

    /// <summary>The distance to the poles of sigma nearest to a real centre, at i pi and -i pi.</summary>
    internal static double PoleDistance(double centre) => new ComplexNumber(centre, Math.PI).Magnitude;

    /// <inheritdoc/>
    protected override double[] TaylorCoefficients(double centre, int order) => Logistic.Series(centre, order);
}
