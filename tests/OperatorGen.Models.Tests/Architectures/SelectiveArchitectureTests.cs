using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests.Architectures;

/// <summary>What the selective architectures make of their declarations; numbers are compared with upstream's by the conformance tests.</summary>
public sealed class SelectiveArchitectureTests
{
    [Fact]
    public void The_input_of_linear_attention_is_cut_in_upstreams_order_and_its_scale_is_gamma()
    {
        SelectiveCell cell = Cell(SelectiveSamples.Of("gla", "H=2", "K=4", "V=3"));
        Assert.Equal((30, 2, 4, 3, 0.5, "state", StateOrder.KeysValues), (cell.Inputs, cell.Count, cell.KeyWidth, cell.ValueWidth, cell.Gamma, cell.StateName, cell.Layout));
        Assert.Equal(new SelectiveParameter(Part(30, 0, 8)), cell.Query);
        Assert.Equal(new SelectiveParameter(Part(30, 8, 8)), cell.Key);
        Assert.Equal(Part(30, 16, 6), cell.Value);
        Assert.Equal(new LogGateTransition(Part(30, 22, 8), PerKey: true), cell.Transition);
    }

    [Fact]
    public void The_relatives_differ_in_what_acts_on_the_state()
    {
        Assert.Equal(new LogGateTransition(Part(16, 14, 2), PerKey: false), Cell(SelectiveSamples.Of("simple-gla", "H=2", "K=2", "V=3")).Transition);
        Assert.Equal(new DeltaTransition(Part(16, 14, 2), null), Cell(SelectiveSamples.Of("deltanet", "H=2", "K=2", "V=3")).Transition);
        Assert.Equal(new DeltaTransition(Part(18, 14, 2), Part(18, 16, 2)), Cell(SelectiveSamples.Of("gated-deltanet", "H=2", "K=2", "V=3")).Transition);
        Assert.Equal([1 - (1 / 32.0), 1 - (1 / 64.0), 1 - (1 / 128.0)], Assert.IsType<DecayTransition>(Cell(SelectiveSamples.Of("retnet", "H=3", "D=2")).Transition).A.Values.ToArray());
    }

    [Fact]
    public void Rwkv6_reads_before_the_update_with_its_bonus()
    {
        ModelDeclaration declaration = SelectiveSamples.Rwkv6(new Random(1));
        SelectiveCell cell = Cell(declaration);
        Assert.Equal(ReadOrder.PreUpdate, cell.Order);
        Assert.Equal(declaration.Tensors[0].Value, cell.Bonus);
    }

    [Theory]
    [InlineData("scale=K**-0.5", 0.5)]
    [InlineData("scale=0.25", 0.25)]
    [InlineData("scale=null", 0.5)]
    public void The_scale_may_be_declared(string scale, double gamma) => Assert.Equal(gamma, Cell(SelectiveSamples.Of("gla", "H=1", "K=4", "V=1", scale)).Gamma);

    [Fact]
    public void The_gate_stream_of_the_scan_is_the_last_part_of_its_input()
    {
        SequenceModel model = Resolve(SelectiveSamples.Scan(new Random(1)));
        Layer layer = Assert.Single(model.Layers);
        SelectiveCell cell = (SelectiveCell)layer.Cell;
        Assert.Equal((24, 20, 4, DecoderFunctions.Silu), (model.InputWidth, cell.Inputs, layer.Input.GateWidth, layer.Decoder.Gate)); // u, delta, B and C of two groups, z
        Assert.Equal(new SelectiveParameter(Part(20, 8, 6)), cell.Key);
        Assert.Equal(new SelectiveParameter(Part(20, 14, 6)), cell.Query);
    }

    [Fact]
    public void A_complex_scan_reads_pairs_of_modes_and_may_have_constant_B_and_C()
    {
        ModelDeclaration declaration = SelectiveSamples.Scan(new Random(1), varies: false);
        SelectiveCell cell = Cell(declaration);
        Assert.Equal((8, Field.Complex, 2.0), (cell.Inputs, cell.Field, cell.Gamma));
        Assert.Equal(new ConstantParameter(Weight(declaration, "B"), Field.Complex), cell.Key);
        Assert.Equal(new ConstantParameter(Weight(declaration, "C"), Field.Complex), cell.Query);
        ModelDeclaration selective = declaration with { Tensors = new([.. declaration.Tensors.Where(tensor => tensor.Name == "A")]), Hyper = EquatableArray<HyperParameter>.Empty };
        Assert.Equal(8 + 6 + 6, Cell(selective).Inputs);
    }

