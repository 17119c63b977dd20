using System;
using System.Linq;
using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>
/// LayerNorm, <c>y = w xhat + b</c>, <c>xhat = r (x - mean)</c>, <c>r = 1/sqrt(var + epsilon)</c>, over n channels, mean and variance in two passes.
/// <code>
/// propagated = |w_i| r sum_j |delta_ij - 1/n - xhat_i xhat_j / n| e_j            the derivative, exactly
/// remainder  = |w_i| (r d_i rho + sqrt(n-1) rho^2) / (1 - rho)^2                 half the second derivative along the error
///              rho = r rms(e) bounds the relative change of 1/r; d_i = e_i (n-1)/n + sum_(j != i) e_j / n that of x_i - mean; |xhat_i| is at most sqrt(n-1)
/// local      = |w_i| (r (m + u |x_i - mean|) + |xhat_i| ((n/2 + 8) u + (r m)^2 / 2)) + u (3 |w_i xhat_i| + |y_i|)
///              m = gamma_(n+1) mean|x| is the rounding of the mean, which shifts every channel; 0 for n = 1
/// </code>
/// As |xhat_i| is at most sqrt(n-1) whatever x is, propagated + remainder is never more than 2 sqrt(n-1) |w_i|.
/// </summary>
internal static class NormRounding
{
    public static Approximate Of(Norm norm, Approximate x, double[] value, Arithmetic arithmetic) => norm switch
    {
        LayerNorm layer => Of(layer, x, value, arithmetic),
        BatchNorm batch => new BatchNormRounding(batch, arithmetic).Of(x, value),
        RmsNorm rms => RmsNormRounding.Of(rms, x, value, arithmetic),
        LengthNorm length => LengthNormRounding.Of(length, x, value, arithmetic),
        _ => throw new NotSupportedException($"There is no rounding bound for a {norm.GetType().Name}."),
    };

    private static Approximate Of(LayerNorm norm, Approximate x, double[] value, Arithmetic arithmetic)
    {
        int n = norm.Width;
        double mean = x.Value.Sum() / n;
        double r = 1 / Math.Sqrt((x.Value.Sum(v => (v - mean) * (v - mean)) / n) + norm.Epsilon);
        double[] normalised = Array.ConvertAll(x.Value, v => (v - mean) * r);
        double rho = r * Math.Sqrt(x.Error.Sum(e => e * e) / n);
        double meanError = x.Error.Sum() / n;
        double largest = Math.Sqrt(n - 1);
        double shift = n == 1 ? 0 : arithmetic.Gamma(n + 1) * Enumerable.Range(0, n).Sum(x.Magnitude) / n;
        double scaleError = (((n / 2.0) + 8) * arithmetic.Unit) + (r * shift * r * shift / 2);
        var error = new double[n];
        for (int i = 0; i < n; i++)
        {
            double w = Math.Abs(arithmetic.Stored(norm.Weight.Values[i]));
            double propagated = 0;
            for (int j = 0; j < n && rho > 0; j++)
            {
                propagated += r * Math.Abs((i == j ? 1 : 0) - (1.0 / n) - (normalised[i] * normalised[j] / n)) * x.Error[j];
            }

            double centredError = (x.Error[i] * (n - 2) / n) + meanError;
            double remainder = rho < 1
                ? ((r * centredError * rho) + (largest * rho * rho)) / ((1 - rho) * (1 - rho))
                : double.PositiveInfinity;
            double fromInput = Math.Min(propagated + remainder, 2 * largest);
            double centred = Math.Abs(normalised[i]) + fromInput;
            double local = (r * shift) + (arithmetic.Unit * centred) + (centred * scaleError);
            error[i] = (w * (fromInput + local)) + (arithmetic.Unit * ((3 * w * centred) + Math.Abs(value[i])));
        }

        return new Approximate(value, error);
    }
}
