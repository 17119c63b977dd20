using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// The sensitivities to what selective cells compute from their input at one time step: a change d of a number moves the output by Re(sensitivity d).
/// </summary>
/// <param name="cell">The cells.</param>
internal sealed class StepSensitivity(SelectiveCell cell)
{
    /// <summary>To the gates, [G, K].</summary>
    public Complex[] Gate { get; } = new Complex[cell.Count * cell.KeyWidth];

    /// <summary>To the keys, [G, K].</summary>
    public Complex[] Key { get; } = new Complex[cell.Count * cell.KeyWidth];

    /// <summary>To gamma times the queries, [G, K].</summary>
    public Complex[] Query { get; } = new Complex[cell.Count * cell.KeyWidth];

    /// <summary>To Delta or beta as a factor of what is added, [G].</summary>
    public double[] Step { get; } = new double[cell.Count];

    /// <summary>To the values, [G, V].</summary>
    public double[] Value { get; } = new double[cell.OutputWidth];

    /// <summary>Adds the errors of these numbers.</summary>
    public void AddTo(Sensitivity sensitivity, StepErrors errors)
    {
        sensitivity.Add([.. Gate.Select(Complex.Abs)], errors.Gate);
        sensitivity.Add([.. Key.Select(Complex.Abs)], errors.Key);
        sensitivity.Add([.. Query.Select(Complex.Abs)], errors.Query);
        sensitivity.Add(Step, errors.Step);
        sensitivity.Add(Value, errors.Value);
    }

    /// <summary>Goes back through the signals.</summary>
    public void Through(LayerProbe trace, SignalSensitivity signals)
    {
        signals.Through(cell.Value, Blocks(cell.Value, [.. Value.Select(s => (Complex)s)], cell.ValueWidth, Field.Real));
        Through(cell.Key, Key, signals);
        Through(cell.Query, [.. Query.Select(s => cell.Gamma * s)], signals);
        switch (cell.Transition)
        {
            case StepTransition { A: Tensor a } transition:
                // a = e^(Delta A): A a.
                Number(transition.Delta, [.. Step.Select((s, g) => s + Sum(g, mode => Gate[mode] * GateErrors.Eigenvalue(cell, a, mode) * trace.Transition[mode]).Real)]);
                break;
            case LogGateTransition { PerKey: true } transition:
                signals.Through(transition.LogGate, Blocks(transition.LogGate, Gate.Zip(trace.Transition, Complex.Multiply).ToArray(), cell.KeyWidth, Field.Real));
                break;
            case LogGateTransition transition:
                Number(transition.LogGate, LogGates());
                break;
            case GateTransition transition:
                signals.Through(transition.Gate, Blocks(transition.Gate, [.. Step.Select((_, g) => Sum(g, mode => Gate[mode]))], 1, cell.Field));
                break;
            case DeltaTransition transition:
                Number(transition.Beta, Step);
                if (transition.LogGate is Signal logGate)
                {
                    Number(logGate, LogGates());
                }

                break;
        }

        double[] LogGates() => [.. Step.Select((_, g) => Sum(g, mode => Gate[mode] * trace.Transition[mode]).Real)];
        void Number(Signal signal, double[] to) => signals.Through(signal, Blocks(signal, [.. to.Select(s => (Complex)s)], 1, Field.Real));
    }

    private void Through(Parameter? parameter, Complex[] to, SignalSensitivity signals)
    {
        if (parameter is SelectiveParameter selective)
        {
            signals.Through(selective.Signal, Blocks(selective.Signal, to, cell.KeyWidth, parameter.Field));
        }
    }

    private Complex Sum(int g, System.Func<int, Complex> part) => Enumerable.Range(g * cell.KeyWidth, cell.KeyWidth).Select(part).Aggregate(Complex.Add);

    /// <summary>From [G, size] to the signal's blocks: what cells share is summed; (re, -im) of a complex number, as Re(s d) is Re s Re d - Im s Im d.</summary>
    private double[] Blocks(Signal signal, Complex[] to, int size, Field field)
    {
        var sums = new double[signal.Width];
        int parts = field == Field.Complex ? 2 : 1;
        for (int i = 0; i < to.Length; i++)
        {
            int at = BlockErrors.Place(i, size, signal.Width / parts / size, cell.Count) * parts;
            sums[at] += to[i].Real;
            if (parts == 2)
            {
                sums[at + 1] -= to[i].Imaginary;
            }
        }

        return sums;
    }
}
