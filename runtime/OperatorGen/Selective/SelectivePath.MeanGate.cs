using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <content>The recurrence expanded about constant gates.</content>
public sealed partial class SelectivePath
{
    /// <summary>
    /// What the expansion is about, [time, <see cref="SelectiveRecurrence.GateNumbers"/>]: the step sizes, or the logarithms of the gates' magnitudes. Minus infinity where a gate closes completely.
    /// </summary>
    public double[] LogGates()
    {
        if (Recurrence.Gate is StepGate step)
        {
            return Blocks(step.Delta, 1);
        }

        if (Recurrence.Gate is LogGate log)
        {
            return Blocks(log.Signal, Recurrence.GatesPerCell);
        }

        var logs = new double[_gateRe.Length];
        for (int i = 0; i < logs.Length; i++)
        {
            double magnitude = _gateIm.Length == 0 ? Math.Abs(_gateRe[i]) : Math.Sqrt((_gateRe[i] * _gateRe[i]) + (_gateIm[i] * _gateIm[i]));
            logs[i] = magnitude == 0 ? double.NegativeInfinity : RealMath.Log(magnitude);
        }

        return logs;
    }

    /// <summary>The readouts with the gates expanded to an order in their deviations from the centres; everything else is exact.</summary>
    /// <param name="centres">The centres of the step sizes or log-gates, [<see cref="SelectiveRecurrence.GateNumbers"/>].</param>
    /// <param name="order">The order, from 0.</param>
    /// <returns>[time, cell, value].</returns>
    /// <exception cref="InvalidOperationException">The recurrence cannot be expanded: <see cref="SelectiveRecurrence.MeanGateRefusal"/>.</exception>
    public double[] MeanGateReadouts(ReadOnlySpan<double> centres, int order)
    {
        if (Recurrence.MeanGateRefusal is { } reason)
        {
            throw new InvalidOperationException($"The recurrence is not expanded about its mean gates: {reason}.");
        }

        int values = Recurrence.GatesPerCell == 1 ? Recurrence.Keys * Recurrence.Values : Recurrence.Values;
        var expansion = new MeanGateExpansion(Recurrence.MeanGates(centres), values, order);
        double[] logs = LogGates();
        var gates = new double[Gates];
        double[] phases = Recurrence.Gate is not StepGate && (_gateIm.Length > 0 || Array.Exists(_gateRe, gate => gate < 0)) ? new double[Gates] : [];
        var re = new double[StateSize];
        double[] im = Recurrence.IsComplex ? new double[StateSize] : [];
        var state = new double[StateSize];
        var turned = new double[Recurrence.IsComplex ? StateSize : 0];
        var o = new double[Steps * Recurrence.Readouts];
        for (int t = 0; t < Steps; t++)
        {
            Drive(t, logs, gates, phases, re, im);
            if (Recurrence.ReadsBefore)
            {
                Read(t, state, turned, o);
            }

            expansion.Step(gates, phases, re, im);
            Sum(expansion, state, turned);
            if (!Recurrence.ReadsBefore)
            {
                Read(t, state, turned, o);
            }
        }

        return o;
    }

    private static void Sum(MeanGateExpansion expansion, double[] state, double[] turned)
    {
        Array.Clear(state);
        Array.Clear(turned);
        for (int k = 0; k <= expansion.Order; k++)
        {
            System.Numerics.Tensors.TensorPrimitives.Add(state, expansion.Re(k), state);
            if (turned.Length > 0)
            {
                System.Numerics.Tensors.TensorPrimitives.Add(turned, expansion.Im(k), turned);
            }
        }
    }

    /// <summary>Gates, phases and what is written at a step.</summary>
    private void Drive(int t, double[] logs, double[] gates, double[] phases, double[] re, double[] im)
    {
        int perCell = Recurrence.GatesPerCell, numbers = logs.Length / Steps;
        for (int i = 0; i < gates.Length; i++)
        {
            gates[i] = logs[(t * numbers) + (numbers == gates.Length ? i : i / perCell)];
            if (phases.Length > 0)
            {
                phases[i] = Math.Atan2(_gateIm.Length == 0 ? 0 : _gateIm[(t * Gates) + i], _gateRe[(t * Gates) + i]);
            }
        }

        for (int i = 0; i < re.Length; i++)
        {
            int g = i / Recurrence.Values / Recurrence.Keys, k = i / Recurrence.Values % Recurrence.Keys;
            double v = _values[(t * Recurrence.Readouts) + (g * Recurrence.Values) + (i % Recurrence.Values)];
            int at = Index(t, g, k);
            re[i] = _keyRe[at] * v;
            if (im.Length > 0)
            {
                im[i] = _keyIm.Length == 0 ? 0 : _keyIm[at] * v;
            }
        }
    }
}
