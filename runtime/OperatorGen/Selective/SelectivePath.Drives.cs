using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>One state of a selective recurrence: its gate, what is written into it, and what it becomes, [time] each.</summary>
/// <param name="Gates">The step sizes or log-gates.</param>
/// <param name="Phases">The phases of gates that are no step sizes, in radians; empty: 0.</param>
/// <param name="Re">The real parts of what is written.</param>
/// <param name="Im">The imaginary parts; empty: 0.</param>
/// <param name="StateRe">The real parts of the state after each step.</param>
/// <param name="StateIm">The imaginary parts; empty: 0.</param>
public sealed record StateDrive(double[] Gates, double[] Phases, double[] Re, double[] Im, double[] StateRe, double[] StateIm)
{
    /// <summary>The magnitudes of what is written.</summary>
    public double[] Magnitudes() => [.. Re.Select((re, t) => new ComplexNumber(re, Im.Length == 0 ? 0 : Im[t]).Magnitude)];
}

/// <content>What is written into the states.</content>
public sealed partial class SelectivePath
{
    /// <summary>The number of states: cells times keys times values.</summary>
    public int States => StateSize;

    /// <summary>The gate of a state, [cell, gate].</summary>
    /// <param name="state">The state, [cell, key, value].</param>
    public int GateOf(int state) => Recurrence.GatesPerCell == 1 ? state / Recurrence.Values / Recurrence.Keys : state / Recurrence.Values;

    /// <summary>Some of the states with their gates and what is written into them.</summary>
    /// <param name="states">The states, [cell, key, value].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state.</exception>
    public IReadOnlyList<StateDrive> Drives(IReadOnlyList<int> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        if (states.Any(state => (uint)state >= (uint)StateSize))
        {
            throw new ArgumentOutOfRangeException(nameof(states), $"A state is 0 to {StateSize - 1}.");
        }

        Run();
        int phased = HasPhases ? Steps : 0, complex = Recurrence.IsComplex ? Steps : 0;
        StateDrive[] drives = [.. states.Select(_ => new StateDrive(new double[Steps], new double[phased], new double[Steps], new double[complex], new double[Steps], new double[complex]))];
        Walk((t, gates, phases, re, im) =>
        {
            for (int i = 0; i < drives.Length; i++)
            {
                int state = states[i], gate = GateOf(state), at = ((t + 1) * StateSize) + state;
                (drives[i].Gates[t], drives[i].Re[t], drives[i].StateRe[t]) = (gates[gate], re[state], _statesRe[at]);
                if (phased > 0)
                {
                    drives[i].Phases[t] = phases[gate];
                }

                if (complex > 0)
                {
                    (drives[i].Im[t], drives[i].StateIm[t]) = (im[state], _statesIm[at]);
                }
            }
        });
        return drives;
    }

    /// <summary>The greatest magnitude of what is written into the states of each gate, [cell, gate].</summary>
    public double[] LargestInputs()
    {
        var largest = new double[Gates];
        Walk((_, _, _, re, im) =>
        {
            for (int state = 0; state < re.Length; state++)
            {
                int gate = GateOf(state);
                largest[gate] = Math.Max(largest[gate], im.Length == 0 ? Math.Abs(re[state]) : new ComplexNumber(re[state], im[state]).Magnitude);
            }
        });
        return largest;
    }

    private delegate void DriveStep(int t, double[] gates, double[] phases, double[] re, double[] im);

    private bool HasPhases => Recurrence.Gate is not StepGate && (_gateIm.Length > 0 || Array.Exists(_gateRe, gate => gate < 0));

    /// <summary>Goes through the time steps with gates, phases and what is written, all in buffers that the next step writes over.</summary>
    private void Walk(DriveStep step)
    {
        double[] logs = LogGates();
        double[] gates = new double[Gates], phases = HasPhases ? new double[Gates] : [];
        double[] re = new double[StateSize], im = Recurrence.IsComplex ? new double[StateSize] : [];
        for (int t = 0; t < Steps; t++)
        {
            Drive(t, logs, gates, phases, re, im);
            step(t, gates, phases, re, im);
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
