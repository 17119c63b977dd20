using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// The tanh approximation of the Gaussian error linear unit, a function of its own:
/// g(x) = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) = x sigma(v), v = 2 sqrt(2/pi) (x + 0.044715 x^3).
/// </summary>
public sealed class GeluTanh : DecoderFunction
{
    private const double Cubic = 0.044715;

    // From here on sigma(v) is 0 or 1 in double precision.
    private const double End = 100;

    // 2 sqrt(2/pi) and 2 sqrt(2/pi) 0.044715.
    private static readonly DoubleDouble s_linear = new(1.5957691216057308, -9.96930880911092e-17);
    private static readonly DoubleDouble s_cubic = new(0.07135481627260025, -6.175149918155315e-19);

    /// <inheritdoc/>
    public override string Name => "gelu-tanh";

    /// <summary>g' at 1.41850..., where g'' vanishes.</summary>
    public override double LipschitzBound => 1.128993068658772;

    /// <inheritdoc/>
    public override double Value(double x) => Math.Abs(x) < End ? (x * Logistic.Value(Inner(x))).High : x * (x > 0 ? 1 : 0);

    /// <inheritdoc/>
    public override Expression Formula(Expression argument) => argument / 2 * (1 + Eq.Function(
        ElementaryFunction.HyperbolicTangent,
        Eq.Function(ElementaryFunction.SquareRoot, 2 / Eq.Symbol("pi")) * (argument + (Eq.Number(0.044715) * argument.Power(3)))));

    /// <inheritdoc/>
    public override double TaylorRadius(double centre) => GeluTanhPoles.Distance(centre, Cubic);

    /// <summary>With s = sigma(v(x)): s' = s (1 - s) v', v' a polynomial of degree 2.</summary>
    protected override double[] TaylorCoefficients(double centre, int order)
    {
        var s = new double[order + 1];
        if (Math.Abs(centre) >= End)
        {
            s[0] = centre > 0 ? 1 : 0;
            return Jets.TimesArgument(s, centre, order);
        }

        DoubleDouble v = Inner(centre);
        double[] slope =
        [
            (s_linear + (3 * s_cubic * centre * centre)).High,
            6 * s_cubic.High * centre,
            3 * s_cubic.High,
        ];
        var rate = new double[order + 1];
        s[0] = Logistic.Value(v).High;
        rate[0] = (Logistic.Value(v) * Logistic.Value(-v)).High;
        double tilt = Logistic.Tilt(v.High);
        for (int k = 0; k < order; k++)
        {
            rate[k] = k == 0 ? rate[0] : Logistic.Rate<double, DoubleRing>(s, tilt, k);
            double sum = 0;
            for (int i = 0; i <= Math.Min(k, 2); i++)
            {
                sum += rate[k - i] * slope[i];
            }

            s[k + 1] = sum / (k + 1);
        }

        return Jets.TimesArgument(s, centre, order);
    }

    private static DoubleDouble Inner(double x) => x * (s_linear + (s_cubic * x * x));
}
