using System;
using System.Linq;
using OperatorGen.Reference;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>
/// Softmax and its logarithm of n scores x that are known up to e. With m the greatest score, d_i = x_i - m, S = sum_j e^(d_j) &gt;= 1, p_i = e^(d_i) / S:
/// <code>
/// propagated, log   e_i + max e             (log sum e^x moves by at most max e)
/// propagated, else  p_i (e^(e_i + max e) - 1)
/// rho               gamma_n + e^(2 max e) sum_j p_j (|d_j| + 2 max e + 6) u + n tiny     of the sum, relative: one rounding of d_j, which e^ makes one of
///                                                                                       |d_j| u, 2 ulp of the exponential, n additions, what underflows
/// local, log        2 rho + u (|d_i| + 2 max e) + 3 u log S + u |y_i|                     |log(1 + rho)| is at most 2 rho for rho &lt; 1/2
/// local, else       p_i e^(e_i + max e) (u (|d_i| + 2 max e + 8) + 2 rho) + tiny
/// </code>
/// </summary>
internal static class OutputRounding
{
    public static Approximate Of(OutputFunction function, Approximate x, Arithmetic arithmetic)
    {
        if (function == OutputFunction.Scores)
        {
            return x;
        }

        double[] value = OutputFormula.Of(function, x.Value);
        double greatest = x.Value.Max(), largest = x.Error.Max(), u = arithmetic.Unit;
        double[] d = Array.ConvertAll(x.Value, score => greatest - score);
        double sum = d.Sum(distance => Math.Exp(-distance));
        double[] p = Array.ConvertAll(d, distance => Math.Exp(-distance) / sum);
        double rho = arithmetic.Gamma(d.Length) + (d.Length * arithmetic.Underflow)
            + (Math.Exp(2 * largest) * u * p.Zip(d, (share, distance) => share * (distance + (2 * largest) + 6)).Sum());
        var error = new double[d.Length];
        for (int i = 0; i < error.Length; i++)
        {
            double moved = x.Error[i] + largest, distance = d[i] + (2 * largest);
            error[i] = !(rho < 0.5) ? double.PositiveInfinity
                : function == OutputFunction.LogSoftmax ? moved + (2 * rho) + (u * (distance + (3 * Math.Log(sum)) + Math.Abs(value[i])))
                : (p[i] * (Math.Exp(moved) - 1)) + (p[i] * Math.Exp(moved) * ((u * (distance + 8)) + (2 * rho))) + arithmetic.Underflow;
        }

        return new Approximate(value, error);
    }
}
