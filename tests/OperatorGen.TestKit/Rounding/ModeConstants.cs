using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>A constant as stored, and how far the stored value of another computation in double can be from it.</summary>
internal readonly record struct StoredNumber(Complex Value, double Error)
{
    public double Size => Complex.Abs(Value);
}

/// <summary>
/// The constants of modes in the form of generated code: <c>s = a s + sum_i b_i v_i</c>, <c>o = Re sum_n c_n s_n + D v</c>. Modes of one channel each have b = 1
/// and c = gamma C b-bar, unless the state has a name by which it is read: then, and where modes are shared, b = b-bar and c = gamma C.
/// </summary>
internal sealed class ModeConstants
{
    // exp, sin, cos, division and products of a discretisation in double: some ulp, and |Delta A| ulp from rounding the exponent; twice, for two computations.
    private const double DoubleUlp = 1.0 / (1L << 52);

    private readonly bool _shared;
    private readonly StoredNumber[] _a;   // [mode]
    private readonly StoredNumber[] _b;   // [mode, input of the mode]
    private readonly StoredNumber[] _c;   // [readout, mode of the readout]
    private readonly double[]? _skip;     // [readout]

    private ModeConstants(ModeCell cell, bool shared, bool folded, Arithmetic arithmetic)
    {
        _shared = shared;
        Inputs = cell.InputWidth;
        Readouts = cell.OutputWidth;
        ModesPerReadout = shared ? cell.ModeCount : cell.ModesPerChannel;
        InputsPerMode = shared ? Inputs : 1;
        DriveProducts = folded ? 0 : InputsPerMode;
        Kappa = cell.Field == Field.Complex ? 5 : 2;
        Complex[] eigenvalues = Numbers(cell.A, cell.Field), b = Numbers(cell.B, cell.Field), c = Numbers(cell.C, cell.Field);
        _a = new StoredNumber[eigenvalues.Length];
        _b = new StoredNumber[b.Length];
        _c = new StoredNumber[c.Length];
        var inputWeights = new Complex[b.Length];
        var relative = new double[_a.Length];
        for (int i = 0; i < b.Length; i++)
        {
            int m = i / InputsPerMode;
            double step = cell.Rule == DiscretizationRule.None ? 0 : cell.Delta.Values[cell.StepIndex(m)];
            (Complex a, Complex factor) = Reference.Discretization.Of(cell.Rule, step, eigenvalues[m], cell.Length);
            inputWeights[i] = factor * b[i];
            relative[m] = (16 + (2 * step * Complex.Abs(eigenvalues[m]) * (cell.Length ?? 1))) * DoubleUlp;
            _a[m] = new StoredNumber(arithmetic.Stored(a), cell.Rule == DiscretizationRule.None ? 0 : arithmetic.ConstantError(a, relative[m] * Complex.Abs(a)));
            _b[i] = folded ? new StoredNumber(1, 0) : Stored(inputWeights[i], 2 * relative[m], arithmetic);
        }

        for (int i = 0; i < c.Length; i++)
        {
            int m = ModeOf(i / ModesPerReadout, i % ModesPerReadout);
            _c[i] = folded ? Stored(cell.Gamma * c[i] * inputWeights[m], 2 * relative[m], arithmetic) : new StoredNumber(arithmetic.Stored(cell.Gamma * c[i]), 0);
        }

        _skip = cell.Skip?.Values.ToArray().Select(arithmetic.Stored).ToArray();
    }

    /// <summary>The width of v.</summary>
    public int Inputs { get; }

    /// <summary>The number of readouts.</summary>
    public int Readouts { get; }

    /// <summary>The number of modes.</summary>
    public int Count => _a.Length;

    /// <summary>How many modes a readout sums.</summary>
    public int ModesPerReadout { get; }

    /// <summary>How many inputs drive a mode.</summary>
    public int InputsPerMode { get; }

    /// <summary>How many products a mode's drive is the sum of; 0 where b = 1 and the input itself enters.</summary>
    public int DriveProducts { get; }

    /// <summary>Whether the code takes two steps at a time (<see cref="LookAheadRounding"/>).</summary>
    public bool LooksAhead { get; private init; }

