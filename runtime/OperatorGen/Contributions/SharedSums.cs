using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// Sums of a layer with shared modes. A term of two oscillators is <c>sum P_ab G_ab</c> over the columns a of the one and b of the other, twice for two
/// different ones: P of <see cref="OscillatorForm"/>, G of <see cref="SharedGram"/>.
/// </summary>
/// <param name="waves">The waves.</param>
/// <param name="input">What the layer is given.</param>
/// <param name="omega">The weights of the time steps.</param>
/// <param name="gram">The sums over time.</param>
/// <param name="bias">The single sums of the response to the encoder's bias; empty without.</param>
/// <param name="totals">What is computed from whole readouts.</param>
internal sealed class SharedSums(SharedWaves waves, LayerInput input, double[] omega, SharedGram gram, double[] bias, ReadoutTotals totals) : LayerSums(totals)
{
    private readonly SharedTables _tables = waves.Tables;
    private readonly SharedLayout _layout = waves.Layout;

    private readonly ConcurrentDictionary<int, ComplexNumber[]> _series = new();

    /// <summary>Of three oscillators and more where readouts do not meet; with a gate there are as many weights as triples of readouts.</summary>
    public override TermRanking? Ranking => waves.Products is null ? null : Terms();

    public override FirstOrderSums First(double[] linear, Strongest strongest)
    {
        var sums = new FirstOrderSums();
        var weights = new double[_tables.Width]; // of the states' columns
        for (int h = 0; h < _tables.Readouts; h++)
        {
            TensorPrimitives.MultiplyAdd(_tables.ReadRows.AsSpan(h * _tables.Width, _tables.Width), linear[h], weights, weights);
        }

        for (int a = 0; a < _layout.Count; a++)
        {
            WaveKind kind = _layout.Kind(a);
            double contribution = 0;
            double ofBias = 0;
            bool present = false;
            for (int part = 0; part < Parts(a); part++)
            {
                int column = _layout.Column(a, part);
                double weight = kind == WaveKind.Oscillator ? weights[column] : linear[_layout.Variable(a)];
                contribution += weight * gram.Singles[column];
                ofBias += bias.Length == 0 ? 0 : weight * bias[column];
                present |= weight != 0;
            }

            sums.Add(kind, contribution, ofBias);
            if (present && Math.Abs(contribution) >= strongest.Threshold)
            {
                strongest.Add(new Candidate(contribution, kind == WaveKind.Oscillator ? 0 : linear[_layout.Variable(a)], null, a, -1));
            }
        }

        return sums;
    }

    public override (double Sum, double Magnitude) Pairs(QuadraticForm form, Strongest strongest)
    {
        var states = new OscillatorForm(_tables, form);
        var pairs = new PairSums(strongest);
        for (int a = 0; a < _layout.Modes; a++)
        {
            for (int b = a; b < _layout.Modes; b++)
            {
                pairs.Add(a, b, Oscillators(states, a, b, out bool present), 0, present);
            }

            for (int b = _layout.Modes; b < _layout.Count; b++)
            {
                pairs.Add(a, b, Mixed(states, a, b, out bool present), 0, present);
            }
        }

        for (int a = _layout.Modes; a < _layout.Count; a++)
        {
            for (int b = a; b < _layout.Count; b++)
            {
                double coefficient = form[_layout.Variable(a), _layout.Variable(b)];
                if (coefficient != 0)
                {
                    pairs.Add(a, b, coefficient * gram[_layout.Column(a), _layout.Column(b)], a == b ? coefficient : 2 * coefficient, true);
                }
            }
        }

        return (pairs.Sum, pairs.Magnitude);
    }

