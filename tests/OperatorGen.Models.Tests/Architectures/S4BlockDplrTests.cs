using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests.Architectures;

/// <summary>What s4block-dplr makes of its tensors: C from C-tilde, the names of older checkpoints, the inner gated linear unit.</summary>
public sealed class S4BlockDplrTests
{
    /// <summary>C-tilde' = C' (1 - A-bar^l), with A-bar^l by l products. The solution is off by its condition number, below 1e4 here, times some dozen roundings.</summary>
    [Fact]
    public void C_is_recovered_from_C_tilde()
    {
        ModelDeclaration declaration = Samples.S4BlockDplr(new Random(1), channels: 4, modes: 3, rows: 2, rank: 2);
        LowRankModes cell = Cell(declaration);
        Tensor stored = declaration.Tensors.Single(tensor => tensor.Name == "layer.kernel.C").Value;
        for (int channel = 0; channel < cell.Channels; channel++)
        {
            RealMatrix transition = LowRankModesBasis.Discrete(LowRankModesBasis.Transition(cell, cell.RowOf(channel)), cell.Delta.Values[channel])!;
            RealMatrix power = Enumerable.Repeat(transition, 5).Aggregate((product, factor) => product.Times(factor));
            double[] c = LowRankModesBasis.OutputCoordinates(cell.C, channel, cell.Modes);
            double[] back = RealMatrix.Identity(power.Size).Combined(1, power, -1).Transposed().Times(c);
            double[] expected = LowRankModesBasis.OutputCoordinates(stored, channel, cell.Modes);
            Assert.All(expected.Zip(back), pair => Assert.Equal(pair.First, pair.Second, 1e-11 * c.Max(Math.Abs)));
        }
    }

    [Fact]
    public void C_is_C_before_the_first_forward()
    {
        ModelDeclaration declaration = WithLength(0);
        Assert.Equal(declaration.Tensors.Single(tensor => tensor.Name == "layer.kernel.C").Value.Values.ToArray(), Cell(declaration).C.Values.ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2.5)]
    [InlineData(1e300)]
    public void A_length_that_is_none_is_refused(double length)
    {
        Fault fault = Assert.Single(ArchitectureCatalog.Resolve(WithLength(length), default).Faults);
        Assert.Contains("layer.kernel.l_kernel", fault.Message, StringComparison.Ordinal);
        Assert.Contains(NumberText.Format(length), fault.Message, StringComparison.Ordinal);
    }

