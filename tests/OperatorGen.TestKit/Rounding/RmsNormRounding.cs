using System;
using System.Linq;
using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>
/// Norms by the root mean square of groups of n channels, <c>y = w xhat</c>, <c>xhat = r x</c>, <c>r = 1/sqrt(mean(x^2) + epsilon)</c>.
/// <code>
/// propagated = r sum_j |delta_ij - xhat_i xhat_j / n| e_j               the derivative, exactly
/// remainder  = (r e_i rho + sqrt(n) rho^2) / (1 - rho)^2                half the second derivative along the error
///              rho = r rms(e) bounds the relative change of 1/r = L: along x + t e, |L'| is at most rms(e), and L L'' = rms(e)^2 - L'^2
/// error      = |w_i| (propagated + remainder + (n/2 + 8) u |xhat_i|) + 3 u |y_i|
/// </code>
/// As |xhat_i| is at most sqrt(n) whatever x is, propagated + remainder is never more than 2 sqrt(n). The mean of n squares is within gamma_(n+2), of which
/// the root takes half; epsilon may be rounded where it is stored.
/// </summary>
internal static class RmsNormRounding
{
    public static Approximate Of(RmsNorm norm, Approximate x, double[] value, Arithmetic arithmetic)
    {
        int n = norm.GroupWidth;
        var error = new double[norm.Width];
        for (int first = 0; first < norm.Width; first += n)
        {
            Approximate group = x.Slice(first, n);
            double r = Factor(norm, group.Value), rho = r * Math.Sqrt(group.Error.Sum(e => e * e) / n), largest = Math.Sqrt(n);
            for (int i = 0; i < n; i++)
            {
                double normalised = r * group.Value[i], w = Math.Abs(arithmetic.Stored(norm.Weight.Values[first + i])), propagated = 0;
                for (int j = 0; j < n && rho > 0; j++)
                {
                    propagated += r * Math.Abs((i == j ? 1 : 0) - (normalised * r * group.Value[j] / n)) * group.Error[j];
                }

                double remainder = rho < 1 ? ((r * group.Error[i] * rho) + (largest * rho * rho)) / ((1 - rho) * (1 - rho)) : double.PositiveInfinity;
                double fromInput = Math.Min(propagated + remainder, 2 * largest), size = Math.Abs(normalised) + fromInput;
                error[first + i] = (w * (fromInput + (((n / 2.0) + 11) * arithmetic.Unit * size))) + (arithmetic.Unit * Math.Abs(value[first + i]));
            }
        }

        return new Approximate(value, error);
    }

    /// <summary>With g = w * sensitivity: r (g - xhat mean(g xhat)), of each group.</summary>
    public static double[] Through(RmsNorm norm, double[] x, double[] sensitivity)
    {
        int n = norm.GroupWidth;
        var input = new double[norm.Width];
        for (int first = 0; first < norm.Width; first += n)
        {
            double[] group = x[first..(first + n)], g = [.. group.Select((_, i) => sensitivity[first + i] * norm.Weight.Values[first + i])];
            double r = Factor(norm, group), along = g.Select((value, i) => value * r * group[i]).Average();
            for (int i = 0; i < n; i++)
            {
                input[first + i] = r * (g[i] - (r * group[i] * along));
            }
        }

        return input;
    }

    private static double Factor(RmsNorm norm, double[] group) => 1 / Math.Sqrt((group.Sum(value => value * value) / norm.GroupWidth) + norm.Epsilon);
}
