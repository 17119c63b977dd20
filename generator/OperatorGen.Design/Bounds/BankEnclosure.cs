using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// Ranges of the readouts of a bank of modes. The modes are driven by independent signals u_j, each anywhere in its range at every step: the inputs v themselves,
/// or those of a map v = W u + b, an affine norm behind it folded in, whose b is one more signal that is always 1. Modes of one channel see one v, whose range is all that counts. Of shared modes
/// <code>
/// o_h = sum_j K_hj * u_j,   K_hj(tau) = Re sum_n c_hn beta_nj lambda_n^tau,   beta_nj = sum_i b_ni W_ij
/// </code>
/// and the extremes are those of all kernels at the same step (<see cref="KernelEnclosure"/>). The weights are no doubles: each is a double and a radius r_n, and
/// sum_n r_n sum_tau |lambda_n|^tau |u_j| is added. Where readouts times signals times modes times taps exceed a limit, the signals keep to their middles m_j in
/// one kernel, and what they differ by counts through the sizes of the states:
/// <code>
/// o_h = K_h * 1 +- sum_n |c_hn| S_n,   K_h = sum_j K_hj m_j,   S_n = sum_j |beta_nj| |u_j - m_j| sum_tau |lambda_n|^tau
/// </code>
/// Of a block the powers of its matrix take the place of lambda^tau: c T^tau beta, and where magnitudes count, |c| |beta| sum_tau |T^tau| in a norm
/// (<see cref="BlockPowers"/>).
/// </summary>
internal sealed class BankEnclosure
{
    /// <summary>Products of readouts, signals, modes and taps up to which kernels are enumerated one by one: about half a second.</summary>
    public const long WorkLimit = 1L << 27;

    private readonly ModeBank _bank;
    private readonly int? _maxLength;
    private readonly Interval[] _v;
    private readonly int[] _waves;
    private readonly Interval[] _powers; // sum_tau |lambda|^tau, [mode]; of a mode in a block unused
    private readonly BlockPowers?[] _blocks; // [mode], the same for all modes of a block
    private readonly Signal[] _signals;  // of shared modes
    private readonly bool _enumerates;
    private readonly ComplexInterval[] _middle; // sum_j beta_nj m_j, [mode]
    private readonly Interval[] _spread;        // S, [mode]; of a mode in a block sum_j |beta_nj| |u_j - m_j|

    /// <summary>Prepares the ranges.</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="map">From u to v; null: u is v.</param>
    /// <param name="u">The signals.</param>
    /// <param name="maxLength">The greatest length of a sequence; null: any.</param>
    /// <param name="workLimit">How much is enumerated for all readouts.</param>
    /// <param name="norm">The affine norm between the map and v; null: none.</param>
    public BankEnclosure(ModeBank bank, LinearDescription? map, Interval[] u, int? maxLength, long workLimit = WorkLimit, NormDescription? norm = null)
    {
        _bank = bank;
        _maxLength = maxLength;
        Interval[] mapped = map is null ? u : [.. IntervalMaps.Apply(map, u).Take(bank.Inputs)];
        _v = norm?.Range(mapped) ?? mapped;
        _waves = [.. Enumerable.Range(0, bank.WavesPerReadout)];
        _powers = [.. Enumerable.Range(0, bank.ModeCount).Select(m => KernelRun.Geometric(KernelRun.MagnitudeOf(bank.Eigenvalue(m)), maxLength))];
        Dictionary<int, BlockPowers> blocks = bank.Blocks.ToDictionary(block => block.First, block => BlockPowers.Of(block, maxLength));
        _blocks = [.. Enumerable.Range(0, bank.ModeCount).Select(m => bank.BlockOf(m) is { } block ? blocks[block.First] : null)];
        _signals = bank.IsShared ? Signals(bank, map, norm, u) : [];
        _enumerates = bank.Readouts * (double)_signals.Length * Products(bank) * Taps(bank, maxLength) <= workLimit;
        _middle = new ComplexInterval[_enumerates ? 0 : bank.ModeCount];
        _spread = new Interval[_middle.Length];
        foreach (Signal signal in _signals)
        {
            double middle = signal.Range.Midpoint;
            var half = new Interval(0, (signal.Range - middle).Magnitude);
            for (int n = 0; n < _middle.Length; n++)
            {
                _middle[n] += (Interval)middle * signal.Drive[n];
                Interval spread = signal.Drive[n].Magnitude * half;
                _spread[n] += _blocks[n] is null ? spread * _powers[n] : spread;
            }
        }
    }

    /// <summary>Contains o_h(t) at every step of every sequence.</summary>
    public Interval Of(int readout) => Of(readout, _waves, _bank.Skip(readout));

    /// <summary>Contains the sum of some waves of a readout.</summary>
    public Interval Of(int readout, IReadOnlyCollection<int> waves) => Of(readout, waves, 0);