    [Fact]
    public void The_rows_of_Mamba_2s_input_map_are_put_in_the_order_of_the_input_stage()
    {
        ModelDeclaration declaration = SelectiveSamples.Mamba2(new Random(2));
        Layer layer = Resolve(declaration).Layers[0];
        Assert.Equal((2, 4, 4), (layer.Input.PassedWidth, layer.Input.GateWidth, layer.Input.SideWidth));

        // Upstream: z0 (2), x0 (2), z (4), xBC (16), dt (2). Here: xBC, dt, z, z0, x0.
        int[] order = [.. Enumerable.Range(8, 18), .. Enumerable.Range(4, 4), .. Enumerable.Range(0, 4)];
        Assert.Equal(order.Select(row => Weight(declaration, "in_proj.bias").Values[row]), layer.Input.Projection!.Bias!.Values.ToArray());
        Assert.Equal(
            order.SelectMany(row => Weight(declaration, "in_proj.weight").Values.Slice(3 * row, 3).ToArray()),
            layer.Input.Projection.Weight.Values.ToArray());
        Assert.Equal("in_proj.weight", layer.Input.Projection.Weight.Name);
        Assert.Equal((DecoderFunctions.Silu, true, 2), (layer.Decoder.Side, layer.Decoder.NormAfterGate, ((RmsNorm)layer.Decoder.Norm!).GroupWidth));
    }

    [Fact]
    public void D_of_Mamba_2_is_repeated_for_the_values_of_a_head()
    {
        ModelDeclaration declaration = SelectiveSamples.Mamba2(new Random(2));
        ReadOnlySpan<double> d = Weight(declaration, "D").Values;
        Assert.Equal([d[0], d[0], d[1], d[1]], Cell(declaration).Skip!.Values.ToArray());
        DeclaredTensor wide = Samples.Random(new Random(3), "D", 4);
        Assert.Equal(wide.Value, Cell(declaration with { Tensors = new([.. declaration.Tensors.Where(tensor => tensor.Name != "D"), wide]) }).Skip);
    }

    [Theory]
    [InlineData("dt_limit=[0.01, 0.5]", 0.01, 0.5)]
    [InlineData("dt_limit=(0.01, inf)", 0.01, double.PositiveInfinity)]
    [InlineData("dt_limit=(0.0, inf)", 0, double.PositiveInfinity)]
    [InlineData("dt_limit=(0,Infinity)", 0, double.PositiveInfinity)]
    [InlineData("dt_limit=0.01, 0.5", 0.01, 0.5)]
    public void Limits_of_the_step_clamp_it(string limit, double lower, double upper)
    {
        ModelDeclaration declaration = SelectiveSamples.Mamba2(new Random(2));
        HyperParameter[] hyper = [.. declaration.Hyper.Where(each => each.Name != "dt_limit"), CheckpointImport.ParseHyper(limit)!];
        Signal step = ((StepTransition)Cell(declaration with { Hyper = new(hyper) }).Transition).Delta;
        Assert.Equal((lower, upper), step is ClampedSignal clamped ? (clamped.Lower, clamped.Upper) : (0, double.PositiveInfinity));
        Assert.Equal(lower == 0, step is MappedSignal);
    }

    [Fact]
    public void Heads_of_GLA_share_keys_values_and_gates_and_have_one_norm()
    {
        ModelDeclaration declaration = SelectiveSamples.GlaLayer(new Random(4));
        Layer layer = Resolve(declaration).Layers[0];
        SelectiveCell cell = (SelectiveCell)layer.Cell;
        Assert.Equal((4, 3, 2), (cell.Count, cell.KeyWidth, cell.ValueWidth));
        Assert.Equal((12, 6, 4, 6), (((SelectiveParameter)cell.Query!).Signal.Width, ((SelectiveParameter)cell.Key!).Signal.Width, cell.Value.Width, ((LogGateTransition)cell.Transition).LogGate.Width));
        RmsNorm norm = Assert.IsType<RmsNorm>(layer.Decoder.Norm);
        double[] head = Weight(declaration, "g_norm_swish_gate.weight").Values.ToArray();
        Assert.Equal([.. head, .. head, .. head, .. head], norm.Weight.Values.ToArray());
        Assert.Equal((2, false), (norm.GroupWidth, layer.Decoder.NormAfterGate));
    }

