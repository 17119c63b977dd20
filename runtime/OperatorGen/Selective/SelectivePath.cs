using System;
using System.Numerics.Tensors;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// A selective recurrence with the gates, keys, values and queries of one sequence. With these held the recurrence is linear in its values: readout t is the sum over
/// all earlier inputs, <c>o_t = sum_tau M[t, tau] v_tau</c>. Everything is in double precision.
/// </summary>
public sealed partial class SelectivePath
{
    private readonly double[] _gateRe, _gateIm, _keyRe, _keyIm, _queryRe, _queryIm, _values, _beta, _delta;
    private readonly SignalValues _signals;

    /// <summary>Evaluates the signals.</summary>
    /// <param name="recurrence">The recurrence.</param>
    /// <param name="input">The cells' input, [time, input].</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of steps.</exception>
    public SelectivePath(SelectiveRecurrence recurrence, double[] input)
    {
        ArgumentNullException.ThrowIfNull(recurrence);
        ArgumentNullException.ThrowIfNull(input);
        if (input.Length == 0 || input.Length % recurrence.Inputs != 0)
        {
            throw new ArgumentException($"{input.Length} numbers are no whole number of steps of {recurrence.Inputs}.", nameof(input));
        }

        Recurrence = recurrence;
        Steps = input.Length / recurrence.Inputs;
        _signals = new SignalValues(recurrence.Signals, input, Steps);
        Gates = recurrence.Cells * recurrence.GatesPerCell;
        _delta = recurrence.Gate is StepGate step ? Blocks(step.Delta, 1) : [];
        (_gateRe, _gateIm) = Gate();
        (_keyRe, _keyIm) = Operand(recurrence.Key, 1);
        (_queryRe, _queryIm) = Operand(recurrence.Query, recurrence.Gamma);
        _values = Blocks(recurrence.Value, recurrence.Values);
        _beta = recurrence.Gate is DeltaGate delta ? Blocks(delta.Beta, 1) : [];
        Scale();
    }

    /// <summary>The recurrence.</summary>
    public SelectiveRecurrence Recurrence { get; }

    /// <summary>The number of time steps.</summary>
    public int Steps { get; }

    /// <summary>The number of gates: cells times gates per cell.</summary>
    public int Gates { get; }

    /// <summary>v, [time, cell, value].</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The real parts of the queries, with gamma, [time, cell, key].</summary>
    public ReadOnlySpan<double> Queries => _queryRe;

    /// <summary>The gates' real parts, [time, cell, gate]; of a delta rule alpha.</summary>
    public ReadOnlySpan<double> GateRe => _gateRe;

    /// <summary>The gates' imaginary parts, [time, cell, gate]; empty where the state is real.</summary>
    public ReadOnlySpan<double> GateIm => _gateIm;

    private int Index(int t, int cell, int key) => (((t * Recurrence.Cells) + cell) * Recurrence.Keys) + key;

    private int GateIndex(int t, int cell, int key) => (((t * Recurrence.Cells) + cell) * Recurrence.GatesPerCell) + (Recurrence.GatesPerCell == 1 ? 0 : key);

    /// <summary>A signal of P blocks, [time, cell, number].</summary>
    private double[] Blocks(int signal, int width)
    {
        double[] source = _signals[signal];
        int all = Recurrence.Signals.Width(signal);
        var blocks = new double[Steps * Recurrence.Cells * width];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = source[SourceIndex(i, all, width)];
        }

        return blocks;
    }

    /// <summary>Where number i of [time, cell, number] is in a signal of P blocks.</summary>
    private int SourceIndex(int i, int all, int width)
    {
        int number = i % width, cell = i / width % Recurrence.Cells, t = i / width / Recurrence.Cells;
        return (t * all) + (cell * (all / width) / Recurrence.Cells * width) + number;
    }

    private (double[] Re, double[] Im) Gate()
    {
        int perCell = Recurrence.GatesPerCell;
        var re = new double[Steps * Gates];
        double[] im = Recurrence.IsComplex ? new double[re.Length] : [];
        switch (Recurrence.Gate)
        {
            case StepGate step:
                for (int i = 0; i < re.Length; i++)
                {
                    re[i] = _delta[i / perCell] * Rate(step, i % Gates).Re;
                }

                TensorPrimitives.Exp(re, re);
                for (int i = 0; i < im.Length; i++)
                {
                    (double sine, double cosine) = Math.SinCos(_delta[i / perCell] * Rate(step, i % Gates).Im);
                    (re[i], im[i]) = (re[i] * cosine, re[i] * sine);
                }

                break;
            case LogGate log:
                double[] logs = Blocks(log.Signal, perCell);
                for (int i = 0; i < re.Length; i++)
                {
                    re[i] = RealMath.Exp(logs[i]);
                }

                break;
            case GivenGate given when im.Length > 0:
                double[] pairs = Blocks(given.Signal, 2);
                for (int i = 0; i < re.Length; i++)
                {
                    (re[i], im[i]) = (pairs[2 * i], pairs[(2 * i) + 1]);
                }

                break;
            case GivenGate given:
                re = Blocks(given.Signal, 1);
                break;
            case DecayGate decay:
                for (int i = 0; i < re.Length; i++)
                {
                    re[i] = decay.Factors[i % Gates];
                }

                break;
            case DeltaGate { LogGate: { } signal }:
                double[] alphas = Blocks(signal, 1);
                for (int i = 0; i < re.Length; i++)
                {
                    re[i] = RealMath.Exp(alphas[i]);
                }

                break;
            case DeltaGate:
                Array.Fill(re, 1);
                break;
            default:
                throw new InvalidOperationException($"The gate {Recurrence.Gate.GetType().Name} is not known.");
        }

        return (re, im);
    }

    private ComplexNumber Rate(StepGate step, int gate) => Recurrence.IsComplex ? new ComplexNumber(step.Rates[2 * gate], step.Rates[(2 * gate) + 1]) : step.Rates[gate];

    private (double[] Re, double[] Im) Operand(SelectiveOperand? operand, double factor)
    {
        int parts = operand is { Complex: true } ? 2 : 1;
        var re = new double[Steps * Recurrence.Cells * Recurrence.Keys];
        double[] im = parts == 2 ? new double[re.Length] : [];
        double[] all = operand switch
        {
            null => [],
            { Signal: { } signal } => Blocks(signal, Recurrence.Keys * parts),
            { Values: { } values } => values,
            _ => throw new InvalidOperationException("Keys and queries are a signal or constants."),
        };
        for (int i = 0; i < re.Length; i++)
        {
            int at = all.Length == 0 ? 0 : parts * i % all.Length;
            re[i] = factor * (all.Length == 0 ? 1 : all[at]);
            if (parts == 2)
            {
                im[i] = factor * all[at + 1];
            }
        }

        return (re, im);
    }

    /// <summary>What the step size multiplies on the way into the state is in the keys from here on.</summary>
    private void Scale()
    {
        for (int i = 0; i < _keyRe.Length && _delta.Length > 0; i++)
        {
            _keyRe[i] *= _delta[i / Recurrence.Keys];
            if (_keyIm.Length > 0)
            {
                _keyIm[i] *= _delta[i / Recurrence.Keys];
            }
        }
    }
}
