using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <content>The recurrence expanded about constant gates.</content>
public sealed partial class SelectivePath
{
    /// <summary>
    /// What the expansion is about, [time, <see cref="SelectiveRecurrence.GateNumbers"/>]: the step sizes, or the logarithms of the gates' magnitudes. A log-gate is minus infinity where the gate
    /// closes completely: where e^g is 0 in double precision, below about -745.2, also where g is finite.
    /// </summary>
    public double[] LogGates()
    {
        if (Recurrence.Gate is StepGate)
        {
            return [.. _delta];
        }

        if (Recurrence.Gate is LogGate log)
        {
            return [.. Blocks(log.Signal, Recurrence.GatesPerCell).Zip(_gateRe, (value, gate) => gate == 0 ? double.NegativeInfinity : value)];
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
        var state = new double[StateSize];
        var turned = new double[Recurrence.IsComplex ? StateSize : 0];
        var o = new double[Steps * Recurrence.Readouts];
        Walk((t, gates, phases, re, im) =>
        {
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
        });
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
}
