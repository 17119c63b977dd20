using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// Every constant recurrence is a bank of modes: mode m has an eigenvalue, a drive row over the inputs and, per readout that it takes part in, a read weight,
/// <code>
/// s_m(t) = lambda_m s_m(t-1) + sum_i b_mi v_i(t)
/// w_hn(t) = Re(c_hn s_m(t)), m the mode of wave n of readout h          o_h(t) = sum_n w_hn(t) + D_h v_(h mod inputs)(t)
/// </code>
/// Two structures are told apart. <b>Per channel</b> (S4D): the modes of a channel listen to it with weight 1 and are read by its own readouts; an input weight
/// is folded into the read weight. <b>Shared</b> (S5, LRU): every mode is driven by all inputs and read by all readouts. Consecutive modes of a group may be a block
/// (<see cref="ModeBlock"/>), whose states mix: <c>s(t) = T s(t-1) + x(t)</c>. A wave is then a component of the block's state, and an input weight is not folded.
/// </summary>
public sealed class ModeBank : RecurrenceDescription, IEquatable<ModeBank>
{
    private readonly ComplexNumber[] _eigenvalues; // [mode]
    private readonly ComplexNumber[] _reads;       // [readout, wave]
    private readonly ComplexNumber[]? _drive;      // [mode, input]; null: per channel
    private readonly ComplexNumber[]? _weights;    // input weights per channel, [mode]; null: all 1
    private readonly double[]? _skip;              // [readout]
    private readonly ModeTiming[]? _timings;       // [mode]; null: all causal
    private readonly ModeBlock[] _blocks;
    private readonly ModeBlock?[]? _blockOf;       // [mode]; null: no blocks
    private readonly double[]?[] _blockReach;      // sum_i sum_tau |T^tau b_i|, [block][component]
    private string? _hash;

    private ModeBank(int inputs, int wavesPerReadout, ComplexNumber[] eigenvalues, ComplexNumber[]? drive, ComplexNumber[]? weights, ComplexNumber[] reads, double[]? skip, ModeTiming[]? timings, ModeBlock[] blocks)
        : base(inputs, reads.Length / Math.Max(wavesPerReadout, 1), wavesPerReadout)
    {
        if (inputs < 1 || wavesPerReadout < 1 || reads.Length % wavesPerReadout != 0 || (skip is not null && skip.Length != Readouts))
        {
            throw new ArgumentException($"{reads.Length} read weights and {skip?.Length ?? 0} skips are no bank of {wavesPerReadout} waves per readout.", nameof(reads));
        }

        bool fits = drive is null
            ? eigenvalues.Length == inputs * wavesPerReadout && Readouts % inputs == 0
            : eigenvalues.Length == wavesPerReadout && drive.Length == eigenvalues.Length * inputs && (skip is null || Readouts % inputs == 0);
        if (!fits || (timings is not null && timings.Length != eigenvalues.Length) || (weights is not null && weights.Length != eigenvalues.Length))
        {
            throw new ArgumentException($"{eigenvalues.Length} eigenvalues, {drive?.Length ?? 0} drive weights and {reads.Length} read weights are no bank of {inputs} inputs.", nameof(eigenvalues));
        }

        _eigenvalues = eigenvalues;
        _drive = drive;
        _reads = weights is null ? reads : [.. reads];
        _skip = skip;
        _timings = timings is null || Array.TrueForAll(timings, timing => timing == ModeTiming.Causal) ? null : timings;
        _blocks = blocks;
        _blockReach = new double[]?[blocks.Length];
        _blockOf = blocks.Length == 0 ? null : Members(blocks);
        _weights = weights is null ? null : Folded(weights);
    }

    /// <inheritdoc/>
    public override ModeBank Bank => this;

    /// <summary>The number of modes, of all channels together.</summary>
    public int ModeCount => _eigenvalues.Length;

    /// <summary>True where every mode is driven by all inputs and read by all readouts; false where each belongs to one channel.</summary>
    public bool IsShared => _drive is not null;

