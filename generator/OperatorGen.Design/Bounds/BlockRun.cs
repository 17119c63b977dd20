using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// A block's state step by step, with a proven error. A step in double is wrong by less than
/// <code>
/// |delta| &lt;= (n + 3) u (|T| |s| + |x|)   (components in magnitude, real and imaginary parts together)
/// </code>
/// and <see cref="BlockError"/> carries that on; a readout Re(c s) of n components by (2 n + 4) u of its sum of magnitudes.
/// </summary>
/// <param name="powers">The block, with bounds of its powers.</param>
/// <param name="start">The first state, [component]; null: 0.</param>
internal sealed class BlockRun(BlockPowers powers, ComplexNumber[]? start)
{
    private const double UnitRoundoff = 1.0 / (1L << 53);
    private const double Raised = 1 + (1.0 / (1L << 40)); // above the rounding of the formulas here
    private const double Underflow = 1e-300;

    private readonly ModeBlock _block = powers.Block;
    private readonly double[] _local = new double[powers.Block.Size];
    private readonly double[] _magnitudes = new double[powers.Block.Size];
    private double[] _re = start is null ? new double[powers.Block.Size] : Array.ConvertAll(start, x => x.Re);
    private double[] _im = start is null ? new double[powers.Block.Size] : Array.ConvertAll(start, x => x.Im);
    private double[] _nextRe = new double[powers.Block.Size];
    private double[] _nextIm = new double[powers.Block.Size];
    private BlockError _error = new(powers);

    /// <summary>At least |s~ - s| in the norm of the powers.</summary>
    public double Error => _error.Now;

    /// <summary>At least |s| in the norm of the powers, the error included.</summary>
    public double Size
    {
        get
        {
            for (int n = 0; n < _magnitudes.Length; n++)
            {
                _magnitudes[n] = Math.Abs(_re[n]) + Math.Abs(_im[n]);
            }

            return powers.Size(_magnitudes) + Error;
        }
    }

    /// <summary>A component of the state in double.</summary>
    public ComplexNumber this[int component] => new(_re[component], _im[component]);

    /// <summary>s &lt;- T s + x.</summary>
    /// <param name="x">[component]; null: 0.</param>
    /// <param name="errors">At least how far each is from the real one; null: it is the real one.</param>
    public void Step(ComplexNumber[]? x, double[]? errors)
    {
        for (int n = 0; n < _re.Length; n++)
        {
            double size = x is null ? 0 : Math.Abs(x[n].Re) + Math.Abs(x[n].Im);
            for (int k = 0; k < _re.Length; k++)
            {
                size += Math.Abs(_block[n, k]) * (Math.Abs(_re[k]) + Math.Abs(_im[k]));
            }

            _local[n] = ((_re.Length + 3) * UnitRoundoff * size * Raised) + (errors is null ? 0 : errors[n]) + (_re.Length * Underflow);
            (_nextRe[n], _nextIm[n]) = x is null ? (0, 0) : (x[n].Re, x[n].Im);
        }

        _block.AddProduct(_re, _nextRe);
        _block.AddProduct(_im, _nextIm);
        (_re, _im, _nextRe, _nextIm) = (_nextRe, _nextIm, _re, _im);
        _error.Step(powers.Size(_local));
    }

    /// <summary>Contains Re(c s).</summary>
    /// <param name="reads">c.</param>
    /// <param name="dual">At least its dual norm.</param>
    public Interval Read(ComplexNumber[] reads, double dual)
    {
        double sum = 0;
        double size = 0;
        for (int n = 0; n < reads.Length; n++)
        {
            sum += (reads[n].Re * _re[n]) - (reads[n].Im * _im[n]);
            size += (Math.Abs(reads[n].Re) + Math.Abs(reads[n].Im)) * (Math.Abs(_re[n]) + Math.Abs(_im[n]));
        }

        double slack = ((((2 * reads.Length) + 4) * UnitRoundoff * size) + (Error == 0 ? 0 : dual * Error) + Underflow) * Raised;
        return Math.Abs(sum) <= double.MaxValue && slack <= double.MaxValue ? (Interval)sum + new Interval(-slack, slack) : Interval.Entire;
    }
}
