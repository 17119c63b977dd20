using System;
using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>
/// A BatchNorm as the stored map <c>y = f x + s</c>, <c>f = w / sqrt(var + epsilon)</c>, <c>s = b - mean f</c>:
/// <code>
/// error = |f| e + e_f (|x| + e) + e_s + gamma_2 (|f x| + |s|)
/// </code>
/// Two computations of f in double differ by at most 8 units of roundoff each way (a sum, a root, a division), of s by two roundings more, relative to
/// |b| + |mean f|; e_f and e_s are what that can make of the stored constants.
/// </summary>
internal static class BatchNormRounding
{
    private const double DoubleUnits = 10.0 / (1L << 53);

    public static Approximate Of(BatchNorm norm, Approximate x, double[] value, Arithmetic arithmetic)
    {
        var error = new double[norm.Width];
        for (int c = 0; c < error.Length; c++)
        {
            double factor = Factor(norm, c), bias = norm.Bias?.Values[c] ?? 0, mean = norm.Mean.Values[c];
            double summand = bias - (mean * factor);
            double factorError = arithmetic.ConstantError(factor, DoubleUnits * Math.Abs(factor));
            double summandError = arithmetic.ConstantError(summand, DoubleUnits * (Math.Abs(bias) + Math.Abs(mean * factor)));
            factor = Math.Abs(arithmetic.Stored(factor));
            summand = Math.Abs(arithmetic.Stored(summand));
            error[c] = (factor * x.Error[c]) + (factorError * x.Magnitude(c)) + summandError + (arithmetic.Gamma(2) * ((factor * x.Magnitude(c)) + summand));
        }

        return new Approximate(value, error);
    }

    /// <summary>f of a channel.</summary>
    public static double Factor(BatchNorm norm, int channel) =>
        (norm.Weight?.Values[channel] ?? 1) / Math.Sqrt(norm.Variance.Values[channel] + norm.Epsilon);
}
