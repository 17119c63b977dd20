using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests;

public class ArchitectureTests
{
    // exp is within 1 ulp on either side.
    private const double Ulps = 4e-16;

    [Fact]
    public void S4D_standalone_keeps_the_parameters_as_the_formulas_state_them()
    {
        ModelDeclaration declaration = Samples.S4DStandalone(new Random(1), channels: 3, modes: 2);
        SequenceModel model = Resolve(declaration);
        Layer layer = Assert.Single(model.Layers);
        Assert.Equal(("s4d-standalone", 3, 3, Pooling.None, ""), (model.Architecture, model.InputWidth, model.OutputWidth, model.Pooling, layer.Name));
        Assert.Null(model.Encoder);
        Assert.Null(model.Head);
        Assert.False(layer.Residual);
        Assert.Equal(InputStage.None, layer.Input);
        AssertS4D(layer.Cell, declaration, "");
        Assert.Equal(new Decoder { Activation = DecoderFunctions.GeluErf, Mixing = layer.Decoder.Mixing, Unit = new SplitGlu(DecoderFunctions.Sigmoid) }, layer.Decoder);
        Assert.Equal((3, 6), (layer.Decoder.Mixing!.Inputs, layer.Decoder.Mixing.Outputs));
        Assert.Equal([6, 3], layer.Decoder.Mixing.Weight.Shape);
        Assert.Equal(Weight(declaration, "output_linear.0.weight").Values.ToArray(), layer.Decoder.Mixing.Weight.Values.ToArray());
    }

