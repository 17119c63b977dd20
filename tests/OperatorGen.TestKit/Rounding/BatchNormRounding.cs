using System;
using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>
/// BatchNorm as the affine map that code evaluates, <c>y = f x + g</c>, <c>f = weight / sqrt(variance + epsilon)</c>, <c>g = bias - mean f</c>:
/// <code>
/// error = |f| e + gamma_2 (|f| |x| + |g|) + e_f |x| + e_g
/// </code>
/// e_f and e_g are how far another computation of the constants in double can lie away: some ulp of |f|, and of |bias| + |mean f|.
/// </summary>
internal sealed class BatchNormRounding(BatchNorm norm, Arithmetic arithmetic)
{
    private const double DoubleUlps = 8.0 / (1L << 52);

    public Approximate Of(Approximate x, double[] value)
    {
        var error = new double[norm.Width];
        for (int c = 0; c < error.Length; c++)
        {
            double f = ExactFactor(c), shift = norm.Mean.Values[c] * f, bias = norm.Bias?.Values[c] ?? 0, g = bias - shift;
            double factorError = arithmetic.ConstantError(f, DoubleUlps * Math.Abs(f)), summandError = arithmetic.ConstantError(g, DoubleUlps * (Math.Abs(bias) + Math.Abs(shift)));
            double size = Math.Abs(Factor(c));
            error[c] = (size * x.Error[c]) + (factorError * x.Magnitude(c)) + summandError
                + (arithmetic.Gamma(2) * ((size * x.Magnitude(c)) + Math.Abs(arithmetic.Stored(g))));
        }

        return new Approximate(value, error);
    }

    /// <summary>f as stored.</summary>
    public double Factor(int channel) => arithmetic.Stored(ExactFactor(channel));

    private double ExactFactor(int channel) => (norm.Weight?.Values[channel] ?? 1) / Math.Sqrt(norm.Variance.Values[channel] + norm.Epsilon);
}
