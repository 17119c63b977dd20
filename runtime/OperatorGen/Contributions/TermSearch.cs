using System;
using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// Finds the strongest terms of one order from 3 on. A product of waves is passed over only where Hoelder's inequality proves that it cannot be
/// among them:
/// <code>
/// |sum_t omega_t prod_a w_a^(k_a)| &lt;= prod_a N_a^(k_a),   N_a = (sum_t omega_t |w_a|^k)^(1/k),   k = sum_a k_a
/// </code>
/// The waves of a variable are tried by falling N, so that the first that is too small ends the row.
/// </summary>
internal sealed class TermSearch
{
    private const double Slack = 1 + 1e-9; // far above the rounding of N and of the products

    private readonly WaveLayout _layout;
    private readonly double[] _omega;
    private readonly double[][] _series; // [wave in canonical order][time]
    private readonly int _order;
    private readonly Strongest _strongest;
    private readonly double[] _norms;
    private readonly int[][] _falling;  // [variable]: its waves by falling norm
    private readonly double[][] _products;
    private readonly int[] _waves;
    private long _work;

    public TermSearch(WaveLayout layout, double[] omega, double[][] series, int order, Strongest strongest, long work)
    {
        _layout = layout;
        _omega = omega;
        _series = series;
        _order = order;
        _strongest = strongest;
        _work = work;
        _norms = new double[layout.Count];
        for (int a = 0; a < _norms.Length; a++)
        {
            _norms[a] = Norm(series[a], omega, order);
        }

        _falling = new int[layout.Variables][];
        for (int v = 0; v < _falling.Length; v++)
        {
            _falling[v] = new int[layout.Width(v)];
            for (int n = 0; n < _falling[v].Length; n++)
            {
                _falling[v][n] = layout.Start(v) + n;
            }

            Array.Sort(_falling[v], (a, b) => _norms[a] != _norms[b] ? _norms[b].CompareTo(_norms[a]) : a.CompareTo(b));
        }

        _products = new double[order][];
        for (int d = 0; d < order; d++)
        {
            _products[d] = d == 0 ? omega : new double[omega.Length];
        }

        _waves = new int[order];
    }

    /// <summary>How many products of numbers may still be made.</summary>
    public long Work => _work;

