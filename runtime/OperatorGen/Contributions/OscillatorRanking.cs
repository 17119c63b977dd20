using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// Terms of oscillators, up to order 2, by what the states are at most:
/// <code>
/// |Re(a s_n s_m) + Re(b s_n conj(s_m))| &lt;= (|a| + |b|) |s_n| |s_m|
/// </code>
/// </summary>
internal sealed class OscillatorRanking : TermRanking
{
    private readonly SharedTables _tables;
    private readonly SharedLayout _layout;
    private readonly double[] _sizes; // [wave]

    public OscillatorRanking(SharedWaves waves, double[] magnitudes)
    {
        _tables = waves.Tables;
        _layout = waves.Layout;
        _sizes = magnitudes;
    }

    protected override bool Rank(ReadoutPolynomial polynomial, int order, Strongest strongest, ref long work)
    {
        work -= order == 1 ? (long)_tables.Readouts * _tables.Width : (long)_tables.Readouts * _tables.Width * _tables.Width;
        if (order > 2 || work <= 0)
        {
            return false;
        }

        if (order == 1)
        {
            Singles(polynomial.Linear(), strongest);
        }
        else
        {
            Pairs(polynomial.Quadratic(), strongest);
        }

        return true;
    }

    private void Singles(double[] linear, Strongest strongest)
    {
        for (int a = 0; a < _layout.Count; a++)
        {
            ComplexNumber weight = ComplexNumber.Zero;
            for (int h = 0; a < _layout.Modes && h < _tables.Readouts; h++)
            {
                double imaginary = _tables.Parts == 1 ? 0 : -_tables.ReadRows[(h * _tables.Width) + _layout.Column(a, 1)];
                weight += linear[h] * new ComplexNumber(_tables.ReadRows[(h * _tables.Width) + a], imaginary);
            }

            Add(a < _layout.Modes ? weight.Magnitude : linear[_layout.Variable(a)], a, -1, strongest);
        }
    }

    private void Pairs(QuadraticForm form, Strongest strongest)
    {
        var states = new OscillatorForm(_tables, form);
        for (int a = 0; a < _layout.Count; a++)
        {
            for (int b = a; b < _layout.Count; b++)
            {
                double once = b < _layout.Modes ? Half(states.Weights(a, b))
                    : a < _layout.Modes ? states.Weight(a, _layout.Variable(b)).Magnitude
                    : form[_layout.Variable(a), _layout.Variable(b)];
                Add(a == b ? once : 2 * once, a, b, strongest);
            }
        }

        static double Half((ComplexNumber Sum, ComplexNumber Difference) weights) => (weights.Sum.Magnitude + weights.Difference.Magnitude) / 2;
    }

    private void Add(double coefficient, int a, int b, Strongest strongest)
    {
        // 0 times an infinite magnitude is no term.
        double bound = coefficient == 0 ? 0 : coefficient * _sizes[a] * (b < 0 ? 1 : _sizes[b]);
        if (coefficient != 0 && Math.Abs(bound) >= strongest.Threshold)
        {
            strongest.Add(new Candidate(bound, coefficient, null, a, b));
        }
    }
}
