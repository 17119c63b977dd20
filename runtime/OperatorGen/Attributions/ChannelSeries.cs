using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// The modes of a bank over time, by vectors: lanes are modes of one channel, which all listen to one number per step. For banks of modes of one channel each that run
/// forward and are in no block; others are followed by <see cref="ModeSeries"/> and <see cref="TransposedSeries"/>.
/// </summary>
internal sealed class ChannelSeries
{
    private readonly ModeBank _bank;
    private readonly int _stride; // modes of a channel, filled up with zeros to two vectors at a time
    private readonly double[] _lambdaRe;
    private readonly double[] _lambdaIm;
    private readonly double[] _readRe;
    private readonly double[] _readIm;

    private ChannelSeries(ModeBank bank)
    {
        int block = 2 * Vector<double>.Count;
        _bank = bank;
        _stride = (bank.WavesPerReadout + block - 1) / block * block;
        _lambdaRe = Table(bank.Groups, (group, n) => bank.Eigenvalue((group * bank.WavesPerReadout) + n).Re);
        _lambdaIm = Table(bank.Groups, (group, n) => bank.Eigenvalue((group * bank.WavesPerReadout) + n).Im);
        _readRe = Table(bank.Readouts, (h, n) => bank[h, n].Weight.Re);
        _readIm = Table(bank.Readouts, (h, n) => bank[h, n].Weight.Im);
    }

    /// <summary>The tables; null where the bank is of another kind.</summary>
    /// <param name="bank">The modes.</param>
    public static ChannelSeries? Of(ModeBank bank) =>
        bank.IsShared || bank.Blocks.Count > 0 || Enumerable.Range(0, bank.ModeCount).Any(m => bank.Timing(m) != ModeTiming.Causal) ? null : new(bank);

    /// <summary>What <see cref="ModeSeries.Readouts"/> gives, up to rounding.</summary>
    /// <param name="v">The cells' input, [time, input].</param>
    /// <param name="steps">The number of time steps.</param>
    public double[] Readouts(double[] v, int steps)
    {
        var o = new double[steps * _bank.Readouts];
        double[] y = new double[steps], x = new double[steps];
        for (int h = 0; h < _bank.Readouts; h++)
        {
            Column(v, _bank.Inputs, _bank.InputOf(h), x);
            Respond(h, x, y);
            for (int t = 0; t < steps; t++)
            {
                o[(t * _bank.Readouts) + h] = (_bank.Skip(h) * x[t]) + y[t];
            }
        }

        return o;
    }

    /// <summary>What <see cref="TransposedSeries.Of"/> gives, up to rounding. Transposed, a channel's modes answer as they do, against time.</summary>
    /// <param name="weights">p, [time, readout].</param>
    /// <param name="steps">The number of time steps.</param>
    public double[] Transposed(double[] weights, int steps)
    {
        var a = new double[steps * _bank.Inputs];
        double[] y = new double[steps], x = new double[steps];
        for (int h = 0; h < _bank.Readouts; h++)
        {
            Column(weights, _bank.Readouts, h, x);
            Array.Reverse(x);
            Respond(h, x, y);
            int i = _bank.InputOf(h);
            for (int t = 0; t < steps; t++)
            {
                a[(t * _bank.Inputs) + i] += (_bank.Skip(h) * x[steps - 1 - t]) + y[steps - 1 - t];
            }
        }

        return a;
    }

    /// <summary>sum_t p(t) w_hn(t) of all waves n of a readout.</summary>
    /// <param name="readout">h.</param>
    /// <param name="x">What its channel listens to, [time].</param>
    /// <param name="p">[time].</param>
    /// <param name="sums">Room for a number per wave.</param>
    public void Sums(int readout, ReadOnlySpan<double> x, ReadOnlySpan<double> p, Span<double> sums)
    {
        int lanes = Vector<double>.Count;
        for (int n = 0; n < _stride; n += 2 * lanes)
        {
            var modes = new Pair(this, readout, n);
            Vector<double> re0 = default, im0 = default, re1 = default, im1 = default;
            for (int t = 0; t < x.Length; t++)
            {
                modes.Advance(x[t]);
                var weight = new Vector<double>(p[t]);
                re0 = Vector.FusedMultiplyAdd(weight, modes.Re0, re0);
                im0 = Vector.FusedMultiplyAdd(weight, modes.Im0, im0);
                re1 = Vector.FusedMultiplyAdd(weight, modes.Re1, re1);
                im1 = Vector.FusedMultiplyAdd(weight, modes.Im1, im1);
            }

            Store(modes.Read(re0, im0, re1, im1), n, sums);
        }

        void Store((Vector<double> First, Vector<double> Second) read, int n, Span<double> sums)
        {
            for (int lane = 0; lane < 2 * lanes && n + lane < sums.Length; lane++)
            {
                sums[n + lane] = lane < lanes ? read.First[lane] : read.Second[lane - lanes];
            }
        }
    }