    /// <summary>Whether the readouts have a skip, which counts as one more, instantaneous wave.</summary>
    public bool HasSkip => _skip is not null;

    /// <summary>The summands of a readout: waves, and the skip where there is one.</summary>
    public int Summands => WavesPerReadout + (HasSkip ? 1 : 0);

    /// <summary>How many real numbers the state has: one per mode whose eigenvalue and drive are real, two per other mode. The modes of a block have one each where its drive is real.</summary>
    public int StateParts
    {
        get
        {
            int parts = ModeCount;
            for (int m = 0; m < ModeCount; m++)
            {
                ModeBlock? block = BlockOf(m);
                bool complex = block is null && _eigenvalues[m].Im != 0;
                for (int k = 0; k < (block?.Size ?? 1) * Inputs && !complex; k++)
                {
                    complex = Drive((block?.First ?? m) + (k / Inputs), k % Inputs).Im != 0;
                }

                parts += complex ? 1 : 0;
            }

            return parts;
        }
    }

    /// <summary>True where no mode runs backward in time.</summary>
    public bool IsCausal => _timings is null || Array.TrueForAll(_timings, timing => !timing.Backward);

    /// <summary>
    /// A wave: eigenvalue and weight. Per channel the weight is all between v and o; of a shared bank it is the read weight, and the mode's drive comes before, as it
    /// does in a block.
    /// </summary>
    public Wave this[int readout, int wave] => new(_eigenvalues[ModeOf(readout, wave)], _reads[(readout * WavesPerReadout) + wave]);

    /// <summary>Modes of one channel each.</summary>
    /// <param name="channels">The number of channels.</param>
    /// <param name="eigenvalues">[channel, mode].</param>
    /// <param name="weights">All that is between v and o, [readout, mode]; readout r of channel c is number r channels + c.</param>
    /// <param name="skip">D, [readout]; null: none.</param>
    /// <param name="timings">[channel, mode]; null: all causal.</param>
    /// <param name="blocks">The blocks, ascending; null: none.</param>
    /// <param name="drive">
    /// Input weights, [channel, mode]; null: all 1. The weights then are without them. They are folded in where a mode is in no block.
    /// </param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a block is not within one channel.</exception>
    public static ModeBank PerChannel(int channels, ComplexNumber[] eigenvalues, ComplexNumber[] weights, double[]? skip, ModeTiming[]? timings = null, IReadOnlyList<ModeBlock>? blocks = null, ComplexNumber[]? drive = null) =>
        new(channels, eigenvalues.Length / Math.Max(channels, 1), eigenvalues, null, drive, weights, skip, timings, [.. blocks ?? []]);

    /// <summary>Modes of one channel each, one readout per channel.</summary>
    /// <param name="modes">Waves per channel.</param>
    /// <param name="waves">[channel, mode].</param>
    /// <param name="skip">D, [channel]; null: none.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static ModeBank PerChannel(int modes, Wave[] waves, double[]? skip)
    {
        if (modes < 1 || waves.Length % modes != 0)
        {
            throw new ArgumentException($"{waves.Length} waves are no bank of {modes} waves per channel.", nameof(waves));
        }

        return PerChannel(waves.Length / modes, Array.ConvertAll(waves, wave => wave.Eigenvalue), Array.ConvertAll(waves, wave => wave.Weight), skip);
    }

    /// <summary>Modes that all channels share.</summary>
    /// <param name="inputs">The width of v.</param>
    /// <param name="eigenvalues">[mode].</param>
    /// <param name="drive">[mode, input].</param>
    /// <param name="reads">[readout, mode], gamma included.</param>
    /// <param name="skip">D, [readout]; null: none.</param>
    /// <param name="timings">[mode]; null: all causal.</param>
    /// <param name="blocks">The blocks, ascending; null: none.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or blocks overlap.</exception>
    public static ModeBank Shared(int inputs, ComplexNumber[] eigenvalues, ComplexNumber[] drive, ComplexNumber[] reads, double[]? skip, ModeTiming[]? timings = null, IReadOnlyList<ModeBlock>? blocks = null) =>
        new(inputs, eigenvalues.Length, eigenvalues, drive, null, reads, skip, timings, [.. blocks ?? []]);