    /// <summary>The roundings of <c>a s + x</c>: 2 of real numbers, 5 of complex ones; <see cref="ModeRounding"/> says why.</summary>
    public double Kappa { get; }

    public static ModeConstants Of(ChannelModes cell, Arithmetic arithmetic) =>
        new(cell, shared: false, cell.StateName is null, arithmetic) { LooksAhead = new ChannelModesLowering(cell).LooksAhead };

    public static ModeConstants Of(SharedModes cell, Arithmetic arithmetic) => new(cell, shared: true, folded: false, arithmetic);

    /// <summary>Constants that the reference does not round as it stores them: each is off by a unit roundoff more.</summary>
    public static ModeConstants OfUnrounded(ChannelModes cell, Arithmetic arithmetic)
    {
        ModeConstants constants = Of(cell, arithmetic);
        foreach (StoredNumber[] numbers in new[] { constants._a, constants._b, constants._c })
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = numbers[i] with { Error = numbers[i].Error + (arithmetic.Epsilon * numbers[i].Size) };
            }
        }

        return constants;
    }

    /// <summary>The constants of the backward direction, as modes that run forward and have no skip; null where there is none.</summary>
    public static ModeConstants? Backward(ChannelModes cell, Arithmetic arithmetic) =>
        cell.Backward is { } backward ? Of(cell with { C = backward.C, Skip = null, Backward = null, Form = ScanForm.StepByStep }, arithmetic) : null;

    /// <summary>The constants of the backward direction, as modes that run forward and have no skip; null where there is none.</summary>
    public static ModeConstants? Backward(SharedModes cell, Arithmetic arithmetic) =>
        cell.Backward is { } backward ? Of(cell with { C = backward.C, Skip = null, Backward = null }, arithmetic) : null;

    public StoredNumber A(int mode) => _a[mode];

    /// <summary>b of the mode's input number j, which is <see cref="InputOf"/> of the cell.</summary>
    public StoredNumber B(int mode, int j) => _b[(mode * InputsPerMode) + j];

    public StoredNumber C(int readout, int n) => _c[(readout * ModesPerReadout) + n];

    public double Skip(int readout) => _skip?[readout] ?? 0;

    public int InputOf(int mode, int j) => _shared ? j : mode / ModesPerReadout;

    public int ModeOf(int readout, int n) => _shared ? n : (readout % Inputs * ModesPerReadout) + n;

    /// <summary>The readouts that a mode takes part in; to each it is number mode modulo <see cref="ModesPerReadout"/>.</summary>
    public IEnumerable<int> ReadoutsOf(int mode) => ReadoutsFrom(InputOf(mode, 0));

    /// <summary>The readouts that an input reaches.</summary>
    public IEnumerable<int> ReadoutsFrom(int input) => Enumerable.Range(0, Readouts).Where(h => _shared || h % Inputs == input);

    /// <summary>K(tau) from an input to a readout that it reaches, with D at lag 0.</summary>
    public double[] Kernel(int readout, int input, int time)
    {
        var kernel = new double[time];
        kernel[0] = readout % Inputs == input ? Skip(readout) : 0;
        for (int n = 0; n < ModesPerReadout; n++)
        {
            int m = ModeOf(readout, n);
            Complex power = C(readout, n).Value * B(m, _shared ? input : 0).Value;
            for (int t = 0; t < time; t++)
            {
                kernel[t] += power.Real;
                power *= _a[m].Value;
            }
        }

        return kernel;
    }

    private static StoredNumber Stored(Complex value, double relative, Arithmetic arithmetic) =>
        new(arithmetic.Stored(value), arithmetic.ConstantError(value, relative * Complex.Abs(value)));

    private static Complex[] Numbers(Tensor tensor, Field field)
    {
        ReadOnlySpan<double> values = tensor.Values;
        var numbers = new Complex[field == Field.Complex ? values.Length / 2 : values.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = field == Field.Complex ? new Complex(values[2 * i], values[(2 * i) + 1]) : values[i];
        }

        return numbers;
    }
}
