using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// Bounds of the terms of oscillators, up to order 2. A state is bounded by its drive: with m_i the middle of the range of v_i and r_i its radius,
/// <code>
/// |s_n(t)| &lt;= (|sum_i b_ni m_i| + sum_i |b_ni| r_i) sum_tau |lambda_n|^tau
/// |Re(a s_n s_m) + Re(b s_n conj(s_m))| &lt;= (|a| + |b|) |s_n| |s_m|
/// </code>
/// </summary>
internal sealed class OscillatorBounds : TermRanking
{
    private const double Raised = 1 + (1.0 / (1L << 40)); // far above the rounding of a magnitude

    private readonly SharedTables _tables;
    private readonly SharedLayout _layout;
    private readonly double[] _sizes; // [wave]

    public OscillatorBounds(SharedWaves waves, LayerEnclosure enclosure, int? maxLength)
    {
        _tables = waves.Tables;
        _layout = waves.Layout;
        _sizes = new double[_layout.Count];
        ModeBank bank = enclosure.Layer.Bank!;
        for (int a = 0; a < _sizes.Length; a++)
        {
            _sizes[a] = _layout.Kind(a) switch
            {
                WaveKind.Oscillator => State(bank, a, enclosure, maxLength),
                WaveKind.Skip => Math.Abs(bank.Skip(_layout.Readout(a))) * enclosure.CellInput[bank.InputOf(_layout.Readout(a))].Magnitude,
                _ => enclosure.Gates[_layout.Readout(a)].Magnitude,
            };
        }
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

    /// <summary>What |s| is at most.</summary>
    private static double State(ModeBank bank, int mode, LayerEnclosure enclosure, int? maxLength)
    {
        Interval re = 0;
        Interval im = 0;
        Interval radii = 0;
        for (int i = 0; i < bank.Inputs; i++)
        {
            Interval v = enclosure.CellInput[i];
            if (!v.IsFinite)
            {
                return double.PositiveInfinity;
            }

            ComplexNumber b = bank.Drive(mode, i);
            Interval middle = v.Midpoint;
            re += b.Re * middle;
            im += b.Im * middle;
            radii += (Interval)(b.Magnitude * Raised) * (v - middle).Magnitude;
        }

        double drive = (new ComplexNumber(re.Magnitude, im.Magnitude).Magnitude * Raised) + radii.High;
        return drive == 0 ? 0 : drive * Raised * KernelEnclosure.AbsoluteSum([new Wave(bank.Eigenvalue(mode).Magnitude * Raised, 1)], 0, maxLength).High;
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
