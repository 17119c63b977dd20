using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Analysis.Tests.Selective;

/// <summary>Expansions about a mean gate against the recurrence itself.</summary>
public sealed class MeanGateExpansionTests
{
    [Fact]
    public void Mild_gates_have_the_errors_of_the_documents()
    {
        GateSequence mild = GateSequence.Mild();

        // The last of 400 steps that each shrink the state: the roundings of a few.
        Assert.Equal(-0.1643931346487173, mild.States()[^1].Re, 1e-15);
        double[] errors = mild.LargestErrors(0.1, 4);
        double[] stated = [4.276858e-2, 3.263874e-3, 1.762217e-4, 7.379e-6, 2.528e-7];
        double[] digits = [1e-8, 1e-9, 1e-10, 1e-9, 1e-10];
        for (int k = 0; k < stated.Length; k++)
        {
            Assert.Equal(stated[k], errors[k], digits[k]);
        }
    }

    [Fact]
    public void Wild_gates_have_the_errors_of_the_documents_and_do_not_converge()
    {
        GateSequence wild = GateSequence.Wild();
        double[] mean = wild.LargestErrors(wild.Range.Mean, 8), middle = wild.LargestErrors(wild.Range.Midrange, 8);
        Assert.Equal(0.177, mean[0], 5e-4);
        Assert.Equal(1.26e4, mean[8], 50.0);
        Assert.Equal(0.179, middle[0], 5e-4);
        Assert.Equal(0.172, middle[8], 5e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void At_a_high_order_the_expansion_is_the_recurrence(int kind)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            // Over 14 gates |r W| is at most 14 * 1.2 * 1.05 * 0.7 = 12.4: what is left out is below 12.4^65 / 65! e^12.4 = 1e-15 of an input of at most 1.5, and
            // the terms up to e^12.4 = 2.4e5 that cancel lose 15 * 2.4e5 * 2^-50 = 4e-9 at the very worst, at one sign of all deviations.
            GateSequence sequence = GateSequence.Random(seed, kind, 15);
            double[] errors = sequence.LargestErrors(sequence.Range.Midrange, MeanGateBounds.GreatestOrder);
            Assert.All(errors.Skip(MeanGateBounds.GreatestOrder), error => Assert.InRange(error, 0, 4e-9));
        }
    }

    [Fact]
    public void Phases_are_a_rotating_frame_in_which_gates_are_real()
    {
        GateSequence sequence = GateSequence.Random(5, 3);
        double turn = 0;
        double[] turns = [.. sequence.Phases.Select(phase => turn += phase)];
        ComplexNumber Rotation(double angle) => ComplexNumber.Exp(new ComplexNumber(0, angle));
        GateSequence frame = sequence with { Phases = [], Inputs = [.. sequence.Inputs.Zip(turns, (x, angle) => Rotation(-angle) * x)] };
        ComplexNumber[][] expected = frame.Partials(-0.3, 3), actual = sequence.Partials(-0.3, 3);
        for (int t = 0; t < sequence.Steps; t++)
        {
            for (int k = 0; k <= 3; k++)
            {
                // 120 angles of up to 9 are summed: wrong by 120 * 500 * 2^-53 = 7e-12 of states of order 10 at the worst.
                Assert.Equal(0, ((Rotation(turns[t]) * expected[t][k]) - actual[t][k]).Magnitude, 1e-10);
            }
        }
    }

    [Fact]
    public void Many_gates_and_values_are_what_each_is_alone()
    {
        GateSequence[] gates = [GateSequence.Random(1, 0), GateSequence.Random(2, 1)];
        var together = new MeanGateExpansion([.. gates.Select(gate => new MeanGate(gate.Rate, 0.4))], 2, 2);
        var alone = gates.Select(gate => new MeanGateExpansion([new MeanGate(gate.Rate, 0.4)], 1, 2)).ToArray();
        for (int t = 0; t < gates[0].Steps; t++)
        {
            // The second value of each gate is twice the first, which rounds nothing.
            double[] re = [.. gates.SelectMany(gate => new[] { gate.Inputs[t].Re, 2 * gate.Inputs[t].Re })];
            double[] im = [.. gates.SelectMany(gate => new[] { gate.Inputs[t].Im, 2 * gate.Inputs[t].Im })];
            together.Step([.. gates.Select(gate => gate.Gates[t])], [], re, im);
            for (int gate = 0; gate < 2; gate++)
            {
                alone[gate].Step([gates[gate].Gates[t]], [], [gates[gate].Inputs[t].Re], [gates[gate].Inputs[t].Im]);
                for (int k = 0; k <= 2; k++)
                {
                    ComplexNumber expected = new(alone[gate].Re(k)[0], alone[gate].Im(k)[0]);
                    Assert.Equal(expected, new(together.Re(k)[2 * gate], together.Im(k)[2 * gate]));
                    Assert.Equal(2 * expected, new(together.Re(k)[(2 * gate) + 1], together.Im(k)[(2 * gate) + 1]));
                }
            }
        }
    }

    [Fact]
    public void Order_0_is_a_constant_recurrence()
    {
        GateSequence sequence = GateSequence.Random(3, 1);
        var gate = new MeanGate(sequence.Rate, 0.25);
        ComplexNumber state = ComplexNumber.Zero;
        ComplexNumber[][] partials = sequence.Partials(0.25, 3);
        for (int t = 0; t < sequence.Steps; t++)
        {
            state = (gate.Eigenvalue * state) + sequence.Inputs[t];

            // The same products, summed in another order; the eigenvalue's modulus is below 1.
            Assert.Equal(0, (state - partials[t][0]).Magnitude, 1e-13);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        MeanGate gate = MeanGate.OfLogGate(-1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanGateExpansion([gate], 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanGateExpansion([gate], 1, MeanGateBounds.GreatestOrder + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanGateExpansion([gate], 0, 1));
        var expansion = new MeanGateExpansion([gate], 2, 1);
        Assert.Equal((1, 2, 1), (expansion.Gates, expansion.Values, expansion.Order));
        Assert.Throws<ArgumentException>(() => expansion.Step([-1, -1], [], [1, 1], []));
        Assert.Throws<ArgumentException>(() => expansion.Step([-1], [0, 0], [1, 1], []));
        Assert.Throws<ArgumentException>(() => expansion.Step([-1], [], [1], []));
        Assert.Throws<ArgumentException>(() => expansion.Step([-1], [], [1, 1], [1]));
    }
}