    /// <summary>
    /// A bank of twice as many modes: those of one bank, and after them, in every group, those of another one that runs from the future to the past. The skip
    /// is the first bank's.
    /// </summary>
    /// <param name="forward">The modes that run from the past to the future.</param>
    /// <param name="backward">The others: of the same structure and sizes, without a skip.</param>
    /// <param name="delay">0: a backward read has the current sample in it; 1: it begins at the next sample.</param>
    /// <exception cref="ArgumentException">The banks do not fit each other, one of them has timings already, or the delay is neither 0 nor 1.</exception>
    public static ModeBank BothDirections(ModeBank forward, ModeBank backward, int delay)
    {
        if (forward.Inputs != backward.Inputs || forward.Readouts != backward.Readouts || forward.WavesPerReadout != backward.WavesPerReadout
            || forward.IsShared != backward.IsShared || backward.HasSkip || forward._timings is not null || backward._timings is not null || delay is < 0 or > 1)
        {
            throw new ArgumentException("Two banks of both directions have the same structure and sizes, run forward when taken alone, and the second has no skip.", nameof(backward));
        }

        int waves = forward.WavesPerReadout;
        ComplexNumber[] eigenvalues = Beside(forward._eigenvalues, backward._eigenvalues, waves);
        ComplexNumber[]? drive = forward._drive is null ? null : Beside(forward._drive, backward._drive!, forward._drive.Length);
        var timings = new ModeTiming[eigenvalues.Length];
        for (int m = 0; m < timings.Length; m++)
        {
            timings[m] = m % (2 * waves) < waves ? ModeTiming.Causal : new ModeTiming(Backward: true, delay);
        }

        ComplexNumber[]? weights = forward._weights is null && backward._weights is null ? null : Beside(forward.InputWeights(), backward.InputWeights(), waves);
        ModeBlock[] blocks = [.. Both(forward, 0).Concat(Both(backward, waves)).OrderBy(block => block.First)];
        return new ModeBank(forward.Inputs, 2 * waves, eigenvalues, drive, weights, Beside(forward._reads, backward._reads, waves), forward._skip, timings, blocks);

        // The blocks of one direction, whose modes begin at a wave of each group.
        IEnumerable<ModeBlock> Both(ModeBank bank, int wave) => bank._blocks.Select(block => block with { First = block.First + (bank.GroupOf(block.First) * waves) + wave });
    }

    /// <summary>The groups of modes that are read together: one per channel; one for all of a shared bank.</summary>
    public int Groups => ModeCount / WavesPerReadout;

    /// <summary>The mode of a readout's wave.</summary>
    public int ModeOf(int readout, int wave) => (readout % Groups * WavesPerReadout) + wave;

    /// <summary>The group of a mode.</summary>
    public int GroupOf(int mode) => mode / WavesPerReadout;

    /// <summary>The readouts that the modes of a group are read by, ascending.</summary>
    public IEnumerable<int> ReadoutsOf(int group)
    {
        for (int h = group; h < Readouts; h += Groups)
        {
            yield return h;
        }
    }

    /// <summary>The input that a readout's skip sees and, per channel, its modes listen to.</summary>
    public int InputOf(int readout) => readout % Inputs;

    /// <summary>The blocks, ascending.</summary>
    public IReadOnlyList<ModeBlock> Blocks => _blocks;

    /// <summary>The block that a mode is part of; null where its state does not mix with others.</summary>
    public ModeBlock? BlockOf(int mode) => _blockOf?[mode];

    /// <summary>lambda of a mode. Of a mode in a block an eigenvalue of the block, or of its diagonal part where that is all that is known: it tells of periods and lifetimes and moves no state.</summary>
    public ComplexNumber Eigenvalue(int mode) => _eigenvalues[mode];

    /// <summary>When a mode sees which sample.</summary>
    public ModeTiming Timing(int mode) => _timings is null ? ModeTiming.Causal : _timings[mode];

