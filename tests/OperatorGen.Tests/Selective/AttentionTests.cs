using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tests.Selective;

/// <summary>The matrix that a selective recurrence is for one sequence.</summary>
public sealed class AttentionTests
{
    [Theory]
    [MemberData(nameof(SelectiveSample.Kinds), MemberType = typeof(SelectiveSample))]
    public void Attention_times_values_is_the_readout_of_every_cell(SelectiveKind kind)
    {
        foreach (SelectivePath path in SelectiveSample.Of(kind).SelectMany(sample => sample.Paths()))
        {
            SelectiveRecurrence recurrence = path.Recurrence;
            double[] readouts = path.Readouts(), values = path.Values.ToArray();
            for (int c = 0; c < recurrence.Readouts; c++)
            {
                double[] matrix = path.Attention(c / recurrence.Values, c % recurrence.Values);
                for (int t = 0; t < path.Steps; t++)
                {
                    double[] parts = [.. Enumerable.Range(0, path.Steps).Select(tau => matrix[(t * path.Steps) + tau] * values[(tau * recurrence.Readouts) + c])];
                    Assert.All(parts[(t + 1)..], part => Assert.Equal(0, part));

                    // Gates are below 1 and keys of order 1: some hundred roundings of numbers like the parts. 1e-12 is above 2^-53 times a thousand.
                    Assert.Equal(readouts[(t * recurrence.Readouts) + c], parts.Sum(), 1e-12 * Math.Max(1, parts.Sum(Math.Abs)));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(SelectiveSample.Kinds), MemberType = typeof(SelectiveSample))]
    public void A_cell_or_value_that_is_not_there_is_refused(SelectiveKind kind)
    {
        SelectivePath path = SelectiveSample.Of(kind)[0].Paths()[0];
        Assert.Throws<ArgumentOutOfRangeException>(() => path.Attention(path.Recurrence.Cells));
        Assert.Throws<ArgumentOutOfRangeException>(() => path.Attention(0, path.Recurrence.Values));
        Assert.Throws<ArgumentOutOfRangeException>(() => path.InitialAttention(-1));
    }

    [Theory]
    [InlineData("per key")]
    [InlineData("read before")]
    [InlineData("complex")]
    [InlineData("delta")]
    public void The_part_of_a_state_before_the_sequence_is_that_of_a_recurrence_run_by_hand(string kind)
    {
        const int Steps = 7, Keys = 2, Width = 8; // k, q, v, beta, and two numbers of the gate
        var random = new Random(3);
        double[] x = [.. Enumerable.Range(0, Steps * Width).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] skip = [0.375], bonus = [0.5, -0.25];
        var signals = new SelectiveSignals(Width, new SlicedNode(0, 0, 2), new SlicedNode(0, 2, 2), new SlicedNode(0, 4, 1), new SlicedNode(0, 5, 1), new SlicedNode(0, 6, 2), new SlicedNode(0, 6, 1));
        SelectiveGate gate = kind switch { "complex" => new GivenGate(5), "delta" => new DeltaGate(4, 6), _ => new LogGate(5, PerKey: true) };
        bool before = kind == "read before";
        var recurrence = new SelectiveRecurrence(
            signals, 1, Keys, 1, kind == "complex", gate, 3, new SelectiveOperand(1, null, false), new SelectiveOperand(2, null, false), 0.5, before, before ? bonus : null, skip);
        var path = new SelectivePath(recurrence, x);

        Complex[] start = [new(0.75, kind == "complex" ? -0.5 : 0), new(-1.25, kind == "complex" ? 0.25 : 0)];
        Complex[] state = [.. start];
        double[] readouts = path.Readouts(), weights = path.InitialAttention(0);
        for (int t = 0; t < Steps; t++)
        {
            double[] row = x[(t * Width)..((t + 1) * Width)];
            double Read(Func<int, double> extra) => 0.5 * Enumerable.Range(0, Keys).Sum(k => row[2 + k] * (state[k].Real + extra(k)));
            double seen = Read(k => bonus[k] * row[k] * row[4]);
            double recalled = Math.Exp(row[6]) * Enumerable.Range(0, Keys).Sum(k => row[k] * state[k].Real);
            for (int k = 0; k < Keys; k++)
            {
                state[k] = kind switch
                {
                    "complex" => (new Complex(row[6], row[7]) * state[k]) + (row[k] * row[4]),
                    "delta" => (Math.Exp(row[6]) * state[k]) + (row[k] * row[5] * (row[4] - recalled)),
                    _ => (Math.Exp(row[6 + k]) * state[k]) + (row[k] * row[4]),
                };
            }

            double expected = (before ? seen : Read(_ => 0)) + (skip[0] * row[4]);
            double initial = Enumerable.Range(0, Keys).Sum(k => (weights[4 * t + 2 * k] * start[k].Real) - (weights[4 * t + 2 * k + 1] * start[k].Imaginary));

            // A gate is below e, so that seven steps make numbers of at most some thousand; 1e-11 is above 2^-53 times that and the number of operations.
            Assert.Equal(expected, readouts[t] + initial, 1e-11);
        }
    }
}
