using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class ReferenceEvaluatorTests
{
    [Fact]
    public void Forward_equals_Step_and_any_cut()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            SeededModel seeded = RandomModels.Create(seed, ModelShape.Draw(new Random(seed), (CellClass)(seed % Enum.GetValues<CellClass>().Length)) with { BothDirections = 0 });
            var evaluator = new ReferenceEvaluator(seeded.Model);
            int time = 1 + (seed % 11), cut = seed % (time + 1), channels = seeded.Model.InputWidth;
            double[] input = RandomModels.Input(seeded.Model, time, seed);
            ReferenceState whole = evaluator.CreateState(), cutState = evaluator.CreateState(), stepState = evaluator.CreateState();

            double[] forward = evaluator.Forward(input, whole);
            double[] steps = [.. Enumerable.Range(0, time).SelectMany(t => evaluator.Step(stepState, input.AsSpan(t * channels, channels)))];
            bool pooled = seeded.Model.Pooling != Pooling.None;
            double[] first = pooled && cut == 0 ? [] : evaluator.Forward(input.AsSpan(0, cut * channels), cutState);
            double[] second = evaluator.Forward(input.AsSpan(cut * channels), cutState);

            Assert.Equal(forward, pooled ? steps[^seeded.Model.OutputWidth..] : steps);
            Assert.Equal(forward, pooled ? second : [.. first, .. second]);
            for (int l = 0; l < whole.Layers.Count; l++)
            {
                Assert.Equal(whole.Layers[l].Ssm, stepState.Layers[l].Ssm);
                Assert.Equal(whole.Layers[l].ConvolutionCache, cutState.Layers[l].ConvolutionCache);
            }
        }
    }

    [Fact]
    public void Wrong_lengths_are_refused_before_the_state_changes()
    {
        var evaluator = new ReferenceEvaluator(Tiny.Model(2, Tiny.Layer(2, Tiny.RealCells(0.5, 0.5))));
        ReferenceState state = evaluator.CreateState();

        Assert.Throws<ArgumentException>(() => evaluator.Forward([1, 2, 3], state));
        Assert.Throws<ArgumentException>(() => evaluator.Step(state, [1]));
        Assert.Throws<ArgumentException>(() => new ReferenceEvaluator(evaluator.Model).Step(state, [1, 2]));
        Assert.Equal(0, state.Count);
        Assert.Equal(0, state.Layers[0].Ssm[0].Real);
    }

    [Fact]
    public void Length_0_gives_nothing_and_has_no_mean()
    {
        SequenceModel model = Tiny.Model(1, Tiny.Layer(1, Tiny.RealCells(0.5)));
        Assert.Empty(new ReferenceEvaluator(model).Forward([]));
        Assert.Throws<ArgumentException>(() => new ReferenceEvaluator(model with { Pooling = Pooling.Mean }).Forward([]));
    }

    [Fact]
    public void Not_a_number_stays_in_its_channel()
    {
        var evaluator = new ReferenceEvaluator(Tiny.Model(2, Tiny.Layer(2, Tiny.RealCells(0.5, 0.5))));
        double[] output = evaluator.Forward([double.NaN, 1, 0, 0, double.PositiveInfinity, 0]);
        Assert.Equal([double.NaN, 1, double.NaN, 0.5, double.NaN, 0.25], output);
    }

    [Fact]
    public void Infinity_in_a_real_cell_stays_infinity()
    {
        var evaluator = new ReferenceEvaluator(Tiny.Model(1, Tiny.Layer(1, Tiny.RealCells(0.5))));
        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity], evaluator.Forward([double.PositiveInfinity, 1]));
    }

    [Fact]
    public void What_has_no_meaning_is_not_supported()
    {
        Layer layer = Tiny.Layer(1, Tiny.RealCells(0.5));
        Refused(layer with { Decoder = Tiny.NoDecoder with { Unit = new SplitGlu(DecoderFunctions.Sigmoid) } });
        Refused(layer with { Decoder = Tiny.NoDecoder with { Gate = DecoderFunctions.Silu } });
        Refused(layer with { Residual = true, Decoder = Tiny.NoDecoder with { Mixing = Tiny.Map(1, 2, [1, 1]) } });
        var symbol = new Tensor(EquatableArray.Of(1), [Scalar.FromSymbol("beta")]);
        ChannelModes modes = Tiny.RealCells(0.5);
        Refused(layer with { Cell = modes with { Channels = 2 } });
        Refused(layer with { Cell = modes with { Modes = 2 } });
        Refused(layer with { Cell = modes with { Reads = 2 } });
        Refused(layer with { Cell = modes with { Rule = DiscretizationRule.ZeroOrderHold, Delta = Tiny.Vector(1, 2) } });
        Refused(layer with { Cell = modes with { B = symbol } });
        Refused(layer with { Cell = modes with { Rule = DiscretizationRule.Dss } });
        var norm = new RmsNorm(1, Tiny.Vector(1), 0, 1);
        Refused(layer with { PreNorm = norm with { GroupWidth = 2 } });
        Refused(layer with { PreNorm = new LengthNorm(1, Tiny.Vector(1, 1), 0) });
        Refused(layer with { Decoder = Tiny.NoDecoder with { Norm = new RmsNorm(2, Tiny.Vector(1, 1), 0, 1) } });
        Refused(layer with { Decoder = Tiny.NoDecoder with { Side = DecoderFunctions.Silu } });
        Refused(layer with { Input = InputStage.None with { PassedWidth = 2 } });
        Refused(layer with { Input = InputStage.None with { GateWidth = 1 } });
        Refused(layer with { Width = 3, Input = InputStage.None with { SideWidth = 2 }, Decoder = Tiny.NoDecoder with { Side = DecoderFunctions.Silu } }, 3);
    }

    [Fact]
    public void Selective_cells_that_have_no_meaning_are_not_supported()
    {
        SelectiveCell cell = Tiny.Cells(1, 1, 0.5);
        Signal v = new CellInputSignal(1);
        var symbol = new Tensor(EquatableArray.Of(1), [Scalar.FromSymbol("beta")]);
        var complex = new ConstantParameter(Tiny.Vector(1, 1), Field.Complex);
        Refused(cell with { ValueWidth = 2 });
        Refused(cell with { KeyWidth = 2 });
        Refused(cell with { KeyWidth = 2, Key = null, Query = Tiny.Constant(1, 1) });
        Refused(cell with { Key = new ConstantParameter(symbol) });
        Refused(cell with { Key = complex });
        Refused(cell with { Query = new SelectiveParameter(new CellInputSignal(3)) });
        Refused(cell with { Value = new SlicedSignal(v, 1, 1) });
        Refused(cell with { Value = new AffineSignal(v, 1, Tiny.Vector(1, 1)) });
        Refused(cell with { Value = new ClampedSignal(v, 2, 1) });
        Refused(cell with { Transition = new DecayTransition(Tiny.Vector(1, 1)) });
        Refused(cell with { Transition = new StepTransition(Tiny.Vector(1, 1), v) });
        Refused(cell with { Transition = new GateTransition(new PolarSignal(v)) });
        Refused(cell with { Transition = new DeltaTransition(v, null), Field = Field.Complex });
        Refused(cell with { Layout = StateOrder.Cells, KeyWidth = 2, Key = Tiny.Constant(1, 1), Query = Tiny.Constant(1, 1) });
        Refused(cell with { Bonus = Tiny.Vector(1) });
        Refused(cell with { Bonus = Tiny.Vector(1), Order = ReadOrder.PreUpdate, Transition = new DeltaTransition(v, null) });
        Refused(cell with { Bonus = Tiny.Vector(1, 1), Order = ReadOrder.PreUpdate });
        Refused(cell with { Skip = Tiny.Vector(1, 1) });

        static void Refused(SelectiveCell cell) => ReferenceEvaluatorTests.Refused(Tiny.Layer(1, cell));
    }

    private static void Refused(Layer layer, int width = 1)
    {
        string sentence = Assert.Throws<NotSupportedException>(() => new ReferenceEvaluator(Tiny.Model(width, layer))).Message;
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounded_constants_change_nothing_where_they_are_floats_already()
    {
        Layer layer = Tiny.Layer(2, Tiny.RealCells(0.5, -0.25)) with { Decoder = new Decoder { Activation = DecoderFunctions.Silu, Mixing = Tiny.Map(2, 1, [0.5, 3]) } };
        SequenceModel model = Tiny.Model(2, layer);
        double[] input = RandomModels.Input(model, 20, 1);
        Assert.Equal(new ReferenceEvaluator(model).Forward(input), new ReferenceEvaluator(model, ReferenceOptions.SingleConstants).Forward(input));
    }

    [Fact]
    public void A_probe_records_every_step_without_changing_it()
    {
        SequenceModel model = RandomModels.Create(5, new ModelShape { Cells = CellClass.Selective }).Model;
        var evaluator = new ReferenceEvaluator(model);
        double[] input = RandomModels.Input(model, 9, 2);
        ReferenceState state = evaluator.CreateState();
        state.Probe = new Probe();

        double[] probed = evaluator.Forward(input, state);

        Assert.Equal(evaluator.Forward(input), probed);
        Assert.Equal(9, state.Probe.Steps.Count);
        Assert.Equal(state.Layers[0].Ssm, state.Probe.Steps[8].Layers[0].State);
        Assert.Equal(state.Probe.Steps.Max(step => step.Layers[0].State.Max(s => s.Magnitude)), state.Probe.MaxState(0).Max());
        Assert.True(state.Probe.MaxCellInput(0) > 0);
    }
}