    // y(t) = sum_n w_hn(t).
    private void Respond(int readout, double[] x, double[] y)
    {
        Array.Clear(y);
        for (int n = 0; n < _stride; n += 2 * Vector<double>.Count)
        {
            var modes = new Pair(this, readout, n);
            for (int t = 0; t < x.Length; t++)
            {
                modes.Advance(x[t]);
                (Vector<double> first, Vector<double> second) = modes.Read(modes.Re0, modes.Im0, modes.Re1, modes.Im1);
                y[t] += Vector.Sum(first + second);
            }
        }
    }

    private double[] Table(int rows, Func<int, int, double> value)
    {
        var table = new double[rows * _stride];
        for (int row = 0; row < rows; row++)
        {
            for (int n = 0; n < _bank.WavesPerReadout; n++)
            {
                table[(row * _stride) + n] = value(row, n);
            }
        }

        return table;
    }

    private static void Column(double[] rows, int width, int column, double[] values)
    {
        for (int t = 0; t < values.Length; t++)
        {
            values[t] = rows[(t * width) + column];
        }
    }

    /// <summary>Two vectors of modes of one channel, and their states.</summary>
    private ref struct Pair
    {
        private readonly Vector<double> _ar0;
        private readonly Vector<double> _ai0;
        private readonly Vector<double> _ar1;
        private readonly Vector<double> _ai1;
        private readonly Vector<double> _cr0;
        private readonly Vector<double> _ci0;
        private readonly Vector<double> _cr1;
        private readonly Vector<double> _ci1;

        public Pair(ChannelSeries series, int readout, int n)
        {
            int lanes = Vector<double>.Count;
            int mode = (readout % series._bank.Groups * series._stride) + n;
            int wave = (readout * series._stride) + n;
            _ar0 = new(series._lambdaRe, mode);
            _ai0 = new(series._lambdaIm, mode);
            _ar1 = new(series._lambdaRe, mode + lanes);
            _ai1 = new(series._lambdaIm, mode + lanes);
            _cr0 = new(series._readRe, wave);
            _ci0 = new(series._readIm, wave);
            _cr1 = new(series._readRe, wave + lanes);
            _ci1 = new(series._readIm, wave + lanes);
        }

        public Vector<double> Re0 { get; private set; }

        public Vector<double> Im0 { get; private set; }

        public Vector<double> Re1 { get; private set; }

        public Vector<double> Im1 { get; private set; }

        /// <summary>s = lambda s + x.</summary>
        public void Advance(double x)
        {
            var drive = new Vector<double>(x);
            Vector<double> re0 = Vector.FusedMultiplyAdd(_ar0, Re0, drive - (_ai0 * Im0));
            Vector<double> re1 = Vector.FusedMultiplyAdd(_ar1, Re1, drive - (_ai1 * Im1));
            Im0 = Vector.FusedMultiplyAdd(_ar0, Im0, _ai0 * Re0);
            Im1 = Vector.FusedMultiplyAdd(_ar1, Im1, _ai1 * Re1);
            Re0 = re0;
            Re1 = re1;
        }

        /// <summary>Re(c s).</summary>
        public readonly (Vector<double> First, Vector<double> Second) Read(Vector<double> re0, Vector<double> im0, Vector<double> re1, Vector<double> im1) =>
            ((_cr0 * re0) - (_ci0 * im0), (_cr1 * re1) - (_ci1 * im1));
    }
}