    /// <summary>With Lambda = 0 and P = 0, A-bar is the identity and 1 - A-bar^l is 0.</summary>
    [Fact]
    public void C_tilde_of_modes_that_do_not_decay_is_refused()
    {
        ModelDeclaration declaration = Samples.S4BlockDplr(new Random(2));
        declaration = declaration with
        {
            Hyper = declaration.Hyper.Append(new HyperParameter("real_transform", "none", HyperKind.Text, null)).ToEquatableArray(),
            Tensors = declaration.Tensors.Select(tensor => tensor.Name is "layer.kernel.A_real" or "layer.kernel.A_imag" or "layer.kernel.P"
                ? tensor with { Value = new Tensor(tensor.Value.Shape, new double[tensor.Value.Count]) }
                : tensor).ToEquatableArray(),
        };
        Fault fault = Assert.Single(ArchitectureCatalog.Resolve(declaration, default).Faults, fault => fault.Kind.Severity == FaultSeverity.Error);
        Assert.Equal(FaultKinds.ParameterOverflow, fault.Kind);
        Assert.Contains("1 - A-bar^5 is singular", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>With Lambda = 2 and a step size of 1 the diagonal part has no discrete eigenvalue, whatever P makes of A.</summary>
    [Fact]
    public void A_diagonal_part_that_the_rule_cannot_take_is_refused()
    {
        ModelDeclaration declaration = Samples.S4BlockDplr(new Random(5));
        declaration = declaration with
        {
            Hyper = declaration.Hyper.Concat(new[] { "real_transform=none", "dt_transform=none" }.Select(option => CheckpointImport.ParseHyper(option)!)).ToEquatableArray(),
            Tensors = declaration.Tensors.Select(tensor => tensor.Name switch
            {
                "layer.kernel.A_real" => tensor with { Value = Filled(tensor.Value, -2) },
                "layer.kernel.A_imag" => tensor with { Value = Filled(tensor.Value, 0) },
                "layer.kernel.inv_dt" => tensor with { Value = Filled(tensor.Value, 1) },
                _ => tensor,
            }).ToEquatableArray(),
        };
        Fault fault = Assert.Single(ArchitectureCatalog.Resolve(declaration, default).Faults, fault => fault.Kind.Severity == FaultSeverity.Error);
        Assert.Equal(FaultKinds.ParameterOverflow, fault.Kind);
        Assert.Contains("The diagonal part of mode 0 of channel 0", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_before_version_4_are_the_same_model_to_the_bit()
    {
        ModelDeclaration declaration = Samples.S4BlockDplr(new Random(3), channels: 4, rows: 2);
        ModelDeclaration older = declaration with { Tensors = declaration.Tensors.Select(Older).ToEquatableArray() };
        Assert.DoesNotContain(older.Tensors, tensor => tensor.Name.StartsWith("layer.", StringComparison.Ordinal));
        Assert.Equal(ArchitectureCatalog.Resolve(declaration, default).Value, ArchitectureCatalog.Resolve(older, default).Value);
    }

    [Theory]
    [InlineData("channels=1")]
    [InlineData("")]
    public void An_inner_gated_linear_unit_halves_the_channels_before_the_output_map(string channels)
    {
        ModelDeclaration declaration = Samples.S4BlockDplr(new Random(4), channels: 4);
        string[] options = [.. new[] { "activation=glu", "final_act=id", channels }.Where(option => option.Length > 0)];
        SequenceModel model = ArchitectureCatalog.Resolve(
            declaration with
            {
                Hyper = declaration.Hyper.Concat(options.Select(option => CheckpointImport.ParseHyper(option)!)).ToEquatableArray(),
                Tensors = declaration.Tensors.Select(tensor => tensor.Name switch
                {
                    "layer.D" or "layer.kernel.C" => tensor with { Value = Twice(tensor.Value) },
                    "output_linear.0.weight" => tensor with { Value = new Tensor(EquatableArray.Of(4, 4), tensor.Value.Values[..16].ToArray()) },
                    "output_linear.0.bias" => tensor with { Value = new Tensor(EquatableArray.Of(4), tensor.Value.Values[..4].ToArray()) },
                    _ => tensor,
                }).ToEquatableArray(),
            },
            default).Value!;
        Assert.Equal((8, 4, 4), (model.Layers[0].Cell.OutputWidth, model.Layers[0].OutputWidth, model.OutputWidth));
        Assert.IsType<SplitGlu>(model.Layers[0].Decoder.Unit);
    }

    private static LowRankModes Cell(ModelDeclaration declaration) => Assert.IsType<LowRankModes>(ArchitectureCatalog.Resolve(declaration, default).Value!.Layers[0].Cell);

    private static ModelDeclaration WithLength(double length)
    {
        ModelDeclaration declaration = Samples.S4BlockDplr(new Random(1));
        return declaration with
        {
            Tensors = declaration.Tensors.Select(tensor => tensor.Name == "layer.kernel.l_kernel" ? tensor with { Value = new Tensor(EquatableArray<int>.Empty, [length]) } : tensor).ToEquatableArray(),
        };
    }

    private static Tensor Filled(Tensor tensor, double value) => new(tensor.Shape, [.. Enumerable.Repeat(value, tensor.Count)]);

    private static Tensor Twice(Tensor tensor) => new(tensor.Shape.Select((size, axis) => axis == 0 ? 2 * size : size).ToEquatableArray(), [.. tensor.Values, .. tensor.Values]);

    /// <summary>The inverse of upstream's checkpoints/convert_v3_to_v4.py.</summary>
    private static DeclaredTensor Older(DeclaredTensor tensor)
    {
        const string Kernel = "layer.kernel.";
        Tensor value = tensor.Value;
        return tensor.Name switch
        {
            "layer.D" => tensor with { Name = "D" },
            Kernel + "inv_dt" => tensor with { Name = "kernel.kernel.log_dt", Value = value.WithShape(EquatableArray.Of(value.Count)) },
            Kernel + "A_real" => tensor with { Name = "kernel.kernel.inv_w_real" },
            Kernel + "A_imag" => tensor with { Name = "kernel.kernel.w_imag", Value = new Tensor(value.Shape, Array.ConvertAll(value.Values.ToArray(), x => -x)) },
            Kernel + "l_kernel" => tensor with { Name = "kernel.kernel.L" },
            var name when name.StartsWith(Kernel, StringComparison.Ordinal) => tensor with { Name = "kernel.kernel." + name[Kernel.Length..] },
            "output_linear.0.weight" => tensor with { Value = value.WithShape(EquatableArray.Of(value.Shape[0], value.Shape[1], 1)) },
            _ => tensor,
        };
    }
}
