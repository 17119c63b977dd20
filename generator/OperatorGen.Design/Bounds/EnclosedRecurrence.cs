using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The readouts of a sequence with proven errors. The state of a mode is a complex double s and a radius E, so that rotations do not widen it; x is its drive,
/// <code>
/// e_x = sum_i |b_i| e_i + (n + 4) u sum_i |b_i| |v_i|   (shared modes, n inputs; of a mode of one channel x = v and e_x = e_v)
/// E_t = |lambda| E_(t-1) + e_x + 6 u (|lambda| |s_(t-1)| + |x|)
/// </code>
/// (a complex product is wrong by less than 4 u of its magnitude, a product with a real number and each sum by u of its own; e_i is the half width of v_i). A
/// readout of n waves adds |weight| E of every wave, |D| e_v, and (2 n + 6) u of the sum of magnitudes. The radii are computed in double themselves: a factor
/// 1 + 2^-20 covers their own rounding in up to 2^30 steps. The state of a block has one error in a norm of the block's own (<see cref="BlockRun"/>).
/// </summary>
internal sealed class EnclosedRecurrence
{
    private const double UnitRoundoff = 1.0 / (1L << 53);
    private const double OwnRounding = 1 + (1.0 / (1 << 20));
    private const double Underflow = 1e-300;

    private readonly ModeBank _bank;
    private readonly int _steps;
    private readonly double[] _middle; // of v, [time, input]
    private readonly double[] _half;
    private readonly ComplexNumber[] _state; // [time]
    private readonly double[] _radius;

    private EnclosedRecurrence(ModeBank bank, Interval[][] v)
    {
        _bank = bank;
        _steps = v.Length;
        _middle = new double[_steps * bank.Inputs];
        _half = new double[_middle.Length];
        _state = new ComplexNumber[_steps];
        _radius = new double[_steps];
        for (int k = 0; k < _middle.Length; k++)
        {
            Interval range = v[k / bank.Inputs][k % bank.Inputs];
            _middle[k] = range.Midpoint;
            _half[k] = Math.Max(range.High - _middle[k], _middle[k] - range.Low) * OwnRounding;
        }
    }

    /// <summary>Contains o, [time, readout].</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="v">The cells' input, [time][input].</param>
    public static Interval[] Readouts(ModeBank bank, Interval[][] v) => new EnclosedRecurrence(bank, v).Readouts();

    private Interval[] Readouts()
    {
        var sum = new double[_steps * _bank.Readouts];
        var error = new double[sum.Length];
        var size = new double[sum.Length];
        for (int k = 0; k < sum.Length; k++)
        {
            int h = k % _bank.Readouts;
            int seen = (k / _bank.Readouts * _bank.Inputs) + _bank.InputOf(h);
            sum[k] = _bank.Skip(h) * _middle[seen];
            error[k] = Math.Abs(_bank.Skip(h)) * _half[seen];
            size[k] = Math.Abs(sum[k]);
        }

        foreach (ModeBlock block in _bank.Blocks)
        {
            Run(block, sum, error, size);
        }

        for (int m = 0; m < _bank.ModeCount; m++)
        {
            if (_bank.BlockOf(m) is not null)
            {
                continue;
            }

            Run(m);
            foreach (int h in _bank.ReadoutsOf(_bank.GroupOf(m)))
            {
                ComplexNumber weight = _bank[h, m % _bank.WavesPerReadout].Weight;
                for (int t = 0; t < _steps; t++)
                {
                    int k = (t * _bank.Readouts) + h;
                    sum[k] += (weight * _state[t]).Re;
                    error[k] += Size(weight) * _radius[t];
                    size[k] += Size(weight) * Size(_state[t]);
                }
            }
        }

        var o = new Interval[sum.Length];
        for (int k = 0; k < o.Length; k++)
        {
            double slack = (error[k] + (((2 * _bank.WavesPerReadout) + 6) * UnitRoundoff * size[k]) + Underflow) * OwnRounding;
            o[k] = slack <= double.MaxValue && Math.Abs(sum[k]) <= double.MaxValue ? (Interval)sum[k] + new Interval(-slack, slack) : Interval.Entire;
        }

        return o;
    }

