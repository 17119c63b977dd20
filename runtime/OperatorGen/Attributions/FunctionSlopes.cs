using System;
using System.Numerics.Tensors;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// The derivatives of decoder functions, within some 1e-15 of the greatest slope. A rectifier has 1/2 at its corner.
/// </summary>
internal static class FunctionSlopes
{
    private const double SquareRootOf2Pi = 2.5066282746310002;

    // 2 sqrt(2/pi) and its cubic coefficient, of gelu-tanh: g = x sigma(v), v = linear x + cubic x^3.
    private const double Linear = 1.5957691216057308;
    private const double Cubic = 0.044715 * Linear;

    // From here on the slopes of gelu-tanh are 0 and 1 in double.
    private const double Far = 100;

    /// <summary>y = g'(x).</summary>
    /// <param name="function">g.</param>
    /// <param name="x">The arguments.</param>
    /// <param name="y">Room for as many slopes; not x.</param>
    public static void Apply(DecoderFunction function, ReadOnlySpan<double> x, Span<double> y)
    {
        switch (function.Name)
        {
            case "identity":
                y.Fill(1);
                break;
            case "gelu-erf":
                Gelu(x, y); // g' = Phi(x) + x phi(x), Phi = g / x
                break;
            case "gelu-tanh":
                GeluTanh(x, y);
                break;
            case "silu":
                FunctionValues.Apply(DecoderFunctions.Sigmoid, x, y);
                for (int i = 0; i < x.Length; i++)
                {
                    y[i] += x[i] * y[i] * (1 - y[i]);
                }

                break;
            case "sigmoid":
                FunctionValues.Apply(DecoderFunctions.Sigmoid, x, y);
                for (int i = 0; i < x.Length; i++)
                {
                    y[i] *= 1 - y[i];
                }

                break;
            case "tanh":
                FunctionValues.Apply(DecoderFunctions.Tanh, x, y);
                for (int i = 0; i < x.Length; i++)
                {
                    y[i] = 1 - (y[i] * y[i]);
                }

                break;
            case "softplus":
                FunctionValues.Apply(DecoderFunctions.Sigmoid, x, y);
                break;
            case "exp":
                FunctionValues.Apply(function, x, y);
                break;
            case "relu":
                for (int i = 0; i < x.Length; i++)
                {
                    y[i] = x[i] == 0 ? 0.5 : x[i] > 0 ? 1 : 0;
                }

                break;
            case var _ when function is PolynomialFunction polynomial:
                Polynomial(polynomial, x, y);
                break;
            default:
                throw new ArgumentException($"The decoder function {function.Name} has no derivative here.", nameof(function));
        }
    }

    private static void Polynomial(PolynomialFunction function, ReadOnlySpan<double> x, Span<double> y)
    {
        double[] coefficients = function.Taylor(0, function.Degree);
        for (int i = 0; i < x.Length; i++)
        {
            double slope = 0;
            for (int k = coefficients.Length - 1; k > 0; k--)
            {
                slope = (slope * x[i]) + (k * coefficients[k]);
            }

            y[i] = slope;
        }
    }

    private static void Gelu(ReadOnlySpan<double> x, Span<double> y)
    {
        FunctionValues.Apply(DecoderFunctions.GeluErf, x, y);
        double[] density = new double[x.Length];
        TensorPrimitives.Multiply(x, x, density);
        TensorPrimitives.Multiply(density, -0.5, density);
        TensorPrimitives.Exp<double>(density, density);
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] == 0 ? 0.5 : (y[i] / x[i]) + (x[i] * density[i] / SquareRootOf2Pi);
        }
    }

    private static void GeluTanh(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] * (Linear + (Cubic * x[i] * x[i]));
        }

        FunctionValues.Apply(DecoderFunctions.Sigmoid, y, y);
        for (int i = 0; i < x.Length; i++)
        {
            double slope = x[i] * (Linear + (3 * Cubic * x[i] * x[i])); // x v'
            y[i] = Math.Abs(x[i]) < Far ? y[i] + (slope * y[i] * (1 - y[i])) : y[i];
        }
    }
}
