using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// How far the expansion about a centre is at most from the exact state on one given sequence, about any centre and in any range:
/// <code>
/// |s_T - sum_(k &lt;= p) z_k(T)| &lt;= sum_tau |X_tau| e^(Re(r c) (T - tau)) |e^(r W) - sum_(k &lt;= p) (r W)^k / k!|,   W = sum_(tau &lt; u &lt;= T) (g_u - c)
/// </code>
/// It is the exact error but for the triangle inequality over tau; phases of the gates have no part in it. It is an upper bound with all roundings, for sequences
/// of up to 2^20 steps.
/// </summary>
public sealed class SequenceBound
{
    private const double Slack = 1.0 / (1 << 30);

    // How often the rest is looked at.
    private const int Stride = 16;

    private readonly MeanGate _gate;

    // By source: the state before the first step, and the input of each step. The sum of the deviations up to it, and over the sources so far the least and the
    // greatest of these sums and the greatest magnitude.
    private readonly double[] _sizes;
    private readonly DoubleDouble[] _sums;
    private readonly double[] _least;
    private readonly double[] _greatest;
    private readonly double[] _largest;

    // Sums of two doubles are wrong by 2^-104 of the greatest each; W is the difference of two.
    private readonly double _doubt;

    /// <summary>Takes a sequence.</summary>
    /// <param name="gate">The centre and the rate.</param>
    /// <param name="gates">g_t, [time].</param>
    /// <param name="inputs">|X_t|, [time].</param>
    /// <param name="initial">|s| before the first step.</param>
    /// <exception cref="ArgumentException">There are more gates than inputs, or fewer.</exception>
    public SequenceBound(MeanGate gate, ReadOnlySpan<double> gates, ReadOnlySpan<double> inputs, double initial)
    {
        if (gates.Length != inputs.Length)
        {
            throw new ArgumentException($"{gates.Length} gates do not belong to {inputs.Length} inputs.", nameof(inputs));
        }

        _gate = gate;
        int sources = gates.Length + 1;
        _sizes = [initial, .. inputs];
        _sums = new DoubleDouble[sources];
        (_least, _greatest, _largest) = (new double[sources], new double[sources], new double[sources]);
        _largest[0] = initial;
        for (int source = 1; source < sources; source++)
        {
            _sums[source] = gates[source - 1] == gate.Centre ? _sums[source - 1] : _sums[source - 1] + DoubleDouble.Sum(gates[source - 1], -gate.Centre);
            _least[source] = Math.Min(_least[source - 1], _sums[source].High);
            _greatest[source] = Math.Max(_greatest[source - 1], _sums[source].High);
            _largest[source] = Math.Max(_largest[source - 1], _sizes[source]);
        }

        _doubt = gate.Rate.Magnitude * (_greatest[sources - 1] - _least[sources - 1]) * sources / (1L << 51) / (1L << 51);
    }

    /// <summary>The bound of the orders 0, 1, ... at one time.</summary>
    /// <param name="time">T.</param>
    /// <param name="bounds">Room for the bounds, [order]; 1 to <see cref="MeanGateBounds.GreatestOrder"/> + 1 of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of orders is none of these.</exception>
    public void At(int time, Span<double> bounds)
    {
        MeanGateBounds.CheckOrder(bounds.Length - 1);
        Span<double> terms = stackalloc double[bounds.Length];
        bounds.Clear();

        // The latest input has met no gate: its term is 0.
        for (int lag = 1; lag <= time + 1; lag++)
        {
            int source = time + 1 - lag;
            if (lag % Stride == 0 && Closes(time, source, bounds))
            {
                break;
            }

            if (_sizes[source] > 0)
            {
                ExponentialRemainder.Bound(-_gate.Decay * lag, _gate.Rate * (_sums[time + 1] - _sums[source]).High, _doubt, terms);
                for (int k = 0; k < terms.Length; k++)
                {
                    bounds[k] += _sizes[source] * terms[k];
                }
            }
        }

        for (int k = 0; k < bounds.Length; k++)
        {
            bounds[k] *= 1 + Slack;
        }
    }

    /// <summary>The greatest bound of the orders 0, 1, ... over all times.</summary>
    /// <param name="bounds">Room for the bounds, [order]; 1 to <see cref="MeanGateBounds.GreatestOrder"/> + 1 of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of orders is none of these.</exception>
    public void Largest(Span<double> bounds)
    {
        MeanGateBounds.CheckOrder(bounds.Length - 1);
        Span<double> current = stackalloc double[bounds.Length];
        bounds.Clear();
        for (int time = 0; time < _sizes.Length - 1; time++)
        {
            At(time, current);
            for (int k = 0; k < bounds.Length; k++)
            {
                bounds[k] = Math.Max(bounds[k], current[k]);
            }
        }
    }

    // Whether the sources up to this one are negligible beside what is summed; then they are added. Of them |R_k(r W)| <= e^|r W|, and |W| is at most the distance to
    // the least or the greatest sum. The factor 2 is above the roundings of the exponent.
    private bool Closes(int time, int source, Span<double> bounds)
    {
        if (!(_gate.Decay > 0))
        {
            return false;
        }

        double sum = _sums[time + 1].High;
        double reach = _gate.Rate.Magnitude * Math.Max(sum - _least[source], _greatest[source] - sum);
        double rest = -2 * _largest[source] * RealMath.Exp(reach - (_gate.Decay * (time + 1 - source))) / RealMath.Expm1(-_gate.Decay);
        foreach (double bound in bounds)
        {
            if (!(rest <= Slack * bound))
            {
                return false;
            }
        }

        for (int k = 0; k < bounds.Length; k++)
        {
            bounds[k] += rest;
        }

        return true;
    }
}
