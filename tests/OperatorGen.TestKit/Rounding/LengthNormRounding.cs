using System;
using System.Linq;
using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>
/// Norms by the length, <c>y = sqrt(n) w xhat</c>, <c>xhat = x / L</c>, <c>L = max(|x|, floor)</c>. With rho = |e| / L, the largest relative change of L:
/// <code>
/// propagated + remainder = sum_j |delta_ij - xhat_i xhat_j| e_j / L + (e_i rho / L + rho^2) / (1 - rho)^2     above the floor, as for root mean squares
///                        = e_i / L                                                                           below it
///                        = (e_i / L + |xhat_i| rho) / (1 - rho)                                              where the error may cross it
/// error = sqrt(n) |w_i| (propagated + remainder + (n/2 + 12) u |xhat_i|)
/// </code>
/// As |xhat_i| is at most 1 whatever x is, propagated + remainder is never more than 2. The product of the weight and the root of the width may be stored.
/// </summary>
internal static class LengthNormRounding
{
    public static Approximate Of(LengthNorm norm, Approximate x, double[] value, Arithmetic arithmetic)
    {
        int n = norm.Width;
        double length = Length(x.Value), reach = Length(x.Error), divisor = Math.Max(length, norm.Floor), rho = reach / divisor;
        var error = new double[n];
        for (int i = 0; i < n; i++)
        {
            double normalised = x.Value[i] / divisor, scale = Math.Sqrt(n) * Math.Abs(arithmetic.Stored(norm.Weight.Values[i])), fromInput;
            if (rho == 0 || length + reach < norm.Floor)
            {
                fromInput = x.Error[i] / divisor;
            }
            else if (rho >= 1)
            {
                fromInput = 2;
            }
            else if (length - reach > norm.Floor)
            {
                double propagated = x.Error.Select((e, j) => e * Math.Abs((i == j ? 1 : 0) - (normalised * x.Value[j] / divisor))).Sum() / divisor;
                fromInput = propagated + (((x.Error[i] * rho / divisor) + (rho * rho)) / ((1 - rho) * (1 - rho)));
            }
            else
            {
                fromInput = ((x.Error[i] / divisor) + (Math.Abs(normalised) * rho)) / (1 - rho);
            }

            fromInput = Math.Min(fromInput, 2);
            error[i] = scale * (fromInput + (((n / 2.0) + 12) * arithmetic.Unit * (Math.Abs(normalised) + fromInput)));
        }

        return new Approximate(value, error);
    }

    /// <summary>With g = sqrt(n) w * sensitivity: (g - xhat (g xhat)) / L above the floor, else g / L.</summary>
    public static double[] Through(LengthNorm norm, double[] x, double[] sensitivity)
    {
        double length = Length(x), divisor = Math.Max(length, norm.Floor);
        double[] g = [.. sensitivity.Select((s, i) => Math.Sqrt(norm.Width) * s * norm.Weight.Values[i])];
        double along = length > norm.Floor ? g.Select((value, i) => value * x[i] / divisor).Sum() : 0;
        return [.. g.Select((value, i) => (value - (x[i] / divisor * along)) / divisor)];
    }

    private static double Length(double[] x) => Math.Sqrt(x.Sum(value => value * value));
}