    // Fills states and radii of a mode, as its readouts see them.
    private void Run(int mode)
    {
        ComplexNumber lambda = _bank.Eigenvalue(mode);
        double magnitude = KernelRun.MagnitudeOf(lambda).High;
        ModeTiming timing = _bank.Timing(mode);
        ComplexNumber state = ComplexNumber.Zero;
        double radius = 0;
        for (int k = 0; k < _steps; k++)
        {
            int t = timing.Backward ? _steps - 1 - k : k;
            (ComplexNumber x, double error) = Drive(mode, t);
            ComplexNumber next = (lambda * state) + x;
            double nextRadius = (magnitude * radius) + error + (6 * UnitRoundoff * ((magnitude * Size(state)) + Size(x))) + Underflow;
            (_state[t], _radius[t]) = timing.Delay == 0 ? (next, nextRadius) : (state, radius);
            (state, radius) = (next, nextRadius);
        }
    }

    // Adds what the readouts of a block's group make of it.
    private void Run(ModeBlock block, double[] sum, double[] error, double[] size)
    {
        var powers = BlockPowers.Of(block, _steps);
        var run = new BlockRun(powers, null);
        ModeTiming timing = _bank.Timing(block.First);
        int wave = block.First % _bank.WavesPerReadout;
        (int Readout, ComplexNumber[] Reads, double Dual)[] readouts = [.. _bank.ReadoutsOf(_bank.GroupOf(block.First)).Select(h =>
        {
            ComplexNumber[] reads = [.. Enumerable.Range(wave, block.Size).Select(n => _bank[h, n].Weight)];
            return (h, reads, powers.Dual(Array.ConvertAll(reads, Size)));
        })];
        var x = new ComplexNumber[block.Size];
        var errors = new double[block.Size];
        for (int k = 0; k < _steps; k++)
        {
            int t = timing.Backward ? _steps - 1 - k : k;
            if (timing.Delay > 0)
            {
                Read(t);
            }

            for (int n = 0; n < x.Length; n++)
            {
                (x[n], errors[n]) = Drive(block.First + n, t);
            }

            run.Step(x, errors);
            if (timing.Delay == 0)
            {
                Read(t);
            }
        }

        void Read(int t)
        {
            foreach ((int h, ComplexNumber[] reads, double dual) in readouts)
            {
                int k = (t * _bank.Readouts) + h;
                for (int n = 0; n < reads.Length; n++)
                {
                    sum[k] += (reads[n] * run[n]).Re;
                    size[k] += Size(reads[n]) * Size(run[n]);
                }

                error[k] += run.Error == 0 ? 0 : dual * run.Error;
            }
        }
    }

    private (ComplexNumber X, double Error) Drive(int mode, int t)
    {
        int row = t * _bank.Inputs;
        if (!_bank.IsShared && _bank.BlockOf(mode) is not null)
        {
            ComplexNumber weight = _bank.Drive(mode, _bank.GroupOf(mode));
            ComplexNumber driven = _middle[row + _bank.GroupOf(mode)] * weight;
            return (driven, (Size(weight) * _half[row + _bank.GroupOf(mode)]) + (2 * UnitRoundoff * Size(driven)) + Underflow);
        }

        if (!_bank.IsShared)
        {
            return (_middle[row + _bank.GroupOf(mode)], _half[row + _bank.GroupOf(mode)]);
        }

        ComplexNumber sum = ComplexNumber.Zero;
        double error = 0;
        double size = 0;
        for (int i = 0; i < _bank.Inputs; i++)
        {
            ComplexNumber b = _bank.Drive(mode, i);
            sum += _middle[row + i] * b;
            error += Size(b) * _half[row + i];
            size += Size(b) * Math.Abs(_middle[row + i]);
        }

        return (sum, error + ((_bank.Inputs + 4) * UnitRoundoff * size) + Underflow);
    }

    // At least |z|.
    private static double Size(ComplexNumber z) => Math.Abs(z.Re) + Math.Abs(z.Im);
}
