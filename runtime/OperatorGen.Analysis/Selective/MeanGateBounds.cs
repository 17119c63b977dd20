using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// How far the expansion about a centre is from the exact state, for every input whose gates lie in a range. With the decay M = -Re(r c) and the deviation
/// d = max |r (g - c)|, the input of tau steps ago counts e^(-M tau) R_p(r W), |r W| at most d tau, so that
/// <code>
/// |s - sum_(k &lt;= p) z_k| &lt;= max |X| sum_tau e^(-M tau) (e^(d tau) - sum_(k &lt;= p) (d tau)^k / k!) = max |X| sum_tau e^(-(M - d) tau) Pr[Poisson(d tau) > p]
/// </code>
/// docs/selective.md has the proof. The sum over all times is finite where d &lt; M.
/// </summary>
public static class MeanGateBounds
{
    /// <summary>The greatest order of an expansion.</summary>
    public const int GreatestOrder = 64;

    // Lags below this number are summed one by one; further ones in blocks that are this part of the lag long.
    private const int BlockPart = 256;

    // What the closing of a sum may add; and above all roundings that are not bounded elsewhere: of sums of fewer than 2^22 terms, 2^-31 of them.
    private const double Slack = 1.0 / (1 << 30);

    /// <summary>
    /// The bound of the orders 0 to p, from above. A block of lags is bounded by the Poisson tail at its end, which exceeds the sum by less than the factor
    /// (1 + 1/256)^(p + 1), and by nothing in the first 256 steps. Where the tails are 1, or the rest is negligible, the sum is closed as a geometric one.
    /// </summary>
    /// <param name="gate">The centre and the rate.</param>
    /// <param name="range">Where the gates lie.</param>
    /// <param name="largest">The greatest |X_t|, and |s| before the first step.</param>
    /// <param name="order">p, 0 to <see cref="GreatestOrder"/>.</param>
    /// <param name="lags">The number of inputs that a state may hold: of a sequence its steps, one more with a state before it; null: any number.</param>
    /// <returns>[order]; infinite where the sum is not finite, or a gate of the range closes completely.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The order is none of these.</exception>
    public static double[] OfRange(MeanGate gate, GateRange range, double largest, int order, long? lags)
    {
        CheckOrder(order);
        double deviation = gate.Deviation(range);
        double[] sums = double.IsPositiveInfinity(deviation)
            ? [.. Enumerable.Repeat(double.PositiveInfinity, order + 1)]
            : Sums(gate.Decay, deviation, order, lags ?? double.PositiveInfinity);
        return Array.ConvertAll(sums, sum => sum == 0 ? 0 : sum * largest * (1 + Slack));
    }

    internal static void CheckOrder(int order)
    {
        if (order is < 0 or > GreatestOrder)
        {
            throw new ArgumentOutOfRangeException(nameof(order), $"The order is {order}, not 0 to {GreatestOrder}.");
        }
    }

    private static double[] Sums(double decay, double deviation, int order, double end)
    {
        var sums = new double[order + 1];
        var terms = new double[order + 1];

        // M - d, with the roundings of M and d.
        double doubt = (Math.Abs(decay) + deviation) / (1L << 50);
        double slow = decay - deviation - doubt, fast = decay - deviation + doubt;
        if (deviation > 0 && double.IsPositiveInfinity(end) && !(slow > 0))
        {
            sums.AsSpan().Fill(double.PositiveInfinity);
        }

        // The term of lag 0 is 0.
        double length;
        for (double lag = 1; lag < end && deviation > 0 && !double.IsPositiveInfinity(sums[order]); lag += length)
        {
            length = Math.Min(Math.Max(1, Math.Floor(lag / BlockPart)), end - lag);
            double last = lag + length - 1;
            ExponentialRemainder.Bound(-decay * last, deviation * last, 0, terms);
            double repeated = Geometric(-fast, length);
            double geometric = Geometric(slow, end - lag - length), next = RealMath.Exp(-slow * (lag + length)), step = RealMath.Exp(-slow);
            bool closes = true;
            for (int k = 0; k <= order; k++)
            {
                // What is left is between the last tail and 1 times the geometric sum.
                sums[k] += terms[k] * repeated;
                closes &= (next - (terms[k] * step)) * geometric <= Slack * sums[k];
            }

            if (closes)
            {
                return Array.ConvertAll(sums, sum => sum + (next * geometric));
            }
        }

        return sums;
    }

    // sum_(i < n) e^(-m i)
    private static double Geometric(double m, double n) =>
        n <= 1 ? Math.Max(n, 0) : m == 0 ? n : RealMath.Expm1(-m * n) / RealMath.Expm1(-m);
}