    [Fact]
    public void The_norm_of_GLA_has_another_name_where_it_is_not_fused_with_the_gate()
    {
        ModelDeclaration declaration = SelectiveSamples.GlaLayer(new Random(4));
        ModelDeclaration apart = declaration with { Tensors = new([.. declaration.Tensors.Select(tensor => tensor.Name == "g_norm_swish_gate.weight" ? tensor with { Name = "g_norm.weight" } : tensor)]) };
        Assert.Equal(Resolve(declaration), Resolve(apart));
        ModelDeclaration ungated = apart with { Tensors = new([.. apart.Tensors.Where(tensor => tensor.Name != "g_proj.weight")]) };
        Layer layer = Resolve(ungated).Layers[0];
        Assert.Equal((null, 0), (layer.Decoder.Gate, layer.Input.GateWidth));
    }

    [Fact]
    public void GateLoops_gate_is_polar_and_its_output_map_may_be_absent()
    {
        ModelDeclaration declaration = SelectiveSamples.GateLoop(new Random(5));
        Layer layer = Resolve(declaration).Layers[0];
        SelectiveCell cell = (SelectiveCell)layer.Cell;
        Assert.Equal((Field.Complex, 2, 2, 2), (cell.Field, cell.Count, cell.KeyWidth, cell.ValueWidth));
        Assert.Equal(new GateTransition(new PolarSignal(new AffineSignal(Part(16, 12, 4), 1, Weight(declaration, "to_a.0.bias")))), cell.Transition);
        Assert.Equal(1e-5, Assert.IsType<LayerNorm>(layer.Decoder.Norm).Epsilon);
        Assert.Null(Resolve(SelectiveSamples.GateLoop(new Random(5), inner: 3, heads: 3, gated: false)).Layers[0].Decoder.Mixing);
    }

    [Fact]
    public void The_simple_layer_is_normalised_by_length_and_has_no_keys()
    {
        Layer layer = Resolve(SelectiveSamples.GateLoopSimple(new Random(6))).Layers[0];
        Assert.Equal(1e-12, Assert.IsType<LengthNorm>(layer.PreNorm).Floor);
        SelectiveCell cell = (SelectiveCell)layer.Cell;
        Assert.Null(cell.Key);
        Assert.Equal(new GateTransition(new MappedSignal(Part(9, 6, 3), DecoderFunctions.Sigmoid)), cell.Transition);
    }

    [Fact]
    public void The_classifier_normalises_before_every_block_and_after_the_last()
    {
        ModelDeclaration declaration = SelectiveSamples.Classifier(new Random(7));
        SequenceModel model = Resolve(declaration);
        Assert.Equal((1, 4, Pooling.Mean), (model.InputWidth, model.OutputWidth, model.Pooling));
        Assert.Equal(["layers.0", "layers.1"], model.Layers.Select(layer => layer.Name));
        Assert.All(model.Layers, layer => Assert.True(layer.Residual));
        Assert.Equal(new RmsNorm(3, Weight(declaration, "layers.1.norm.weight"), 1e-5, 3), model.Layers[1].PreNorm);
        Assert.Equal([null, new RmsNorm(3, Weight(declaration, "norm_f.weight"), 1e-5, 3)], model.Layers.Select(layer => layer.PostNorm));
    }

    private static SlicedSignal Part(int inputs, int start, int width) => new(new CellInputSignal(inputs), start, width);

    private static SelectiveCell Cell(ModelDeclaration declaration) => Assert.IsType<SelectiveCell>(Assert.Single(Resolve(declaration).Layers).Cell);

    private static SequenceModel Resolve(ModelDeclaration declaration)
    {
        StageResult<SequenceModel> result = ArchitectureCatalog.Resolve(declaration, default);
        Assert.Empty(result.Faults.Select(fault => fault.Message));
        ModelInvariants.Check(result.Value!);
        return result.Value!;
    }

    private static Tensor Weight(ModelDeclaration declaration, string name) => declaration.Tensors.Single(tensor => tensor.Name == name).Value;
}
