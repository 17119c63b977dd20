using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The kernel of some waves, K(tau) = sum_n Re(weight_n lambda_n^tau), tap by tap with a proven error. The powers come from p_(tau+1) = lambda p_tau in double:
/// a complex product is wrong by less than 4 u of its magnitude (sqrt 5 u is known to be enough), so after tau steps the power is wrong by less than
/// 4.1 tau u of itself while 4 tau u is below 1/50; products and sums of a tap add at most (2 n + 2) u of the sum of magnitudes. With
/// <code>
/// M(tau) = sum_n (|Re weight_n| + |Im weight_n|) (|Re p_n| + |Im p_n|)
/// </code>
/// the tap is wrong by less than (4.5 tau + 2 n + 8) u M(tau), the rounding of M included. Underflow adds less than (tau + 1) 2^-1068 (sum_n |weight_n| + n): a product
/// that underflows loses less than 2^-1072, and later steps enlarge that only along with a power above 1, against which it is nothing. Blocks of modes bring
/// Re(c T^tau b), whose error is that of a <see cref="BlockRun"/>.
/// </summary>
internal sealed class KernelRun
{
    private const double UnitRoundoff = 1.0 / (1L << 53);
    private const int GreatestPower = 1 << 20; // beyond, a sum of growing taps counts as unbounded
    private const double Underflow = 64 * double.Epsilon; // 2^-1068

    private readonly double[] _lambdaRe;
    private readonly double[] _lambdaIm;
    private readonly double[] _weightRe;
    private readonly double[] _weightIm;
    private readonly double[] _re;
    private readonly double[] _im;
    private readonly double _weights;
    private readonly (BlockRun Run, BlockKernel Kernel, double Dual)[] _blocks;

    /// <summary>Starts at tau = 0.</summary>
    /// <param name="waves">The waves; those of weight 0 are left out.</param>
    /// <param name="blocks">What comes from blocks; those that are not driven or not read are left out.</param>
    public KernelRun(IReadOnlyList<Wave> waves, IReadOnlyList<BlockKernel> blocks)
    {
        _blocks = [.. blocks.Where(block => Array.Exists(block.Drive, b => b != ComplexNumber.Zero) && Array.Exists(block.Reads, c => c != ComplexNumber.Zero))
            .Select(block => (new BlockRun(block.Powers, block.Drive), block, block.Powers.Dual(Array.ConvertAll(block.Reads, SizeOf))))];

        var some = new List<Wave>();
        foreach (Wave wave in waves)
        {
            if (wave.Weight != ComplexNumber.Zero)
            {
                some.Add(wave);
                _weights += Math.Abs(wave.Weight.Re) + Math.Abs(wave.Weight.Im);
            }
        }

        Count = some.Count;
        IsEmpty = Count == 0 && _blocks.Length == 0;
        _lambdaRe = [.. some.ConvertAll(wave => wave.Eigenvalue.Re)];
        _lambdaIm = [.. some.ConvertAll(wave => wave.Eigenvalue.Im)];
        _weightRe = [.. some.ConvertAll(wave => wave.Weight.Re)];
        _weightIm = [.. some.ConvertAll(wave => wave.Weight.Im)];
        _re = new double[Count];
        _im = new double[Count];
        _re.AsSpan().Fill(1);
    }

    private int Count { get; }

    /// <summary>Whether there is neither a wave nor a block.</summary>
    public bool IsEmpty { get; }

    /// <summary>tau, the tap that <see cref="Next"/> gives.</summary>
    public int Tap { get; private set; }

    /// <summary>Contains |z|; a part that overflowed, or is not a number since both did, has any magnitude.</summary>
    public static Interval MagnitudeOf(ComplexNumber z) => Math.Max(Math.Abs(z.Re), Math.Abs(z.Im)) <= double.MaxValue
        ? ((ComplexInterval)z).Magnitude
        : new Interval(0, double.PositiveInfinity);

    /// <summary>Contains K(tau); then goes on to tau + 1.</summary>
    public Interval Next()
    {
        double tap = 0;
        double magnitude = 0;
        for (int n = 0; n < _re.Length; n++)
        {
            double re = _re[n];
            double im = _im[n];
            tap += (_weightRe[n] * re) - (_weightIm[n] * im);
            magnitude += (Math.Abs(_weightRe[n]) + Math.Abs(_weightIm[n])) * (Math.Abs(re) + Math.Abs(im));
            _re[n] = (_lambdaRe[n] * re) - (_lambdaIm[n] * im);
            _im[n] = (_lambdaRe[n] * im) + (_lambdaIm[n] * re);
        }

        Interval ofBlocks = 0;
        foreach ((BlockRun run, BlockKernel kernel, double dual) in _blocks)
        {
            ofBlocks += run.Read(kernel.Reads, dual);
            run.Step(null, null);
        }

        if (Count == 0)
        {
            Tap++;
            return ofBlocks;
        }

        double error = (((4.5 * Tap) + (2 * Count) + 8) * UnitRoundoff * magnitude) + ((Tap + 1) * Underflow * (_weights + Count));
        Tap++;
        return error <= double.MaxValue && Math.Abs(tap) <= double.MaxValue ? new Interval((tap - (Interval)error).Low, (tap + (Interval)error).High) + ofBlocks : Interval.Entire;
    }

    /// <summary>A bound of the sum of |Re(weight_n lambda_n^tau)| over all waves and all tau from <see cref="Tap"/> on.</summary>
    /// <param name="taps">How many taps are left; null: infinitely many.</param>
    /// <returns>Infinity where a wave does not decay and the taps have no end.</returns>
    public double Tail(int? taps)
    {
        Interval sum = 0;
        for (int n = 0; n < Count; n++)
        {
            Interval factor = MagnitudeOf(new ComplexNumber(_lambdaRe[n], _lambdaIm[n]));
            Interval power = MagnitudeOf(new ComplexNumber(_re[n], _im[n])) * (1 + (5.0 * (Tap + 1) * UnitRoundoff)) + ((Tap + 1) * Underflow);
            Interval weight = MagnitudeOf(new ComplexNumber(_weightRe[n], _weightIm[n]));
            sum += weight * power * Geometric(factor, taps);
        }

        foreach ((BlockRun run, BlockKernel kernel, double dual) in _blocks)
        {
            sum += Product(Product(dual, run.Size), kernel.Powers.Sum(taps));
        }

        return sum.High;
    }

    /// <summary>At least a b, of numbers that are not negative; 0 where one of them is, and without end where one of them has none.</summary>
    public static Interval Product(Interval a, double b) => a.High == 0 || b == 0 ? 0 : b <= double.MaxValue ? a * b : new Interval(0, double.PositiveInfinity);

    /// <summary>At least 1 + q + ... + q^(taps - 1), without end where taps is null.</summary>
    public static Interval Geometric(Interval q, int? taps)
    {
        Interval endless = q.High < 1 ? 1.0 / (1.0 - q) : Interval.Entire;
        if (taps is not int count)
        {
            return endless;
        }

        Interval counted = q.High <= 1 ? (double)count : count <= GreatestPower ? (double)count * q.Power(count) : Interval.Entire;
        return counted.High < endless.High ? counted : endless;
    }

    private static double SizeOf(ComplexNumber z) => Math.Abs(z.Re) + Math.Abs(z.Im);
}
