using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>The gates of selective cells at one time step, and the factor of what is added.</summary>
/// <param name="gate">The gates a of v_t, [G, K].</param>
/// <param name="step">Delta of a step, beta of a delta rule, [G]; null: 1.</param>
/// <param name="cells">G.</param>
internal sealed class SelectiveCellTransition(Func<double[], Complex[]> gate, Func<double[], Complex[]>? step, int cells)
{
    /// <summary>Whether the gates are real or complex.</summary>
    public Field Field { get; private init; }

    /// <summary>True for the delta rule, which takes away what the key reads before it adds.</summary>
    public bool ErasesKey { get; private init; }

    public static SelectiveCellTransition Of(SelectiveCell cell, ReferenceOptions options)
    {
        int cells = cell.Count, keys = cell.KeyWidth;
        switch (cell.Transition)
        {
            case StepTransition { A: Tensor a } transition:
                // a = e^(Delta A)
                Complex[] eigenvalues = PerKey(Array.ConvertAll(a.AsField(cell.Field), options.Stored), cells, keys);
                Func<double[], Complex[]> delta = Number(transition.Delta, Field.Real);
                return new SelectiveCellTransition(v => Exponential(cell.Field, eigenvalues, delta(v)), delta, cells) { Field = cell.Field };

            case LogGateTransition { LogGate: Signal logGate } transition:
                // a = e^g
                Func<double[], Complex[]> logs = BlockFormula.Of(logGate, transition.PerKey ? keys : 1, Field.Real, cells, options);
                return new SelectiveCellTransition(v => Array.ConvertAll(PerKey(logs(v), cells, keys), g => (Complex)Math.Exp(g.Real)), null, cells);

            case GateTransition transition:
                Func<double[], Complex[]> gates = Number(transition.Gate, cell.Field);
                return new SelectiveCellTransition(v => PerKey(gates(v), cells, keys), null, cells) { Field = cell.Field };

            case DecayTransition { A: Tensor a }:
                Complex[] decay = PerKey(Array.ConvertAll(a.AsField(Field.Real), options.Stored), cells, keys);
                return new SelectiveCellTransition(_ => decay, null, cells);

            case DeltaTransition transition:
                // alpha = e^g, or 1
                Func<double[], Complex[]>? log = transition.LogGate is null ? null : Number(transition.LogGate, Field.Real);
                Complex[] one = PerKey([Complex.One], cells, keys);
                return new SelectiveCellTransition(v => log is null ? one : PerKey(Array.ConvertAll(log(v), g => (Complex)Math.Exp(g.Real)), cells, keys), Number(transition.Beta, Field.Real), cells)
                {
                    ErasesKey = true,
                };

            default:
                throw new NotSupportedException($"The reference has no formula for a {cell.Transition.GetType().Name}.");
        }

        Func<double[], Complex[]> Number(Signal signal, Field field) => BlockFormula.Of(signal, 1, field, cells, options);
    }

    /// <summary>The gates [G, K] and the factor of what is added [G].</summary>
    public (Complex[] Gate, double[] Step) At(double[] v)
    {
        double[] factor = step is null ? new double[cells] : Array.ConvertAll(step(v), x => x.Real);
        if (step is null)
        {
            Array.Fill(factor, 1);
        }

        return (gate(v), factor);
    }

    private static Complex[] Exponential(Field field, Complex[] eigenvalues, Complex[] delta)
    {
        int keys = eigenvalues.Length / delta.Length;
        var gate = new Complex[eigenvalues.Length];
        for (int mode = 0; mode < gate.Length; mode++)
        {
            double step = delta[mode / keys].Real;
            double size = Math.Exp(step * eigenvalues[mode].Real), angle = step * eigenvalues[mode].Imaginary;
            gate[mode] = field == Field.Real ? size : new Complex(size * Math.Cos(angle), size * Math.Sin(angle));
        }

        return gate;
    }

    /// <summary>One number for all cells, one per cell, or one per cell and key, as [G, K].</summary>
    private static Complex[] PerKey(Complex[] numbers, int cells, int keys)
    {
        var expanded = new Complex[cells * keys];
        for (int mode = 0; mode < expanded.Length; mode++)
        {
            expanded[mode] = numbers[(int)((long)mode * numbers.Length / expanded.Length)];
        }

        return expanded;
    }
}