    /// <summary>Tries all terms of the order; false where the work came to an end before.</summary>
    /// <param name="polynomial">The score.</param>
    /// <param name="separable">True where only one channel's readout and gate argument interact.</param>
    public bool Run(ReadoutPolynomial polynomial, bool separable)
    {
        var factors = new List<Factor>();
        for (int variable = 0; variable < _layout.Variables; variable++)
        {
            if (!Variables(polynomial, separable, factors, variable, _order))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Goes through the monomials in variables whose least further variable is the given one.</summary>
    private bool Variables(ReadoutPolynomial polynomial, bool separable, List<Factor> factors, int variable, int left)
    {
        for (int power = 1; power <= left; power++)
        {
            factors.Add(new Factor(variable, power));
            if (power == left)
            {
                double coefficient = polynomial.Coefficient([.. factors]);
                _work -= separable ? 10 : 2000L * _order * _order;
                if (coefficient != 0 && !Waves(factors, 0, factors[0].Power, 0, coefficient, 0, 1))
                {
                    return false;
                }
            }

            // The one partner of a readout, where channels do not mix, is its channel's gate argument.
            int next = separable ? variable + _layout.Channels : variable + 1;
            int end = separable ? Math.Min(next + 1, _layout.Variables) : _layout.Variables;
            for (; power < left && next < end; next++)
            {
                if (!Variables(polynomial, separable, factors, next, left - power))
                {
                    return false;
                }
            }

            factors.RemoveAt(factors.Count - 1);
        }

        return _work > 0;
    }

    /// <summary>Chooses the waves of a monomial's variables one after another, of equal variables by falling norm.</summary>
    /// <param name="factors">The monomial.</param>
    /// <param name="factor">The factor whose waves are chosen.</param>
    /// <param name="left">How many of its waves are still to choose.</param>
    /// <param name="from">The place in the falling row of the last one.</param>
    /// <param name="scale">Coefficient times the multinomial coefficients of the waves chosen, as far as they are known.</param>
    /// <param name="depth">Waves chosen so far.</param>
    /// <param name="repeated">How often the last one was chosen.</param>
    private bool Waves(List<Factor> factors, int factor, int left, int from, double scale, int depth, int repeated)
    {
        if (left == factors[factor].Power && depth == DepthOf(factors, factor))
        {
            for (int k = 2; k <= left; k++)
            {
                scale *= k; // p! of the multinomial coefficient; the waves' own factorials divide as they are repeated
            }
        }

        int[] falling = _falling[factors[factor].Variable];
        for (int place = from; place < falling.Length; place++)
        {
            int wave = falling[place];
            bool again = depth > 0 && _waves[depth - 1] == wave;
            int times = again ? repeated + 1 : 1;
            double chosen = scale / times;
            _waves[depth] = wave;
            if (Bound(factors, factor, left, place, chosen, depth) < _strongest.Threshold)
            {
                if (again)
                {
                    continue; // the factorial makes a repeated wave weaker than the next
                }

                break;
            }

            if ((_work -= _omega.Length) <= 0)
            {
                return false;
            }

            if (depth == _order - 1)
            {
                Leaf(wave, chosen);
                continue;
            }

            double[] product = _products[depth];
            double[] next = _products[depth + 1];
            System.Numerics.Tensors.TensorPrimitives.Multiply(product, _series[wave], next);
            bool done = left > 1
                ? Waves(factors, factor, left - 1, place, chosen, depth + 1, times)
                : Waves(factors, factor + 1, factors[factor + 1].Power, 0, chosen, depth + 1, 1);
            if (!done)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// N of a wave. Its greatest value is taken out first: the power of a small number underflows, and a bound of 0 would pass over products of the wave
    /// with great ones.
    /// </summary>
    public static double Norm(double[] wave, double[] omega, int order)
    {
        double greatest = 0;
        for (int t = 0; t < omega.Length; t++)
        {
            greatest = omega[t] > 0 ? Math.Max(greatest, Math.Abs(wave[t])) : greatest;
        }

        if (greatest == 0 || double.IsInfinity(greatest))
        {
            return greatest;
        }

        double sum = 0;
        for (int t = 0; t < omega.Length; t++)
        {
            sum += omega[t] > 0 ? omega[t] * Math.Pow(Math.Abs(wave[t]) / greatest, order) : 0;
        }

        return greatest * Math.Pow(sum, 1.0 / order);
    }

    private static int DepthOf(List<Factor> factors, int factor)
    {
        int depth = 0;
        for (int f = 0; f < factor; f++)
        {
            depth += factors[f].Power;
        }

        return depth;
    }

    /// <summary>An upper bound of every term that begins with the waves chosen.</summary>
    private double Bound(List<Factor> factors, int factor, int left, int place, double chosen, int depth)
    {
        double bound = Math.Abs(chosen) * Slack;
        for (int d = 0; d <= depth; d++)
        {
            bound *= _norms[_waves[d]];
        }

        for (int k = 1; k < left; k++)
        {
            bound *= _norms[_falling[factors[factor].Variable][place]];
        }

        for (int f = factor + 1; f < factors.Count; f++)
        {
            for (int k = 1; k <= factors[f].Power; k++)
            {
                bound *= k * _norms[_falling[factors[f].Variable][0]];
            }
        }

        return bound;
    }

    private void Leaf(int wave, double coefficient)
    {
        double contribution = coefficient * System.Numerics.Tensors.TensorPrimitives.Dot<double>(_products[_order - 1], _series[wave]);
        if (Math.Abs(contribution) >= _strongest.Threshold)
        {
            int[] waves = [.. _waves];
            Array.Sort(waves);
            _strongest.Add(new Candidate(contribution, coefficient, waves, 0, 0));
        }
    }
}
