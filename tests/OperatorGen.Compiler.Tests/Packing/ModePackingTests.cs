using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Compiler.Packing;
using OperatorGen.Models;
using OperatorGen.Models.Tests;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;
using static OperatorGen.Compiler.Tests.Packing.PackerTests;
using ModelSamples = OperatorGen.Models.Tests.Samples;

namespace OperatorGen.Compiler.Tests.Packing;

/// <summary>External weights of constant modes: what numbers could decide and do not, and what is said of them when they are packed.</summary>
public sealed class ModePackingTests
{
    [Fact]
    public void Low_rank_modes_are_refused_with_what_the_numbers_decide()
    {
        ModelDeclaration sample = ModelSamples.S4BlockDplr(new Random(7)), shapes = WeightPacker.WithoutNumbers(sample, WeightFormat.Single);
        Fault fault = Assert.Single(CompilerStages.Resolve(shapes, default).Faults);
        Assert.Equal(
            (FaultKinds.NumbersNeeded, "The weights of this model cannot be external: the choice between eigenvectors of the transition and a low-rank step depends on the numbers. Put the numbers into the model file."),
            (fault.Kind, fault.Message));
        StageResult<PackedWeights> packed = WeightPacker.Pack(shapes, WeightPacker.WithNumbers(shapes, ByName(sample)), Precision.Single);
        Assert.Null(packed.Value);
        Assert.Equal(fault, Assert.Single(packed.Faults));
    }

