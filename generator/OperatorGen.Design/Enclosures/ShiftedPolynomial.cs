using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// A decoder's polynomial in powers about any point, the coefficients enclosed. Clenshaw's scheme for the three-term recurrence
/// <c>b_k = a_k + (x - alpha_k) / scale_k b_(k+1) - beta_(k+1) / scale_(k+1) b_(k+2)</c>, p = b_0, with x = centre + y and every b_k a polynomial in y. The
/// doubles of the recurrence are taken as exact.
/// </summary>
internal sealed class ShiftedPolynomial
{
    private readonly DecoderPolynomial _polynomial;
    private readonly Interval[] _inverseScales;
    private readonly Interval[] _ratios;
    private Interval[] _last;
    private Interval[] _beforeLast;

    public ShiftedPolynomial(DecoderPolynomial polynomial)
    {
        _polynomial = polynomial;
        int order = polynomial.Order;
        while (order > 0 && polynomial.Coefficients[order] == 0)
        {
            order--;
        }

        Degree = order;
        _inverseScales = new Interval[order];
        _ratios = new Interval[order];
        for (int k = 0; k < order; k++)
        {
            Interval scale = polynomial.Basis.Scale(k);
            _inverseScales[k] = scale == 1 ? 1 : 1.0 / scale;
            _ratios[k] = polynomial.Basis.Beta(k) / scale;
        }

        _last = new Interval[order + 1];
        _beforeLast = new Interval[order + 1];
    }

    /// <summary>The highest k with a_k not 0.</summary>
    public int Degree { get; }

    /// <summary>The coefficients of 1, y, ..., up to the degree. The memory is overwritten by the next call.</summary>
    public ReadOnlySpan<Interval> About(double centre)
    {
        Array.Clear(_last, 0, _last.Length);
        Array.Clear(_beforeLast, 0, _beforeLast.Length);
        int order = Degree;
        _last[0] = _polynomial.Coefficients[order];
        for (int k = order - 1; k >= 0; k--)
        {
            Interval inverse = _inverseScales[k];
            bool monic = inverse == 1;
            Interval at = (Interval)centre - _polynomial.Basis.Alpha(k);
            at = monic ? at : at * inverse;
            Interval ratio = k + 2 <= order ? _ratios[k + 1] : default;
            bool hasRatio = ratio != 0;
            for (int j = order - k; j >= 0; j--)
            {
                Interval next = at * _last[j];
                if (j > 0)
                {
                    next += monic ? _last[j - 1] : inverse * _last[j - 1];
                }

                _beforeLast[j] = hasRatio ? next - (ratio * _beforeLast[j]) : next;
            }

            _beforeLast[0] += _polynomial.Coefficients[k];
            (_last, _beforeLast) = (_beforeLast, _last);
        }

        return _last;
    }
}
