using System;
using System.Linq;
using OperatorGen.Reference;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>
/// A decoder function f of an argument x that is known up to e:
/// <code>
/// error = L e + evaluation      L = sup of |f'| over [x - e, x + e], at most min(global bound, |f'(x)| + sup|f''| e)
/// </code>
/// Evaluation: the vector functions are within 4 ulp, that is 8 u |f|; the tanh form of GELU within 6 + 3 |g| ulp, where f = x sigmoid(g)
/// (rounding g is amplified); a polynomial of degree n in Horner's form within gamma_2n sum |c_k| |x|^k.
/// </summary>
internal static class FunctionRounding
{
    private const double RootTwoOverPi = 0.79788456080286535588;

    public static Approximate Of(DecoderFunction function, Approximate x, Arithmetic arithmetic)
    {
        Func<double, double> formula = DecoderFormulas.Of(function, arithmetic.Single ? ReferenceOptions.SingleConstants : ReferenceOptions.Exact);
        double[] value = Array.ConvertAll(x.Value, argument => formula(argument));
        var error = new double[value.Length];
        for (int i = 0; i < error.Length; i++)
        {
            double propagated = x.Error[i] == 0 ? 0 : Lipschitz(function, x.Value[i], x.Error[i]) * x.Error[i];
            error[i] = propagated + Evaluation(function, x.Magnitude(i), Math.Abs(value[i]) + propagated, arithmetic);
        }

        return new Approximate(value, error);
    }

    /// <summary>An upper bound of |f'| over [x - e, x + e].</summary>
    public static double Lipschitz(DecoderFunction function, double x, double e)
    {
        double s = DecoderFormulas.Sigmoid(x);
        switch (function.Name)
        {
            case "identity":
                return 1;
            case "relu":
                return x + e > 0 ? 1 : 0;
            case "sigmoid":
                return Math.Min(0.25, (s * (1 - s)) + (0.0963 * e));
            case "tanh":
                double t = Math.Tanh(x);
                return Math.Min(1, 1 - (t * t) + (0.77 * e));
            case "softplus":
                return Math.Min(1, s + (0.25 * e));
            case "silu":
                return Math.Min(1.1, Math.Abs(s + (x * s * (1 - s))) + (0.5 * e));
            case "gelu-erf":
                double phi = Math.Exp(-x * x / 2) * RootTwoOverPi / 2;
                return Math.Min(1.13, Math.Abs((ErrorFunction.Erfc(-x / Math.Sqrt(2)) / 2) + (x * phi)) + (0.8 * e));
            case "gelu-tanh":
                double sg = DecoderFormulas.Sigmoid(TanhArgument(x));
                double slope = 2 * RootTwoOverPi * (1 + (3 * 0.044715 * x * x));
                double product = sg * (1 - sg);
                return Math.Min(1.13, Math.Abs(sg + (product == 0 ? 0 : x * product * slope)) + (0.9 * e));
            default:
                return ((PolynomialFunction)function).Coefficients.Select((c, k) => k * Math.Abs(c.ToDouble()) * Math.Pow(Math.Abs(x) + e, Math.Max(k - 1, 0))).Sum();
        }
    }

    private static double Evaluation(DecoderFunction function, double argument, double value, Arithmetic arithmetic)
    {
        switch (function.Name)
        {
            case "identity" or "relu":
                return 0;
            case "gelu-tanh":
                // e^-g falls faster than g grows: the product with the value stays small far out.
                return (2 * (6 + (3 * Math.Abs(TanhArgument(argument)))) * arithmetic.Unit * value) + arithmetic.Underflow;
            default:
                if (function is PolynomialFunction polynomial)
                {
                    double sum = polynomial.Coefficients.Select((c, k) => Math.Abs(c.ToDouble()) * Math.Pow(argument, k)).Sum();
                    return arithmetic.Gamma(2 * Math.Max(1, polynomial.Degree)) * sum;
                }

                return (8 * arithmetic.Unit * value) + arithmetic.Underflow;
        }
    }

    private static double TanhArgument(double x) => 2 * RootTwoOverPi * (x + (0.044715 * x * x * x));
}
