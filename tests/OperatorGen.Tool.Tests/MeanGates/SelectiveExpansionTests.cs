using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests.MeanGates;

/// <summary>Recurrences of random models about their mean gates.</summary>
public sealed class SelectiveExpansionTests
{
    private const int Steps = 9;

    public static TheoryData<SelectiveKind> Kinds => new(Enum.GetValues<SelectiveKind>().Where(kind => !IsDelta(kind)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void At_a_high_order_the_readouts_are_the_exact_ones(SelectiveKind kind)
    {
        for (int seed = 0; seed < 8; seed++)
        {
            SelectivePath path = Path(kind, seed);
            double[] centres = Centres(path);
            MeanGate[] gates = path.Recurrence.MeanGates(centres);
            double[] logs = path.LogGates();
            double sum = Enumerable.Range(0, logs.Length).Max(i => Steps * Enumerable.Range(0, gates.Length)
                .Where(gate => path.Recurrence.GateNumber(gate) == i % centres.Length).Max(gate => gates[gate].Rate.Magnitude * Math.Abs(logs[i] - centres[i % centres.Length])));

            // |R_64(z)| <= |z|^65 / 65! e^|z| is nothing below |z| = 12. The terms up to it are at most e^12 = 2e5 times numbers of order 1 to 100, in double.
            if (sum <= 12)
            {
                double[] exact = path.Readouts(), expanded = path.MeanGateReadouts(centres, 64);
                Assert.All(exact.Zip(expanded), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
                Assert.Equal(Steps * path.Recurrence.Readouts, exact.Length);
            }
            else
            {
                Assert.NotEqual(0, seed); // so that every kind is compared at least once
            }
        }
    }

    [Theory]
    [InlineData(SelectiveKind.Delta)]
    [InlineData(SelectiveKind.GatedDelta)]
    public void A_delta_rule_says_why_it_has_no_mean_gate(SelectiveKind kind)
    {
        SelectivePath path = Path(kind, 1);
        Assert.Contains("do not commute", path.Recurrence.MeanGateRefusal, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => path.MeanGateReadouts(Centres(path), 2));
        Assert.Empty(MeanGateWave.Of(path.Recurrence, null));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_states_are_those_that_their_gates_and_inputs_make(SelectiveKind kind)
    {
        SelectivePath path = Path(kind, 3);
        int[] states = [.. Enumerable.Range(0, path.States)];
        MeanGate[] gates = path.Recurrence.MeanGates(Centres(path));
        double[] largest = path.LargestInputs();
        foreach ((StateDrive drive, int state) in path.Drives(states).Zip(states))
        {
            Symbolics.ComplexNumber s = Symbolics.ComplexNumber.Zero, rate = gates[path.GateOf(state)].Rate;
            for (int t = 0; t < Steps; t++)
            {
                var phase = new Symbolics.ComplexNumber(0, drive.Phases.Length == 0 ? 0 : drive.Phases[t]);
                s = (Symbolics.ComplexNumber.Exp((rate * drive.Gates[t]) + phase) * s) + new Symbolics.ComplexNumber(drive.Re[t], drive.Im.Length == 0 ? 0 : drive.Im[t]);

                // Some tens of roundings of numbers of order 1 to 100.
                Assert.Equal(s.Re, drive.StateRe[t], 1e-12);
                Assert.Equal(s.Im, drive.StateIm.Length == 0 ? 0 : drive.StateIm[t], 1e-12);
            }

            Assert.True(drive.Magnitudes().Max() <= largest[path.GateOf(state)]);
        }
    }

    private static bool IsDelta(SelectiveKind kind) => kind is SelectiveKind.Delta or SelectiveKind.GatedDelta;

    private static SelectivePath Path(SelectiveKind kind, int seed)
    {
        SeededModel model = RandomModels.Create(seed, new ModelShape { Cells = CellClass.Selective, Selective = kind, Modes = 1 + (seed % 4), Layers = 1, Width = 4 });
        return new SelectivePass(OperatorDescriptions.Of(model.Model), RandomModels.Input(model.Model, Steps, seed)).Layer(0);
    }

    private static double[] Centres(SelectivePath path)
    {
        var ranges = new GateRanges(path.Recurrence.GateNumbers);
        ranges.Add(path.LogGates());
        return [.. Enumerable.Range(0, ranges.Count).Select(gate => ranges[gate].Mean)];
    }
}