    /// <summary>b of a mode and an input; per channel 0 for inputs that are not the channel's own, and 1, or the input weight of a mode in a block, for its own.</summary>
    public ComplexNumber Drive(int mode, int input) => _drive is null
        ? mode / WavesPerReadout == input ? InputWeight(mode) : ComplexNumber.Zero
        : _drive[(mode * Inputs) + input];

    /// <summary>The waves of a readout, [wave].</summary>
    public IReadOnlyList<Wave> Waves(int readout)
    {
        var waves = new Wave[WavesPerReadout];
        for (int n = 0; n < waves.Length; n++)
        {
            waves[n] = this[readout, n];
        }

        return waves;
    }

    /// <summary>D of a readout; 0 where there is none.</summary>
    public double Skip(int readout) => _skip is null ? 0 : _skip[readout];

    /// <summary>
    /// What one readout makes of a signal x that enters the cells as v = drive x, as a bank of one input and one readout: the weights are
    /// <c>c_hn sum_i b_ni drive_i</c>, the skip is D_h times the drive of its input. Modes in a block keep c_hn as their weights, and the sums as their input weights.
    /// </summary>
    /// <param name="readout">h.</param>
    /// <param name="drive">[input].</param>
    public ModeBank Along(int readout, IReadOnlyList<double> drive)
    {
        int first = ModeOf(readout, 0);
        int group = first / WavesPerReadout;
        ComplexNumber[] reads = Rows(_reads, readout, WavesPerReadout);
        var weights = new ComplexNumber[WavesPerReadout];
        for (int n = 0; n < weights.Length; n++)
        {
            weights[n] = IsShared ? ComplexNumber.Zero : _weights is null ? drive[InputOf(readout)] : drive[InputOf(readout)] * _weights[first + n];
            for (int i = 0; i < Inputs && IsShared; i++)
            {
                weights[n] += drive[i] * _drive![(n * Inputs) + i];
            }
        }

        return PerChannel(
            1,
            Rows(_eigenvalues, group, WavesPerReadout),
            reads,
            _skip is null ? null : [_skip[readout] * drive[InputOf(readout)]],
            _timings is null ? null : Rows(_timings, group, WavesPerReadout),
            [.. _blocks.Where(block => GroupOf(block.First) == group).Select(block => block with { First = block.First - first })],
            weights);
    }

    /// <summary>A bound of |o| per unit of |v|: the reaches of the waves, and |D|; infinite where a wave does not decay.</summary>
    public double Reach(int readout)
    {
        double sum = Math.Abs(Skip(readout));
        for (int n = 0; n < WavesPerReadout; n++)
        {
            sum += WaveReach(readout, n);
        }

        return sum;
    }

    /// <summary>
    /// A bound of |w| of a wave per unit of |v|: |c| / (1 - |lambda|) times its drive row's sum of magnitudes; of a component of a block
    /// |c| sum_i sum_tau |T^tau b_i|. Infinite where the wave does not decay, and where a block takes more than 2^17 steps to.
    /// </summary>
    /// <param name="readout">The readout.</param>
    /// <param name="wave">Its wave.</param>
    public double WaveReach(int readout, int wave)
    {
        int mode = ModeOf(readout, wave);
        if (BlockOf(mode) is not { } block)
        {
            double drive = DriveMagnitude(mode);
            return drive == 0 ? 0 : this[readout, wave].Reach * drive;
        }

        double weight = this[readout, wave].Weight.Magnitude;
        return weight == 0 ? 0 : weight * BlockReach(block)[mode - block.First];
    }

    /// <summary>The sum of |b| of a mode over all inputs.</summary>
    public double DriveMagnitude(int mode)
    {
        if (_drive is null)
        {
            return InputWeight(mode).Magnitude;
        }

        double sum = 0;
        for (int i = 0; i < Inputs; i++)
        {
            sum += _drive[(mode * Inputs) + i].Magnitude;
        }

        return sum;
    }

