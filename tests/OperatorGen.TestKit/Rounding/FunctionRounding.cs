using System;
using System.Linq;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using OperatorGen.Reference;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>
/// A decoder function f of an argument x that is known up to e:
/// <code>
/// error = L e + evaluation      L = sup of |f'| over [x - e, x + e], at most min(global bound, |f'(x)| + sup|f''| e)
/// </code>
/// Evaluation: exponential functions are within 3 ulp, that is 6 u |f|, and so are the reference's formulas; but in the reference, and where multiply-add is not fused, the exact GELU
/// is within 6 + x^2 ulp and its tanh form within 6 + 3 |g| ulp, where f = x sigmoid(g) (rounding the exponent is amplified). A polynomial of degree n in Horner's form is within
/// gamma_2n sum |c_k| |x|^k.
/// </summary>
internal static class FunctionRounding
{
    private const double RootTwoOverPi = 0.79788456080286535588;

    private static readonly bool s_fused = Fma.IsSupported || AdvSimd.IsSupported;

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

    /// <summary>f' at a point.</summary>
    public static double Slope(DecoderFunction function, double x)
    {
        double s = DecoderFormulas.Sigmoid(x);
        switch (function.Name)
        {
            case "identity":
                return 1;
            case "relu":
                return x > 0 ? 1 : 0;
            case "sigmoid":
                return s * (1 - s);
            case "tanh":
                return 1 - (Math.Tanh(x) * Math.Tanh(x));
            case "softplus":
                return s;
            case "exp":
                return Math.Exp(x);
            case "silu":
                return s + (x * s * (1 - s));
            case "gelu-erf":
                return (ErrorFunction.Erfc(-x / Math.Sqrt(2)) / 2) + (x * Math.Exp(-x * x / 2) * RootTwoOverPi / 2);
            case "gelu-tanh":
                double sg = DecoderFormulas.Sigmoid(TanhArgument(x));
                double product = sg * (1 - sg);
                return sg + (product == 0 ? 0 : x * product * 2 * RootTwoOverPi * (1 + (3 * 0.044715 * x * x)));
            default:
                return ((PolynomialFunction)function).Coefficients.Select((c, k) => k * c.ToDouble() * Math.Pow(x, Math.Max(k - 1, 0))).Sum();
        }
    }

    /// <summary>An upper bound of |f'| over [x - e, x + e].</summary>
    public static double Lipschitz(DecoderFunction function, double x, double e)
    {
        (double global, double curvature) = function.Name switch
        {
            "identity" or "relu" => (1, double.PositiveInfinity),
            "sigmoid" => (0.25, 0.0963),
            "tanh" => (1, 0.77),
            "softplus" => (1, 0.25),
            "silu" => (1.1, 0.5),
            "gelu-erf" => (1.13, 0.8),
            "gelu-tanh" => (1.13, 0.9),
            _ => (double.PositiveInfinity, double.PositiveInfinity),
        };
        if (function.Name == "exp")
        {
            return Math.Exp(x + e);
        }

        if (function is PolynomialFunction polynomial)
        {
            return polynomial.Coefficients.Select((c, k) => k * Math.Abs(c.ToDouble()) * Math.Pow(Math.Abs(x) + e, Math.Max(k - 1, 0))).Sum();
        }

        return function.Name == "relu" && x + e <= 0 ? 0 : Math.Min(global, Math.Abs(Slope(function, x)) + (curvature * e));
    }

    private static double Evaluation(DecoderFunction function, double argument, double value, Arithmetic arithmetic)
    {
        // A float's error is all that counts beside a reference in double.
        bool magnified = !(arithmetic.Single && s_fused);
        switch (function.Name)
        {
            case "identity" or "relu":
                return 0;
            case "gelu-tanh" when magnified:
                // e^-g falls faster than g grows: the product with the value stays small far out.
                return (2 * (6 + (3 * Math.Abs(TanhArgument(argument)))) * arithmetic.Unit * value) + arithmetic.Underflow;
            case "gelu-erf" when magnified:
                return (2 * (6 + (argument * argument)) * arithmetic.Unit * value) + arithmetic.Underflow;
            default:
                if (function is PolynomialFunction polynomial)
                {
                    double sum = polynomial.Coefficients.Select((c, k) => Math.Abs(c.ToDouble()) * Math.Pow(argument, k)).Sum();
                    return arithmetic.Gamma(2 * Math.Max(1, polynomial.Degree)) * sum;
                }

                return (6 * arithmetic.Unit * value) + arithmetic.Underflow;
        }
    }

    private static double TanhArgument(double x) => 2 * RootTwoOverPi * (x + (0.044715 * x * x * x));
}
