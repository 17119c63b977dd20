using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Reference.Tests;

/// <summary>Recurrences of both directions, small enough to compute by hand, and what follows from the definition.</summary>
public sealed class BothDirectionsTests
{
    private static readonly ChannelModes s_cell = new(1, 1, 1, Field.Real, DiscretizationRule.None, Tiny.Vector(0.5), Tiny.Vector(1), Tiny.Vector(2), Tiny.Vector(1), 1);

    [Fact]
    public void The_backward_direction_begins_at_the_current_sample_or_at_the_next_one()
    {
        // v = 1, 2, 4; forward s = 2, 5, 10.5; backward z = 6, 8, 8, read by 10; D = 100.
        var read = new BackwardRead(Tiny.Vector(10), 0);
        ChannelModes cell = s_cell with { Backward = read, Skip = Tiny.Vector(100) };
        Assert.Equal([162.0, 285, 490.5], Forward(cell, 1, 2, 4));
        Assert.Equal([182.0, 285, 410.5], Forward(cell with { Backward = read with { Delay = 1 } }, 1, 2, 4));
    }

    [Fact]
    public void Shared_modes_run_in_both_directions_too()
    {
        // Drive 1 and 2: x = 1, 2, 1; s = 1, 2.5, 2.25; z = 2.25, 2.5, 1; reads (1, 3) forward and (10, -2) backward.
        var cell = new SharedModes(2, 1, 2, Field.Real, DiscretizationRule.None, Tiny.Vector(0.5), Tiny.Vector(1), Tiny.Vector(1, 2), Tiny.Vector(1, 3), 1)
        {
            Backward = new BackwardRead(Tiny.Vector(10, -2), 0),
        };
        Assert.Equal([23.5, -1.5, 27.5, 2.5, 12.25, 4.75], Forward(cell, 1, 0, 0, 1, -1, 1));
    }

    [Fact]
    public void With_time_reversed_the_directions_change_places()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            CellClass kind = seed % 2 == 0 ? CellClass.Constant : CellClass.Shared;
            ModelShape shape = ModelShape.Draw(new Random(seed), kind) with { BothDirections = 1, Layers = 1, Skip = false, Pooling = Pooling.None };
            SequenceModel model = RandomModels.Create(seed, shape).Model;
            var cell = (ModeCell)model.Layers[0].Cell;
            if (cell.Backward!.Delay == 1)
            {
                continue; // the forward direction has no delay
            }

            SequenceModel swapped = model with { Layers = EquatableArray.Of(model.Layers[0] with { Cell = cell with { C = cell.Backward.C, Backward = new BackwardRead(cell.C, 0) } }) };
            double[] input = RandomModels.Input(model, 7, seed);
            double[] reversed = [.. input.Chunk(model.InputWidth).Reverse().SelectMany(row => row)];

            double[] expected = new ReferenceEvaluator(model).Forward(input);
            double[] actual = [.. new ReferenceEvaluator(swapped).Forward(reversed).Chunk(model.OutputWidth).Reverse().SelectMany(row => row)];

            // The same sums in another order of two summands, which commute.
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Only_whole_sequences_are_evaluated()
    {
        var evaluator = new ReferenceEvaluator(Model(s_cell with { Backward = new BackwardRead(Tiny.Vector(1), 1) }));
        ReferenceState state = evaluator.CreateState();
        Assert.Throws<InvalidOperationException>(() => evaluator.Step(state, [1]));
        evaluator.Forward([1, 2], state);
        Assert.Equal(2, state.Count);
        Assert.Throws<ArgumentException>(() => evaluator.Forward([1], state));
        Assert.Empty(evaluator.Forward([]));
    }

    [Fact]
    public void Backward_reads_that_do_not_fit_are_refused()
    {
        Refused(s_cell with { Backward = new BackwardRead(Tiny.Vector(1, 2), 0) });
        Refused(s_cell with { Backward = new BackwardRead(Tiny.Vector(1), 2) });
        Refused(s_cell with { Backward = new BackwardRead(Tiny.Vector(1), 0), StateName = "state" });

        static void Refused(Cell cell) => Assert.EndsWith(".", Assert.Throws<NotSupportedException>(() => new ReferenceEvaluator(Model(cell))).Message, StringComparison.Ordinal);
    }

    private static double[] Forward(Cell cell, params double[] input) => new ReferenceEvaluator(Model(cell)).Forward(input);

    private static SequenceModel Model(Cell cell) => Tiny.Model(cell.InputWidth, Tiny.Layer(cell.InputWidth, cell));
}