    /// <inheritdoc/>
    public bool Equals(ModeBank? other) => other is not null && (ReferenceEquals(this, other) || Hash == other.Hash);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ModeBank);

    /// <inheritdoc/>
    public override int GetHashCode() => _reads.Length;

    // Which block each mode is part of.
    private ModeBlock?[] Members(ModeBlock[] blocks)
    {
        var members = new ModeBlock?[ModeCount];
        int end = 0;
        foreach (ModeBlock block in blocks)
        {
            bool fits = block.First >= end && block.Size > 0 && block.First + block.Size <= ModeCount && block.Transition.Count == block.Size * block.Size
                && GroupOf(block.First) == GroupOf(block.First + block.Size - 1);
            end = block.First + block.Size;
            for (int m = block.First; m < end && fits; m++)
            {
                members[m] = block;
                fits = Timing(m) == Timing(block.First);
            }

            if (!fits)
            {
                throw new ArgumentException($"{block.Size} modes from mode {block.First} on with {block.Transition.Count} weights are no block of the bank: blocks ascend, lie within one group, are square, and have one timing.", nameof(blocks));
            }
        }

        return members;
    }

    // Input weights of blocks alone: those of other modes go into the reads, which are then a copy.
    private ComplexNumber[]? Folded(ComplexNumber[] weights)
    {
        for (int k = 0; k < _reads.Length; k++)
        {
            int mode = ModeOf(k / WavesPerReadout, k % WavesPerReadout);
            _reads[k] = BlockOf(mode) is null ? _reads[k] * weights[mode] : _reads[k];
        }

        return _blockOf is null ? null : [.. weights.Select((weight, m) => _blockOf[m] is null ? ComplexNumber.One : weight)];
    }

    private ComplexNumber[] InputWeights() => [.. Enumerable.Range(0, ModeCount).Select(InputWeight)];

    private ComplexNumber InputWeight(int mode) => _weights is null ? ComplexNumber.One : _weights[mode];

    private double[] BlockReach(ModeBlock block)
    {
        int place = Array.IndexOf(_blocks, block);
        return _blockReach[place] ??= Sum(block);
    }

    private double[] Sum(ModeBlock block)
    {
        var sum = new double[block.Size];
        var drive = new ComplexNumber[block.Size];
        for (int i = 0; i < Inputs; i++)
        {
            for (int n = 0; n < drive.Length; n++)
            {
                drive[n] = Drive(block.First + n, i);
            }

            double[] sums = block.Sums(drive);
            for (int n = 0; n < sums.Length; n++)
            {
                sum[n] += sums[n];
            }
        }

        return sum;
    }

    private string Hash => _hash ??= ComputeHash();

    private string ComputeHash()
    {
        ContentHash hash = new ContentHash().Add(Inputs).Add(WavesPerReadout).Add(IsShared ? 1 : 0).Add(Parts(_eigenvalues)).Add(Parts(_drive ?? [])).Add(Parts(_reads)).Add(_skip ?? []);
        foreach (ModeTiming timing in _timings ?? [])
        {
            hash.Add(timing.Backward ? 1 : 0).Add(timing.Delay);
        }

        hash.Add(Parts(_weights ?? []));
        foreach (ModeBlock block in _blocks)
        {
            hash.Add(block.First).Add(block.Size).Add(block.Transition.Span);
        }

        return hash.ToHexString();
    }

    private static double[] Parts(ComplexNumber[] numbers)
    {
        var parts = new double[2 * numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            (parts[2 * i], parts[(2 * i) + 1]) = (numbers[i].Re, numbers[i].Im);
        }

        return parts;
    }

    // Rows of two tables in turns.
    private static T[] Beside<T>(T[] left, T[] right, int width)
    {
        var both = new T[2 * left.Length];
        for (int i = 0; i < left.Length; i++)
        {
            int at = (i / width * 2 * width) + (i % width);
            (both[at], both[at + width]) = (left[i], right[i]);
        }

        return both;
    }

    private static T[] Rows<T>(T[] table, int row, int width)
    {
        var part = new T[width];
        Array.Copy(table, row * width, part, 0, width);
        return part;
    }
}