    /// <summary>At least the sum of |K_hi(tau)| over all taps, all modes together.</summary>
    public Interval AbsoluteSum(int readout, int input)
    {
        if (_bank.IsShared && !_enumerates)
        {
            return SeparateSum(readout, input);
        }

        Interval sum = default;
        foreach ((ModeTiming timing, int[] waves) in ByTiming(readout, _waves))
        {
            double skip = timing == ModeTiming.Causal && _bank.InputOf(readout) == input ? _bank.Skip(readout) : 0;
            Kernel kernel = !_bank.IsShared ? Own(readout, _bank.InputOf(readout) == input ? waves : [], skip, 1)
                : Weighted(readout, waves, n => _bank.Drive(n, input), skip, 1);
            sum += KernelEnclosure.AbsoluteSum(kernel, _maxLength) + new Interval(0, kernel.Slack);
        }

        return sum;
    }

    /// <summary>At least the sum of |K_hi(tau)| over all taps for every subset of the modes: each mode counts by itself.</summary>
    public Interval SeparateSum(int readout, int input)
    {
        bool own = _bank.InputOf(readout) == input;
        Interval sum = own ? Math.Abs(_bank.Skip(readout)) : 0;
        foreach (int n in own || _bank.IsShared ? _waves : [])
        {
            sum += _blocks[_bank.ModeOf(readout, n)] is not null ? OneOfBlock(readout, n, input)
                : _bank.IsShared ? KernelRun.MagnitudeOf(_bank[readout, n].Weight) * KernelRun.MagnitudeOf(_bank.Drive(n, input)) * _powers[n]
                : KernelEnclosure.AbsoluteSum([_bank[readout, n]], 0, _maxLength);
        }

        return sum;
    }

    private Interval Of(int readout, IReadOnlyCollection<int> waves, double skip)
    {
        Interval sum = default;
        foreach ((ModeTiming timing, int[] some) in ByTiming(readout, waves))
        {
            Interval image = Image(readout, some, timing == ModeTiming.Causal ? skip : 0);

            // A mode that leaves the current sample out is 0 at the first step.
            sum += timing.Delay == 0 ? image : image.Hull(0);
        }

        return sum;
    }

    private Interval Image(int readout, int[] waves, double skip)
    {
        if (!_bank.IsShared)
        {
            return KernelEnclosure.Image([Own(readout, waves, skip, _v[_bank.InputOf(readout)])], _maxLength);
        }

        int own = _bank.InputOf(readout);
        if (_enumerates)
        {
            return KernelEnclosure.Image([.. _signals.Select(signal => Weighted(readout, waves, n => signal.Drive[n], skip * signal.Passes(own), signal.Range))], _maxLength);
        }

        Interval spread = default;
        foreach (int n in waves.Where(n => _blocks[n] is null))
        {
            spread += KernelRun.MagnitudeOf(_bank[readout, n].Weight) * _spread[n];
        }

        foreach (BlockPowers block in BlocksOf(readout, waves))
        {
            spread += Reach(block, Reads(readout, block, waves), n => _spread[n].High);
        }

        return KernelEnclosure.Image([Weighted(readout, waves, n => _middle[n], 0, 1)], _maxLength) + LayerError.PlusMinus(spread.High) + (skip * _v[own]);
    }

    // The current sample and the skip come first, also where no mode takes it in.
    private IEnumerable<(ModeTiming Timing, int[] Waves)> ByTiming(int readout, IReadOnlyCollection<int> waves)
    {
        ModeTiming Timing(int n) => _bank.Timing(_bank.ModeOf(readout, n));
        return waves.Select(Timing).Prepend(ModeTiming.Causal).Distinct().Select(timing => (timing, (int[])[.. waves.Where(n => Timing(n) == timing)]));
    }

    private Kernel Own(int readout, int[] waves, double skip, Interval range) => new(
        [.. waves.Where(n => _blocks[_bank.ModeOf(readout, n)] is null).Select(n => _bank[readout, n])],
        skip,
        range)
    {
        Blocks = [.. BlocksOf(readout, waves).Select(block => new BlockKernel(block, Drive(block, _bank.InputOf(readout)), Reads(readout, block, waves)))],
    };

    // The blocks that some waves of a readout are components of.
    private IEnumerable<BlockPowers> BlocksOf(int readout, int[] waves) => waves.Select(n => _blocks[_bank.ModeOf(readout, n)]).OfType<BlockPowers>().Distinct();

    // c of some waves, 0 of the other components of a block.
    private ComplexNumber[] Reads(int readout, BlockPowers powers, int[] waves)
    {
        int first = powers.Block.First - _bank.ModeOf(readout, 0);
        return [.. Enumerable.Range(first, powers.Block.Size).Select(n => waves.Contains(n) ? _bank[readout, n].Weight : ComplexNumber.Zero)];
    }

