using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// Terms of oscillators by what the states are at most, with a weight for each choice of conjugates:
/// <code>
/// |Re(a s_n s_m) + Re(b s_n conj(s_m))| &lt;= (|a| + |b|) |s_n| |s_m|
/// </code>
/// From order 3 on where readouts do not meet in a gate.
/// </summary>
internal sealed class OscillatorRanking : TermRanking
{
    private readonly SharedTables _tables;
    private readonly SharedLayout _layout;
    private readonly double[] _sizes; // [wave]
    private readonly OscillatorProducts? _products;

    public OscillatorRanking(SharedWaves waves, double[] magnitudes)
    {
        _tables = waves.Tables;
        _layout = waves.Layout;
        _sizes = magnitudes;
        _products = waves.Products;
    }

    protected override bool Rank(ReadoutPolynomial polynomial, int order, Strongest strongest, ref long work)
    {
        if (order > 2)
        {
            var budget = new WorkBudget(work);
            bool done = _products?.Visit(polynomial, order, budget, (waves, _, weights) => Add(waves, weights, strongest)) ?? false;
            work = budget.Left;
            return done;
        }

        work -= order == 1 ? (long)_tables.Readouts * _tables.Width : (long)_tables.Readouts * _tables.Width * _tables.Width;
        if (work <= 0)
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

    private bool Add(int[] waves, ReadOnlySpan<ComplexNumber> weights, Strongest strongest)
    {
        double coefficient = 0;
        foreach (ComplexNumber weight in weights)
        {
            coefficient += weight.Magnitude;
        }

        // A wave that is always 0 makes the product 0, whatever bound another one has or has not.
        double bound = Array.Exists(waves, wave => _sizes[wave] == 0) ? 0 : coefficient;
        for (int i = 0; i < waves.Length && bound != 0; i++)
        {
            bound *= _sizes[waves[i]];
        }

        if (bound >= strongest.Threshold)
        {
            strongest.Add(new Candidate(bound, coefficient, [.. waves], 0, 0));
        }

        return true;
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
