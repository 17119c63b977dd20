using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// Selective recurrences s_t = e^(r g_t + i theta_t) s_(t-1) + X_t, expanded to order p in the gates' deviations from their centres, step by step:
/// <code>
/// z_k(t) = e^(r c + i theta_t) sum_(j &lt;= k) (r (g_t - c))^j / j!  z_(k-j)(t-1)  +  [k = 0] X_t          s = sum_k z_k
/// </code>
/// z_k is the part of the state in which k deviations interact with the input; z_0 is a constant recurrence. The phases theta_t of a complex gate are kept exact: in
/// the frame that rotates by them the gate is real. Each gate may hold several states, one per value that is written with it.
/// </summary>
public sealed class MeanGateExpansion
{
    private readonly MeanGate[] _gates;
    private readonly ComplexNumber[] _eigenvalues;
    private readonly bool _realRates;
    private readonly double[][] _re;
    private readonly double[][] _im;
    private readonly double[] _factorRe;
    private readonly double[] _factorIm;
    private bool _isReal = true;

    /// <summary>Starts from the state 0.</summary>
    /// <param name="gates">[gate].</param>
    /// <param name="values">The number of states of each gate.</param>
    /// <param name="order">p, 0 to <see cref="MeanGateBounds.GreatestOrder"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is none of these, or there is less than one value.</exception>
    public MeanGateExpansion(ReadOnlySpan<MeanGate> gates, int values, int order)
    {
        MeanGateBounds.CheckOrder(order);
        Values = values > 0 ? values : throw new ArgumentOutOfRangeException(nameof(values));
        _gates = gates.ToArray();
        _eigenvalues = Array.ConvertAll(_gates, gate => gate.Eigenvalue);
        _realRates = Array.TrueForAll(_gates, gate => gate.Rate.Im == 0);
        (_re, _im) = (new double[order + 1][], new double[order + 1][]);
        (_factorRe, _factorIm) = (new double[order + 1], new double[order + 1]);
        for (int k = 0; k <= order; k++)
        {
            (_re[k], _im[k]) = (new double[_gates.Length * values], new double[_gates.Length * values]);
        }
    }

    /// <summary>p.</summary>
    public int Order => _re.Length - 1;

    /// <summary>The number of gates.</summary>
    public int Gates => _gates.Length;

    /// <summary>The number of states of each gate.</summary>
    public int Values { get; }

    /// <summary>The real parts of z_k, [gate, value]; the next step writes over them.</summary>
    /// <param name="k">0 to p.</param>
    public ReadOnlySpan<double> Re(int k) => _re[k];

    /// <summary>The imaginary parts of z_k, [gate, value]; the next step writes over them.</summary>
    /// <param name="k">0 to p.</param>
    public ReadOnlySpan<double> Im(int k) => _im[k];

    /// <summary>sum_(j &lt;= k) z_j of one state: s truncated at order k.</summary>
    /// <param name="k">0 to p.</param>
    /// <param name="state">gate times <see cref="Values"/> plus value.</param>
    public ComplexNumber Partial(int k, int state)
    {
        ComplexNumber sum = ComplexNumber.Zero;
        for (int j = 0; j <= k; j++)
        {
            sum += new ComplexNumber(_re[j][state], _im[j][state]);
        }

        return sum;
    }

    /// <summary>The next step of every state.</summary>
    /// <param name="gates">g_t, [gate].</param>
    /// <param name="phases">theta_t in radians, [gate]; empty: 0.</param>
    /// <param name="re">The real parts of X_t, [gate, value].</param>
    /// <param name="im">The imaginary parts of X_t, [gate, value]; empty: 0.</param>
    /// <exception cref="ArgumentException">A length is another one.</exception>
    public void Step(ReadOnlySpan<double> gates, ReadOnlySpan<double> phases, ReadOnlySpan<double> re, ReadOnlySpan<double> im)
    {
        int states = Gates * Values;
        if (gates.Length != Gates || re.Length != states || (phases.Length != 0 && phases.Length != Gates) || (im.Length != 0 && im.Length != states))
        {
            throw new ArgumentException($"{gates.Length} gates, {phases.Length} phases and inputs of {re.Length} and {im.Length} numbers do not belong to {Gates} gates of {Values} values.");
        }

        bool realGates = _realRates && phases.IsEmpty;
        _isReal &= realGates && im.IsEmpty;
        for (int gate = 0; gate < Gates; gate++)
        {
            SetFactors(gate, gates[gate], phases.IsEmpty ? ComplexNumber.One : ComplexNumber.Exp(new ComplexNumber(0, phases[gate])));
            for (int state = gate * Values; state < (gate + 1) * Values; state++)
            {
                Advance(state, realGates);
                _re[0][state] += re[state];
                _im[0][state] += im.IsEmpty ? 0 : im[state];
            }
        }
    }

    // e^(r c + i theta) (r (g - c))^j / j!
    private void SetFactors(int gate, double value, ComplexNumber rotation)
    {
        ComplexNumber factor = _eigenvalues[gate] * rotation;
        // A gate that is always closed is its centre, -infinity.
        ComplexNumber deviation = value == _gates[gate].Centre ? ComplexNumber.Zero : _gates[gate].Rate * (value - _gates[gate].Centre);
        for (int j = 0; j <= Order; j++)
        {
            (_factorRe[j], _factorIm[j]) = (factor.Re, factor.Im);
            factor *= new ComplexNumber(deviation.Re / (j + 1), deviation.Im / (j + 1));
        }
    }

    // The highest order first: each needs the lower ones of the step before.
    private void Advance(int state, bool realGates)
    {
        for (int k = Order; k >= 0; k--)
        {
            double re = Convolved(_factorRe, _re, k, state);
            double im = _isReal ? 0 : Convolved(_factorRe, _im, k, state);
            if (!realGates)
            {
                re -= Convolved(_factorIm, _im, k, state);
                im += Convolved(_factorIm, _re, k, state);
            }

            (_re[k][state], _im[k][state]) = (re, im);
        }
    }

    private static double Convolved(double[] factors, double[][] parts, int k, int state)
    {
        double sum = 0;
        for (int j = 0; j <= k; j++)
        {
            sum += factors[j] * parts[k - j][state];
        }

        return sum;
    }
}
