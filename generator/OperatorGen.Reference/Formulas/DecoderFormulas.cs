using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Reference;

/// <summary>The decoder functions by their formulas, chosen by name (docs/operator.md has the table); none of their own code is called.</summary>
public static class DecoderFormulas
{
    /// <summary>The formula of a decoder function.</summary>
    /// <param name="function">The function; only its name, or a polynomial's coefficients, are read.</param>
    /// <param name="options">How a polynomial's coefficients are stored; null: as doubles.</param>
    /// <exception cref="NotSupportedException">The reference has no formula of that name.</exception>
    public static Func<double, double> Of(DecoderFunction function, ReferenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (function is PolynomialFunction polynomial)
        {
            double[] coefficients = [.. polynomial.Coefficients.Select(c => (options ?? ReferenceOptions.Exact).Stored(c.ToDouble()))];
            return x => Polynomial(coefficients, x);
        }

        return function.Name switch
        {
            "identity" => x => x,
            "gelu-erf" => GeluErf,
            "gelu-tanh" => GeluTanh,
            "silu" => Silu,
            "sigmoid" => Sigmoid,
            "tanh" => Math.Tanh,
            "softplus" => Softplus,
            "relu" => Relu,
            "exp" => Math.Exp,
            string name => throw new NotSupportedException($"The reference has no formula for the decoder function '{name}'."),
        };
    }

    /// <summary><c>x/2 (1 + erf(x/sqrt 2))</c>, with erfc(-z) for 1 + erf z, which keeps its digits for negative x.</summary>
    public static double GeluErf(double x) => x / 2 * ErrorFunction.Erfc(-x / Math.Sqrt(2));

    /// <summary><c>x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))</c>, with 2 sigmoid(2 z) for 1 + tanh z.</summary>
    public static double GeluTanh(double x) => x * Sigmoid(2 * Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)));

    /// <summary><c>x sigmoid(x)</c>.</summary>
    public static double Silu(double x) => x * Sigmoid(x);

    /// <summary><c>1 / (1 + e^-x)</c>.</summary>
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary><c>log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)</c>.</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    /// <summary><c>max(x, 0)</c>; not a number stays so.</summary>
    public static double Relu(double x) => Math.Max(x, 0);

    /// <summary><c>c_0 + x (c_1 + x (c_2 + ...))</c>.</summary>
    private static double Polynomial(double[] coefficients, double x)
    {
        double sum = 0;
        for (int k = coefficients.Length - 1; k >= 0; k--)
        {
            sum = coefficients[k] + (x * sum);
        }

        return sum;
    }

    /// <summary><c>log(1 + y) = 2 artanh(y / (2 + y)) = 2 sum_{n>=0} r^(2n+1) / (2n+1)</c>, r = y / (2 + y), for y in [0, 1].</summary>
    private static double LogOnePlus(double y)
    {
        double r = y / (2 + y);
        double power = r;
        double sum = r;
        for (int n = 1; n < 20; n++)
        {
            power *= r * r;
            sum += power / ((2 * n) + 1);
        }

        return 2 * sum;
    }
}