    [Fact]
    public void The_output_map_of_S4D_may_be_a_matrix()
    {
        ModelDeclaration declaration = Samples.S4DStandalone(new Random(1));
        ModelDeclaration flat = declaration with
        {
            Tensors = new([.. declaration.Tensors.Select(tensor => tensor.Name == "output_linear.0.weight" ? tensor with { Value = tensor.Value.WithShape(EquatableArray.Of(6, 3)) } : tensor)]),
        };
        Assert.Equal(Resolve(declaration), Resolve(flat));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S4_example_has_its_norm_before_the_kernel_or_after_the_residual(bool preNorm)
    {
        ModelDeclaration declaration = Samples.S4Example(new Random(2), preNorm, layers: 3);
        SequenceModel model = Resolve(declaration);
        Assert.Equal((2, 4, Pooling.Mean, 3), (model.InputWidth, model.OutputWidth, model.Pooling, model.Layers.Count));
        Assert.Equal(Weight(declaration, "encoder.weight"), model.Encoder!.Weight);
        Assert.Equal(Weight(declaration, "decoder.bias"), model.Head!.Bias);
        for (int i = 0; i < 3; i++)
        {
            Layer layer = model.Layers[i];
            LayerNorm norm = new(3, Weight(declaration, $"norms.{i}.weight"), Weight(declaration, $"norms.{i}.bias"), 1e-5);
            Assert.Equal(($"s4_layers.{i}", true), (layer.Name, layer.Residual));
            Assert.Equal(preNorm ? norm : null, layer.PreNorm);
            Assert.Equal(preNorm ? null : norm, layer.PostNorm);
            AssertS4D(layer.Cell, declaration, $"s4_layers.{i}.");
        }
    }

    [Fact]
    public void S4_example_is_postnorm_with_epsilon_1e_5_where_nothing_is_said()
    {
        ModelDeclaration declaration = Samples.S4Example(new Random(2), preNorm: false) with { Hyper = EquatableArray<HyperParameter>.Empty };
        Assert.Equal(Resolve(Samples.S4Example(new Random(2), preNorm: false)), Resolve(declaration));
        Assert.Equal(1e-5, ((LayerNorm)Resolve(declaration).Layers[0].PostNorm!).Epsilon);
        ModelDeclaration other = declaration with { Hyper = EquatableArray.Of(CheckpointImport.ParseHyper("layernorm_eps=1e-6")!) };
        Assert.Equal(1e-6, ((LayerNorm)Resolve(other).Layers[0].PostNorm!).Epsilon);
    }

    [Fact]
    public void S4D_classifier_is_a_kernel_between_encoder_and_pooled_head()
    {
        ModelDeclaration declaration = Samples.S4DClassifier(new Random(3));
        SequenceModel model = Resolve(declaration);
        Layer layer = Assert.Single(model.Layers);
        AssertS4D(layer.Cell, declaration, "");
        Assert.Equal((1, 4, Pooling.Mean, false), (model.InputWidth, model.OutputWidth, model.Pooling, layer.Residual));
        Assert.Equal(new Decoder { Activation = DecoderFunctions.GeluErf }, layer.Decoder);
        Assert.Null(layer.PreNorm);
        Assert.Null(layer.PostNorm);
    }

    [Fact]
    public void S4D_classifier_with_glu_mixes_and_gates_before_the_mean()
    {
        ModelDeclaration declaration = Samples.S4DClassifier(new Random(3), glu: true);
        SequenceModel model = Resolve(declaration);
        Layer layer = Assert.Single(model.Layers);
        AssertS4D(layer.Cell, declaration, "");
        Assert.Equal((1, 4, Pooling.Mean, false), (model.InputWidth, model.OutputWidth, model.Pooling, layer.Residual));
        Tensor matrix = Weight(declaration, "output_linear.0.weight").WithShape(EquatableArray.Of(6, 3));
        Assert.Equal(new Decoder { Activation = DecoderFunctions.GeluErf, Mixing = new Linear(3, 6, matrix, Weight(declaration, "output_linear.0.bias")), Unit = new SplitGlu(DecoderFunctions.Sigmoid) }, layer.Decoder);
        Assert.Null(layer.PreNorm);
        Assert.Null(layer.PostNorm);
    }

    [Fact]
    public void Glu_and_its_tensors_go_together()
    {
        ModelDeclaration with = Samples.S4DClassifier(new Random(3), glu: true), without = Samples.S4DClassifier(new Random(3));
        Assert.Equal(
            [FaultKinds.MissingTensor, FaultKinds.MissingTensor],
            ArchitectureCatalog.Resolve(without with { Hyper = with.Hyper }, default).Faults.Select(fault => fault.Kind));
        Assert.Equal(
            [FaultKinds.UnknownTensor, FaultKinds.UnknownTensor],
            ArchitectureCatalog.Resolve(with with { Hyper = without.Hyper }, default).Faults.Select(fault => fault.Kind));
        ModelDeclaration half = with with { Hyper = EquatableArray<HyperParameter>.Empty, Tensors = new([.. with.Tensors.Where(tensor => tensor.Name != "output_linear.0.weight")]) };
        Assert.Equal([FaultKinds.MissingTensor], ArchitectureCatalog.Resolve(half, default).Faults.Select(fault => fault.Kind));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Mamba1_block_is_selective(bool bias)
    {
        ModelDeclaration declaration = Samples.Mamba1Block(new Random(4), bias);
        SequenceModel model = Resolve(declaration);
        Layer layer = Assert.Single(model.Layers);
        SelectiveCell cell = Assert.IsType<SelectiveCell>(layer.Cell);
        Assert.Equal((6, 2, 1, Field.Real, 1.0, "ssm_state", StateOrder.Keys), (cell.Count, cell.KeyWidth, cell.ValueWidth, cell.Field, cell.Gamma, cell.StateName, cell.Layout));
        Assert.False(cell.IsConstant);
        var selected = new ProjectedSignal(new CellInputSignal(6), new Linear(6, 5, Weight(declaration, "x_proj.weight"), null), "x_proj");
        var step = new Linear(1, 6, Weight(declaration, "dt_proj.weight"), Weight(declaration, "dt_proj.bias"));
        StepTransition transition = Assert.IsType<StepTransition>(cell.Transition);
        Assert.Equal(new MappedSignal(new ProjectedSignal(new SlicedSignal(selected, 0, 1), step, "dt_proj"), DecoderFunctions.Softplus), transition.Delta);
        Assert.Equal(new CellInputSignal(6), cell.Value);
        Assert.Equal(new SelectiveParameter(new SlicedSignal(selected, 1, 2)), cell.Key);
        Assert.Equal(new SelectiveParameter(new SlicedSignal(selected, 3, 2)), cell.Query);
        Tensor a = transition.A;
        Tensor logarithm = Weight(declaration, "A_log");
        for (int i = 0; i < a.Count; i++)
        {
            Assert.Equal(-1, a.Values[i] / Math.Exp(logarithm.Values[i]), Ulps);
        }

        Assert.Equal((6, 6, 4, "conv_state"), (layer.Input.GateWidth, layer.Input.Convolution!.Channels, layer.Input.Convolution.Width, layer.Input.Convolution.StateName));
        Assert.Equal(DecoderFunctions.Silu, layer.Input.Activation);
        Assert.Equal(bias, layer.Input.Projection!.Bias is not null);
        Assert.Equal(bias, layer.Decoder.Mixing!.Bias is not null);
        Assert.Equal((DecoderFunctions.Identity, DecoderFunctions.Silu, null), (layer.Decoder.Activation, layer.Decoder.Gate, layer.Decoder.Unit));
    }

    [Fact]
    public void The_rank_auto_is_upstreams_default()
    {
        ModelDeclaration declaration = Samples.Mamba1Block(new Random(4), bias: false, width: 17, channels: 34, rank: 2);
        ModelDeclaration automatic = declaration with { Hyper = new([.. declaration.Hyper, CheckpointImport.ParseHyper("dt_rank=auto")!]) };
        Assert.Equal(Resolve(declaration), Resolve(automatic));
    }

    [Fact]
    public void Modes_keep_rationals_and_symbols()
    {
        SequenceModel model = Resolve(Samples.Modes(new Random(5)));
        ChannelModes cell = Assert.IsType<ChannelModes>(model.Layers[0].Cell);
        Assert.Equal((1, 2, Field.Complex, DiscretizationRule.Bilinear, 2.0), (cell.Channels, cell.Modes, cell.Field, cell.Rule, cell.Gamma));
        Tensor a = cell.A;
        Assert.Equal([1, 2, 2], a.Shape);
        Assert.Equal([Samples.Exact("-1/3"), Samples.Exact("omega")], [a[2], a[3]]);
        Assert.Equal(Samples.Exact("2/7"), cell.Skip![0]);
        Assert.Equal(DecoderFunctions.GeluErf, model.Layers[0].Decoder.Activation);
    }

    [Fact]
    public void Modes_without_imaginary_parts_are_real()
    {
        var inline = new InlineModel(EquatableArray.Of(new InlineMode(Samples.Exact("a"), 0, 1, 0, Samples.Exact("1/3"), -0.0)), null, null, DiscretizationRule.None, "polynomial(0, 1, 1/2)", 1, ModelOptions.None);
        ChannelModes cell = Assert.IsType<ChannelModes>(Resolve(inline.ToDeclaration()).Layers[0].Cell);
        Assert.Equal(Field.Real, cell.Field);
        Assert.Equal([1, 1], cell.C.Shape);
        Assert.Equal(Samples.Exact("1/3"), cell.C[0]);
        Assert.True(cell.IsConstant);
        Cell complex = Resolve((inline with { Modes = EquatableArray.Of(inline.Modes[0] with { OutputIm = Samples.Exact("0.5") }) }).ToDeclaration()).Layers[0].Cell;
        Assert.Equal(Field.Complex, complex.StateField);
    }

    [Fact]
    public void What_hyperparameters_leave_out_is_read_off_the_tensors()
    {
        string[] untold = ["prenorm", "ngroups", "dt_limit", "feature_map", "groups", "softplus", "gate", "vocab_size", "decoder", "layers.0.decoder", "read", "residual", "pooling", "gamma"];
        foreach (ModelDeclaration declaration in Samples.All(new Random(6)).Where(sample => sample.Architecture is not ("modes" or "rwkv6") && sample.Tensors.Count > 0))
        {
            Assert.Equal(Resolve(declaration), Resolve(declaration with { Hyper = new([.. declaration.Hyper.Where(hyper => untold.Contains(hyper.Name))]) }));
        }
    }

    [Fact]
    public void Labels_and_scaling_reach_the_model()
    {
        var scaling = new InputScaling(new Tensor(EquatableArray.Of(1), [2.0]), new Tensor(EquatableArray.Of(1), [0.5]));
        SequenceModel model = Resolve(Samples.S4DClassifier(new Random(3)) with { Scaling = scaling, Labels = EquatableArray.Of("a", "b", "c", "d") });
        Assert.Equal(scaling, model.Scaling);
        Assert.Equal(["a", "b", "c", "d"], model.Labels);
    }

    [Fact]
    public void Resolving_twice_gives_equal_models_and_other_weights_another()
    {
        Assert.Equal(Resolve(Samples.S4Example(new Random(7), true)), Resolve(Samples.S4Example(new Random(7), true)));
        Assert.NotEqual(Resolve(Samples.S4Example(new Random(7), true)), Resolve(Samples.S4Example(new Random(8), true)));
    }

    private static SequenceModel Resolve(ModelDeclaration declaration)
    {
        StageResult<SequenceModel> result = ArchitectureCatalog.Resolve(declaration, default);
        Assert.Empty(result.Faults.Select(fault => fault.Message));
        return result.Value!;
    }

    private static Tensor Weight(ModelDeclaration declaration, string name) => declaration.Tensors.Single(tensor => tensor.Name == name).Value;

    private static void AssertS4D(Cell recurrence, ModelDeclaration declaration, string prefix)
    {
        ChannelModes cell = Assert.IsType<ChannelModes>(recurrence);
        Assert.Equal((3, 2, 1, Field.Complex, DiscretizationRule.ZeroOrderHold, 2.0), (cell.Channels, cell.Modes, cell.Reads, cell.Field, cell.Rule, cell.Gamma));
        Tensor real = Weight(declaration, prefix + "kernel.log_A_real");
        Tensor imaginary = Weight(declaration, prefix + "kernel.A_imag");
        Tensor a = cell.A;
        for (int i = 0; i < real.Count; i++)
        {
            Assert.Equal(-1, a.Values[2 * i] / Math.Exp(real.Values[i]), Ulps);
            Assert.Equal(imaginary.Values[i], a.Values[(2 * i) + 1]);
        }

        Tensor step = cell.Delta;
        for (int i = 0; i < step.Count; i++)
        {
            Assert.Equal(1, step.Values[i] / Math.Exp(Weight(declaration, prefix + "kernel.log_dt").Values[i]), Ulps);
        }

        Assert.Equal([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0], cell.B.Values.ToArray());
        Assert.Equal(Weight(declaration, prefix + "kernel.C"), cell.C);
        Assert.Equal(Weight(declaration, prefix + "D"), cell.Skip);
    }
}