    private ComplexNumber[] Drive(BlockPowers powers, int input) => [.. Enumerable.Range(powers.Block.First, powers.Block.Size).Select(m => _bank.Drive(m, input))];

    // sum_tau |K(tau)| of one component of a block and one input.
    private Interval OneOfBlock(int readout, int wave, int input)
    {
        BlockPowers powers = _blocks[_bank.ModeOf(readout, wave)]!;
        var kernel = new BlockKernel(powers, Drive(powers, input), Reads(readout, powers, [wave]));
        return KernelEnclosure.AbsoluteSum(new Kernel([], 0, 1) { Blocks = [kernel] }, _maxLength);
    }

    // At least sum_tau |c T^tau x| for |x| at most the magnitudes of the modes.
    private Interval Reach(BlockPowers powers, ComplexNumber[] reads, Func<int, double> magnitude)
    {
        double[] x = [.. Enumerable.Range(powers.Block.First, powers.Block.Size).Select(magnitude)];
        Interval product = KernelRun.Product(powers.Dual(Array.ConvertAll(reads, read => KernelRun.MagnitudeOf(read).High)), powers.Size(x));
        return KernelRun.Product(product, powers.Sum(_maxLength));
    }

    private Kernel Weighted(int readout, int[] waves, Func<int, ComplexInterval> drive, Interval skip, Interval range)
    {
        Interval slack = default;
        List<Wave> some = [];
        foreach (int n in waves.Where(n => _blocks[n] is null))
        {
            Wave read = _bank[readout, n];
            ComplexInterval weight = read.Weight * drive(n);
            some.Add(read with { Weight = weight.Midpoint });
            slack += (weight - weight.Midpoint).Magnitude * _powers[n];
        }

        List<BlockKernel> blocks = [];
        foreach (BlockPowers block in BlocksOf(readout, waves))
        {
            ComplexInterval[] exact = [.. Enumerable.Range(block.Block.First, block.Block.Size).Select(drive)];
            ComplexNumber[] middle = Array.ConvertAll(exact, b => b.Midpoint);
            ComplexNumber[] reads = Reads(readout, block, waves);
            slack += Reach(block, reads, m => (exact[m - block.Block.First] - middle[m - block.Block.First]).Magnitude.High);
            blocks.Add(new BlockKernel(block, middle, reads));
        }

        return new Kernel(some, skip, range, slack.High) { Blocks = blocks };
    }

    // Signals of range 0 do nothing.
    private static Signal[] Signals(ModeBank bank, LinearDescription? map, NormDescription? norm, Interval[] u)
    {
        if (map is null)
        {
            return [.. u.Select((range, j) => new Signal(range, [.. Enumerable.Range(0, bank.ModeCount).Select(n => (ComplexInterval)bank.Drive(n, j))], i => i == j ? 1 : 0))
                .Where(signal => signal.Range is not { Low: 0, High: 0 })];
        }

        Interval Factor(int i) => norm?.Weight(i) ?? 1;
        IEnumerable<Signal> signals = u.Select((range, j) => Mapped(bank, range, i => Factor(i) * map.Weight(i, j)));
        signals = map.HasBias || norm is not null ? signals.Append(Mapped(bank, 1, i => (Factor(i) * map.Bias(i)) + (norm?.Bias(i) ?? 0))) : signals;
        return [.. signals.Where(signal => signal.Range is not { Low: 0, High: 0 })];
    }

    private static Signal Mapped(ModeBank bank, Interval range, Func<int, Interval> weight)
    {
        var drive = new ComplexInterval[bank.ModeCount];
        for (int i = 0; i < bank.Inputs; i++)
        {
            Interval w = weight(i);
            for (int n = 0; n < drive.Length; n++)
            {
                drive[n] += w * (ComplexInterval)bank.Drive(n, i);
            }
        }

        return new Signal(range, drive, weight);
    }

    // Products of a tap: one per mode, and all entries of a block.
    private static double Products(ModeBank bank) => bank.WavesPerReadout + bank.Blocks.Sum(block => 2.0 * block.Size * block.Size);

    // About how many taps the slowest mode has until the rest is negligible; infinite where it does not decay.
    private static double Taps(ModeBank bank, int? maxLength)
    {
        double slowest = Enumerable.Range(0, bank.ModeCount).Max(m => bank.Eigenvalue(m).Magnitude);
        return Math.Min(maxLength ?? double.PositiveInfinity, slowest < 1 ? 64 + (40 / (1 - slowest)) : double.PositiveInfinity);
    }

    private sealed record Signal(Interval Range, ComplexInterval[] Drive, Func<int, Interval> Passes);
}