    public override ContributionTerm Term(in Candidate candidate, ReadoutPolynomial polynomial, double[] linear, QuadraticForm form)
    {
        if (candidate.Waves is { } several)
        {
            IReadOnlyList<WaveFactor> factors = waves.Factors(several);
            return new ContributionTerm(factors, null, candidate.Contribution, 0, null) { Products = Terms().Products(polynomial, several, factors) };
        }

        int a = candidate.First;
        int b = candidate.Second;
        TermReadouts? readouts = a >= _layout.Modes ? null : b < 0 ? Readouts(a, linear) : b < _layout.Modes ? Readouts(a, b, form) : Mixed(a, b, form);
        double ofBias = 0;
        for (int part = 0; b < 0 && bias.Length > 0 && part < Parts(a); part++)
        {
            double single = bias[_layout.Column(a, part)];
            ofBias += readouts is null ? candidate.Coefficient * single : (part == 0 ? readouts.Weight.Re : -readouts.Weight.Im) * single;
        }

        return new ContributionTerm(waves.Factors(candidate.Indices()), readouts is null ? candidate.Coefficient : null, candidate.Contribution, ofBias, readouts);
    }

    public override PairInteraction Interaction(ContributionTerm term)
    {
        int a = term.Factors[0].Mode;
        int b = term.Factors[^1].Mode;
        return PairInteraction.Of(Oscillator(a), Drive(a), Oscillator(b), Drive(b), omega, input.Description.Bank!.Timing(a), term.Readouts!.Weight, term.Readouts.ConjugateWeight);

        Wave Oscillator(int mode) => new(input.Description.Bank!.Eigenvalue(mode), ComplexNumber.One);
    }

    private OscillatorTerms Terms() => new(waves.Products!, omega, wave => _series.GetOrAdd(wave, Series));

    // An oscillator's states, or a skip.
    private ComplexNumber[] Series(int wave)
    {
        ModeBank bank = input.Description.Bank!;
        double[] re = new double[input.Steps], im = new double[input.Steps];
        if (wave < waves.Layout.Modes)
        {
            ModeSeries.State(bank, wave, input.V, waves.InputStride, re, im);
        }
        else
        {
            int h = waves.Layout.Readout(wave);
            for (int t = 0; t < re.Length; t++)
            {
                re[t] = bank.Skip(h) * input.V[(t * waves.InputStride) + bank.InputOf(h)];
            }
        }

        return [.. re.Zip(im, (real, imaginary) => new ComplexNumber(real, imaginary))];
    }

    private int Parts(int wave) => wave < _layout.Modes ? _tables.Parts : 1;

    /// <summary>sum P_ab G_ab of two oscillators.</summary>
    private double Oscillators(OscillatorForm states, int a, int b, out bool present)
    {
        double sum = 0;
        present = false;
        int end = _tables.Width;
        for (int i = a; i < end; i += _tables.PartWidth)
        {
            for (int j = b; j < end; j += _tables.PartWidth)
            {
                double weight = states.States(i, j);
                sum += weight * gram[i, j];
                present |= weight != 0;
            }
        }

        return sum;
    }

    /// <summary>The same of an oscillator and a skip or gate argument.</summary>
    private double Mixed(OscillatorForm states, int a, int b, out bool present)
    {
        double sum = 0;
        present = false;
        int column = _layout.Column(b);
        int variable = _layout.Variable(b);
        for (int i = a; i < _tables.Width; i += _tables.PartWidth)
        {
            double weight = states.Mixed(i, variable);
            sum += weight * gram[i, column];
            present |= weight != 0;
        }

        return sum;
    }

    /// <summary>An oscillator: linear_h Re(c_hn s_n) of every readout.</summary>
    private TermReadouts Readouts(int mode, double[] linear)
    {
        var parts = new ReadoutParts(Complex(mode, column => gram.Singles[column]), ComplexNumber.Zero);
        ComplexNumber[] reads = Reads(mode);
        for (int h = 0; h < reads.Length; h++)
        {
            parts.Add(h, null, linear[h] * reads[h], ComplexNumber.Zero);
        }

        return parts.Result();
    }

