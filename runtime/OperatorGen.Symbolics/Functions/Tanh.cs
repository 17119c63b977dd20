using System;

namespace OperatorGen.Symbolics;

/// <summary>The hyperbolic tangent.</summary>
public sealed class Tanh : DecoderFunction
{
    /// <inheritdoc/>
    public override string Name => "tanh";

    /// <summary>g'(0): g' = 1 - tanh^2 is at most 1.</summary>
    public override double LipschitzBound => 1;

    /// <inheritdoc/>
    public override double Value(double x) => RealMath.Tanh(x);

    /// <inheritdoc/>
    public override Expression Formula(Expression argument) => Eq.Function(ElementaryFunction.HyperbolicTangent, argument);

    /// <summary>The distance to the poles at i pi/2 and -i pi/2.</summary>
    public override double TaylorRadius(double centre) => new ComplexNumber(centre, Math.PI / 2).Magnitude;

    /// <inheritdoc/>
    public override BigRational[] ExactTaylor(int order) => Series<BigRational, RationalRing>(BigRational.Zero, BigRational.One, order);

    /// <summary>The slope at the centre is 1 - tanh^2 = 4 sigma(2x) sigma(-2x), without cancellation.</summary>
    protected override double[] TaylorCoefficients(double centre, int order) => Series<double, DoubleRing>(
        RealMath.Tanh(centre),
        4 * (Logistic.Value(2 * centre) * Logistic.Value(-2 * centre)).High,
        order);

    // t' = 1 - t^2: (k+1) t_(k+1) = -sum of t_i t_(k-i) over 0 <= i <= k, for k > 0.
    private static T[] Series<T, TField>(T value, T slope, int order)
        where TField : struct, IField<T>
    {
        TField field = default;
        var t = new T[order + 1];
        t[0] = value;
        for (int k = 0; k < order; k++)
        {
            T sum = field.Zero;
            for (int i = 0; i <= k; i++)
            {
                sum = field.Add(sum, field.Multiply(t[i], t[k - i]));
            }

            t[k + 1] = k == 0 ? slope : field.Divide(field.Negate(sum), field.FromInteger(k + 1));
        }

        return t;
    }
}
