using System;
using OperatorGen.Models;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class SelectiveHandComputedTests
{
    [Fact]
    public void A_read_before_the_update_lags_by_one_step()
    {
        Cell cell = Tiny.Cells(1, 1, 0.5) with { Order = ReadOrder.PreUpdate, Skip = Tiny.Vector(10) };
        var evaluator = new ReferenceEvaluator(Tiny.Model(1, Tiny.Layer(1, cell)));
        Assert.Equal([10.0, 21, 2.5, 11.25], evaluator.Forward([1, 2, 0, 1]));
    }

    [Fact]
    public void A_selective_cell_takes_step_and_weights_from_its_input()
    {
        // Delta = v0, B = v1, C = v0 + v1 (one cell per channel, one mode), A = (-1, -2), D = 0:
        // s[g] = e^(Delta_g A_g) s[g] + Delta_g B v_g, o[g] = C s[g].
        Signal v = new CellInputSignal(2);
        var cell = new SelectiveCell(
            2, 2, 1, 1, Field.Real,
            new StepTransition(Tiny.Vector(-1, -2), new ProjectedSignal(v, Tiny.Map(2, 2, [1, 0, 1, 0]), "delta")),
            v,
            new SelectiveParameter(new SlicedSignal(v, 1, 1)),
            new SelectiveParameter(new ProjectedSignal(v, Tiny.Map(2, 1, [1, 1]), "c")),
            1);
        var evaluator = new ReferenceEvaluator(Tiny.Model(2, Tiny.Layer(2, cell)));
        ReferenceState state = evaluator.CreateState();

        // t = 0, v = (1, 2): Delta 1, B 2, C 3: s = (2, 4), o = (6, 12).
        // t = 1, v = (2, 1): Delta 2, B 1, C 3: s = (2 e^-2 + 4, 4 e^-4 + 2), o = 3 s.
        double[] output = evaluator.Forward([1, 2, 2, 1], state);

        double s0 = (2 * Math.Exp(-2)) + 4;
        double s1 = (4 * Math.Exp(-4)) + 2;
        double[] expected = [6, 12, 3 * s0, 3 * s1];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], output[i], 1e-14);
        }

        Assert.Equal(s0, state.Layers[0].Ssm[0].Real, 1e-14);
        Assert.Equal(s1, state.Layers[0].Ssm[1].Real, 1e-14);
    }

    [Fact]
    public void A_delta_rule_replaces_what_the_key_reads()
    {
        // Input (k0, k1, v), beta = 1/2, q = (1, 1). S = 0; k = (1, 0), v = 4: S = (2, 0). k = (1, 0), v = 4: reads 2, S = (3, 0).
        // k = (0, 1), v = 6: S = (3, 3). k = (1, 1), v = 0: reads 6, S = (0, 0).
        Signal v = new CellInputSignal(3);
        var cell = new SelectiveCell(
            3, 1, 2, 1, Field.Real,
            new DeltaTransition(new AffineSignal(new SlicedSignal(v, 0, 1), 0, Tiny.Vector(0.5)), null),
            new SlicedSignal(v, 2, 1),
            new SelectiveParameter(new SlicedSignal(v, 0, 2)),
            Tiny.Constant(1, 1),
            1);
        Assert.Equal([2.0, 3, 6, 0], new ReferenceEvaluator(Tiny.Model(3, Tiny.Layer(3, cell))).Forward([1, 0, 4, 1, 0, 4, 0, 1, 6, 1, 1, 0]));

        // alpha = 1/2 halves the state before the key reads it: (2, 0) -> (1, 0) reads 1, S = (2.5, 0).
        SelectiveCell gated = cell with { Transition = ((DeltaTransition)cell.Transition) with { LogGate = new AffineSignal(new SlicedSignal(v, 0, 1), 0, Tiny.Vector(Math.Log(0.5))) } };
        double[] output = new ReferenceEvaluator(Tiny.Model(3, Tiny.Layer(3, gated))).Forward([1, 0, 4, 1, 0, 4]);
        Assert.Equal(2, output[0]);
        Assert.Equal(2.5, output[1], 1e-15);
    }

    [Fact]
    public void A_bonus_weighs_the_sample_that_is_read_before_it_is_kept()
    {
        Cell cell = Tiny.Cells(1, 2, 0.5) with { Order = ReadOrder.PreUpdate, Bonus = Tiny.Vector(10, 1) };

        // Both keys hold 0, 1, 2.5, 1.25; the sample adds 11 times itself.
        Assert.Equal([11.0, 24, 5, 13.5], new ReferenceEvaluator(Tiny.Model(1, Tiny.Layer(1, cell))).Forward([1, 2, 0, 1]));
    }

    [Fact]
    public void Complex_gates_turn_the_state_and_the_real_part_is_read()
    {
        // The gate i turns 1 into i, then -1; the gate 0 forgets.
        Signal v = new CellInputSignal(3);
        var cell = new SelectiveCell(3, 1, 1, 1, Field.Complex, new GateTransition(new SlicedSignal(v, 1, 2)), new SlicedSignal(v, 0, 1), null, null, 2);
        Assert.Equal([2.0, 0, -2, 6], new ReferenceEvaluator(Tiny.Model(3, Tiny.Layer(3, cell))).Forward([1, 0, 0, 0, 0, 1, 0, 0, 1, 3, 0, 0]));
    }

    [Fact]
    public void Polar_gates_have_the_angle_of_their_pair_and_the_sigmoid_of_its_length()
    {
        Signal v = new CellInputSignal(2);
        var cell = new SelectiveCell(2, 1, 1, 1, Field.Complex, new GateTransition(new PolarSignal(v)), new AffineSignal(new SlicedSignal(v, 0, 1), 0, Tiny.Vector(1)), null, null, 1);
        var evaluator = new ReferenceEvaluator(Tiny.Model(2, Tiny.Layer(2, cell)));
        ReferenceState state = evaluator.CreateState();

        // The pair (3, 4) has the length 5: 1, then 1 + sigmoid(5) (0.6 + 0.8 i); the pair 0 gives 1/2 of that and 1.
        double size = 1 / (1 + Math.Exp(-5));
        evaluator.Forward([0, 0, 3, 4, 0, 0], state);
        Assert.Equal(1 + ((1 + (size * 0.6)) / 2), state.Layers[0].Ssm[0].Real, 1e-15);
        Assert.Equal(size * 0.8 / 2, state.Layers[0].Ssm[0].Imaginary, 1e-15);
    }

    [Fact]
    public void Cells_share_blocks_in_order()
    {
        // Four cells; two values, of which each is shared by two; gates 0, 1 by halves as well.
        Signal v = new CellInputSignal(2);
        var cell = new SelectiveCell(
            2, 4, 1, 1, Field.Real, new GateTransition(new ClampedSignal(v, 0, 1)), v, null, null, 1)
        {
            Skip = Tiny.Vector(0, 0, 0, 100),
            Layout = StateOrder.Cells,
        };
        Assert.Equal([-1.0, -1, 2, 202, -1, -1, 4, 204], new ReferenceEvaluator(Tiny.Model(2, Tiny.Layer(2, cell))).Forward([-1, 2, -1, 2]));
    }

    [Fact]
    public void The_state_has_the_axes_that_upstream_has()
    {
        Signal v = new CellInputSignal(4);
        var cell = new SelectiveCell(
            4, 1, 2, 2, Field.Real, new DecayTransition(Tiny.Vector(1)), new SlicedSignal(v, 2, 2), new SelectiveParameter(new SlicedSignal(v, 0, 2)), Tiny.Constant(1, 1), 1);
        foreach ((StateOrder layout, double[] expected) in new[] { (StateOrder.KeysValues, new double[] { 3, 5, 6, 10 }), (StateOrder.ValuesKeys, [3, 6, 5, 10]) })
        {
            var evaluator = new ReferenceEvaluator(Tiny.Model(4, Tiny.Layer(4, cell with { Layout = layout })));
            ReferenceState state = evaluator.CreateState();
            evaluator.Forward([1, 2, 3, 5], state);
            Assert.Equal(expected, Array.ConvertAll(state.Layers[0].Ssm, s => s.Real));
        }
    }
}