    /// <summary>
    /// Two oscillators: of every monomial o_h o_k what has the one's state in one readout and the other's in the other,
    /// <c>Re(c s) Re(c' s') = 1/2 Re(c c' s s') + 1/2 Re(c conj(c') s conj(s'))</c>.
    /// </summary>
    private TermReadouts Readouts(int n, int m, QuadraticForm form)
    {
        bool complex = _tables.Parts == 2;
        int i = _layout.Column(n);
        int j = _layout.Column(m);
        double rr = gram[i, j];
        double ri = complex ? gram[i, j + _tables.PartWidth] : 0;
        double ir = complex ? gram[i + _tables.PartWidth, j] : 0;
        double ii = complex ? gram[i + _tables.PartWidth, j + _tables.PartWidth] : 0;
        var parts = new ReadoutParts(new ComplexNumber(rr - ii, ri + ir), new ComplexNumber(rr + ii, ir - ri));
        ComplexNumber[] first = Reads(n);
        ComplexNumber[] second = Reads(m);
        for (int h = 0; h < _tables.Readouts; h++)
        {
            for (int k = h; k < (form.IsDiagonal ? h + 1 : _tables.Readouts); k++)
            {
                // M_hk comes twice for two readouts, s_n s_m twice for two oscillators; the formula's half, and the mean of both ways round.
                double scale = (h == k ? 1 : 2) * (n == m ? 1 : 2) * form[h, k] / 4;
                if (scale == 0)
                {
                    continue;
                }

                ComplexNumber sum = (first[h] * second[k]) + (first[k] * second[h]);
                ComplexNumber difference = (first[h] * second[k].Conjugate()) + (first[k] * second[h].Conjugate());
                parts.Add(h, k, scale * sum, scale * difference);
            }
        }

        return parts.Result();
    }

    /// <summary>An oscillator with a skip or a gate argument of variable v: 2 M_kv Re(c_kn s_n) of every readout k.</summary>
    private TermReadouts Mixed(int mode, int other, QuadraticForm form)
    {
        int variable = _layout.Variable(other);
        var parts = new ReadoutParts(Complex(mode, column => gram[column, _layout.Column(other)]), ComplexNumber.Zero);
        ComplexNumber[] reads = Reads(mode);
        for (int k = 0; k < reads.Length; k++)
        {
            if (form[k, variable] != 0)
            {
                int? second = _layout.Kind(other) == WaveKind.Skip ? Math.Max(k, variable) : null;
                parts.Add(second is null ? k : Math.Min(k, variable), second, 2 * form[k, variable] * reads[k], ComplexNumber.Zero);
            }
        }

        return parts.Result();
    }

    /// <summary>A complex sum of an oscillator out of the sums of its columns.</summary>
    private ComplexNumber Complex(int mode, Func<int, double> sum) => new(sum(_layout.Column(mode)), _tables.Parts == 1 ? 0 : sum(_layout.Column(mode, 1)));

    /// <summary>c of every readout; its real part where states are real.</summary>
    private ComplexNumber[] Reads(int mode)
    {
        var reads = new ComplexNumber[_tables.Readouts];
        for (int h = 0; h < reads.Length; h++)
        {
            ComplexNumber c = input.Description.Bank![h, mode].Weight;
            reads[h] = _tables.Parts == 1 ? c.Re : c;
        }

        return reads;
    }

    /// <summary>x(t) = sum_i b_i v_i(t).</summary>
    private ComplexNumber[] Drive(int mode)
    {
        var drive = new ComplexNumber[input.Steps];
        for (int t = 0; t < drive.Length; t++)
        {
            for (int i = 0; i < _tables.Inputs; i++)
            {
                drive[t] += input.Description.Bank!.Drive(mode, i) * input.V[(t * waves.InputStride) + i];
            }
        }

        return drive;
    }

    /// <summary>Gathers the terms of order 2.</summary>
    private sealed class PairSums(Strongest strongest)
    {
        private CompensatedSum _sum;

        public double Sum => _sum.Value;

        public double Magnitude { get; private set; }

        /// <summary>Adds a term that comes once in the form: two different factors come twice.</summary>
        public void Add(int a, int b, double once, double coefficient, bool present)
        {
            double contribution = a == b ? once : 2 * once;
            _sum.Add(contribution);
            Magnitude += Math.Abs(contribution);
            if (present && Math.Abs(contribution) >= strongest.Threshold)
            {
                strongest.Add(new Candidate(contribution, coefficient, null, a, b));
            }
        }
    }
}