    /// <summary>32 channels of 3 modes; of those beyond the 16th the second and the third are not read, and of the others the third.</summary>
    [Theory]
    [InlineData(Precision.Single, 2)]
    [InlineData(Precision.Double, 2)]
    public void Modes_that_are_not_read_are_scanned_and_are_not_in_the_operator(Precision precision, int groups)
    {
        ModelDeclaration sample = ModelSamples.S4DStandalone(new Random(10), channels: 32, modes: 3);
        Tensor c = sample.Tensors.Single(tensor => tensor.Name == "kernel.C").Value;
        ModelDeclaration partly = sample with
        {
            Tensors = sample.Tensors.Select(tensor => tensor.Name == "kernel.C"
                ? tensor with { Value = new Tensor(c.Shape, [.. c.Values.ToArray().Select((value, i) => i / 2 % 3 < (i / 6 < 16 ? 2 : 1) ? value : 0)]) }
                : tensor).ToEquatableArray(),
        };
        ModelDeclaration shapes = WeightPacker.WithoutNumbers(sample, precision == Precision.Single ? WeightFormat.Single : WeightFormat.Double);
        Assert.Equal(Pack(shapes, sample, precision).Tables.Select(table => table.Name), Pack(shapes, partly, precision).Tables.Select(table => table.Name));
        Assert.Equal(groups, Plan(partly, precision).Tables.Count(table => table.Name.EndsWith("Eigenvalues", StringComparison.Ordinal)));
        Assert.Equal(1, Plan(shapes, precision).Tables.Count(table => table.Name.EndsWith("Eigenvalues", StringComparison.Ordinal)));
        if (precision == Precision.Single)
        {
            Compare<float>(partly);
        }
        else
        {
            Compare<double>(partly);
        }

        static void Compare<T>(ModelDeclaration numbers)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            IGeneratedModel<T> baked = GeneratedModel.Load<T>(CompilerStages.Resolve(numbers, default).Value!), external = GeneratedModel.LoadExternal<T>(numbers).Model!;
            Assert.Equal(2, external.Operator.Layers[0].Bank!.WavesPerReadout);
            Assert.Equal(ObjectContents.Of(baked.Operator), ObjectContents.Of(external.Operator));
            T[] input = [.. Enumerable.Range(0, 5 * 32).Select(i => T.CreateTruncating((i * 7 % 13) - 6))], expected = new T[input.Length], found = new T[input.Length];
            baked.Forward(input, expected);
            external.Forward(input, found);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void Modes_of_both_directions_that_are_not_read_are_not_in_the_operator_either()
    {
        ModelDeclaration sample = ModeSamples.S4Block(new Random(11), both: true);
        Tensor c = sample.Tensors.Single(tensor => tensor.Name == "layer.kernel.C").Value;
        ModelDeclaration first = Changed(sample, "layer.kernel.C", (_, i) => i / 2 % 2 == 0 ? c.Values[i] : 0), backward = Changed(sample, "layer.kernel.C", (_, i) => i / 2 % 2 == 0 || i == c.Count - 1 ? c.Values[i] : 0);
        foreach ((ModelDeclaration numbers, int waves) in new[] { (sample, 4), (first, 2), (backward, 4) })
        {
            IGeneratedModel<double> baked = GeneratedModel.Load<double>(CompilerStages.Resolve(numbers, default).Value!), external = GeneratedModel.LoadExternal<double>(numbers).Model!;
            Assert.Equal(waves, external.Operator.Layers[0].Bank!.WavesPerReadout);
            Assert.Equal(ObjectContents.Of(baked.Operator), ObjectContents.Of(external.Operator));
        }
    }

    public static TheoryData<string, ModelDeclaration, string> Unstable => new()
    {
        { "OPG0207", Changed(ModeSamples.S5(new Random(12)), "Lambda_re", (value, i) => i == 1 ? 0.25 : value), "Mode 1 ('Lambda_re')" },
        { "OPG0207", Changed(ModeSamples.Modes(new Random(13)), "eigenvalue", (value, i) => i == 4 ? 1.5 : value), "Mode 2 ('eigenvalue')" },
        { "OPG0207", Changed(ModelSamples.Linoss(new Random(14), "linoss-imex"), "A_diag", (_, _) => 100), "Oscillator 0 ('A_diag')" },
        { "OPG0212", Changed(ModelSamples.S4DStandalone(new Random(15)), "kernel.log_A_real", (value, i) => i == 3 ? 1000 : value), "exp(kernel.log_A_real[1, 1])" },
    };

    [Theory]
    [MemberData(nameof(Unstable))]
    public void What_the_architecture_says_of_the_numbers_is_said_when_they_are_packed(string id, ModelDeclaration numbers, string expected)
    {
        ModelDeclaration shapes = WeightPacker.WithoutNumbers(numbers, WeightFormat.Double);
        Assert.DoesNotContain(CompilerStages.Resolve(shapes, default).Faults, fault => fault.Kind.Id == id);
        StageResult<PackedWeights> packed = WeightPacker.Pack(shapes, WeightPacker.WithNumbers(shapes, ByName(numbers)), Precision.Double);
        StageResult<SequenceModel> baked = CompilerStages.Resolve(numbers, default);
        Fault fault = Assert.Single(packed.Faults, fault => fault.Kind.Id == id);
        Assert.Equal(Assert.Single(baked.Faults, each => each.Kind.Id == id), fault);
        Assert.StartsWith(expected, fault.Message, StringComparison.Ordinal);
        Assert.Equal(baked.Value is null, packed.Value is null);
    }

    [Fact]
    public void Constants_whose_rounding_moves_a_readout_are_told_when_they_are_packed_in_single_precision()
    {
        ModelDeclaration numbers = Changed(ModeSamples.Modes(new Random(16)), "eigenvalue", (value, i) => i == 0 ? 0.99999 : i == 1 ? 0 : value), shapes = WeightPacker.WithoutNumbers(numbers, WeightFormat.Double);
        StageResult<PackedWeights> Packed(Precision precision) => WeightPacker.Pack(shapes, WeightPacker.WithNumbers(shapes, ByName(numbers)), precision);
        Fault[] baked = [.. CompilerStages.Plan(CompilerStages.Resolve(numbers, default).Value!, Precision.Single, default).Faults];
        Assert.Equal("OPG0401", Assert.Single(baked).Kind.Id);
        Assert.Equal(baked, Packed(Precision.Single).Faults.Where(fault => fault.Kind.Id == "OPG0401"));
        Assert.DoesNotContain(Packed(Precision.Double).Faults, fault => fault.Kind.Id == "OPG0401");
    }
}
