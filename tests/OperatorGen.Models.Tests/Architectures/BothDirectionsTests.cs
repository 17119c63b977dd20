using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests.Architectures;

/// <summary>What S4Block and S5 make of <c>bidirectional</c>, and how their tensors tell it.</summary>
public sealed class BothDirectionsTests
{
    private const int Width = 3;
    private const int Modes = 2;

    [Fact]
    public void The_second_half_of_an_S4Blocks_kernels_runs_backward_from_the_next_sample()
    {
        ModelDeclaration declaration = S4Block(channels: 2);
        var cell = Assert.IsType<ChannelModes>(Resolve(declaration).Layers[0].Cell);
        double[] c = Values(declaration, "layer.kernel.C");
        Assert.Equal((2, false, null, 1), (cell.Reads, cell.IsCausal, cell.StateName, cell.Backward!.Delay));
        Assert.Equal(c[..(c.Length / 2)], cell.C.Values.ToArray());
        Assert.Equal(c[(c.Length / 2)..], cell.Backward.C.Values.ToArray());
        Assert.Equal(cell.C.Shape, cell.Backward.C.Shape);
        Assert.Equal("layer.kernel.C", cell.Backward.C.Name);
        Assert.Equal(2 * Width, cell.Skip!.Count);
    }

    [Fact]
    public void The_band_limit_of_an_S4Block_is_for_both_directions()
    {
        var cell = (ChannelModes)Resolve(S4Block(1, "bandlimit=1e-9")).Layers[0].Cell;
        Assert.All(cell.Backward!.C.Values.ToArray(), weight => Assert.Equal(0, weight));
        Assert.All(cell.C.Values.ToArray(), weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void S5_reads_the_backward_modes_by_C2_or_by_the_second_half_of_C()
    {
        ModelDeclaration apart = S5();
        var cell = Assert.IsType<SharedModes>(Resolve(apart).Layers[0].Cell);
        Assert.Equal((0, false), (cell.Backward!.Delay, cell.IsCausal));
        Assert.Equal(Values(apart, "C1"), cell.C.Values.ToArray());
        Assert.Equal(Values(apart, "C2"), cell.Backward.C.Values.ToArray());

        // One C has the rows of C1 and C2 side by side.
        IEnumerable<double> rows = Values(apart, "C1").Chunk(2 * Modes).Zip(Values(apart, "C2").Chunk(2 * Modes)).SelectMany(pair => pair.First.Concat(pair.Second));
        var both = new DeclaredTensor("C", new Tensor(EquatableArray.Of(Width, 2 * Modes, 2), [.. rows]), null);
        ModelDeclaration together = apart with { Tensors = new([.. apart.Tensors.Where(tensor => tensor.Name is not ("C1" or "C2")), both]) };
        Assert.Equal(Resolve(apart), Resolve(together));
    }

    [Fact]
    public void The_tensors_tell_where_the_option_is_not_given()
    {
        Assert.Equal(Resolve(S5()), Resolve(Without(S5())));
        Assert.Equal(Resolve(S4Block(2)), Resolve(Without(S4Block(2))));

        static ModelDeclaration Without(ModelDeclaration declaration) => declaration with { Hyper = new([.. declaration.Hyper.Where(hyper => hyper.Name != "bidirectional")]) };
    }

    [Theory]
    [InlineData("false")]
    [InlineData("null")]
    public void Tensors_of_both_directions_are_refused_where_there_is_one(string value)
    {
        Fault[] s5 = Faults(S5(value));
        Assert.Contains(s5, fault => fault.Kind == FaultKinds.MissingTensor && fault.Message.Contains("'C'", StringComparison.Ordinal));
        Assert.Contains(s5, fault => fault.Kind == FaultKinds.UnknownTensor && fault.Message.Contains("'C1'", StringComparison.Ordinal));
        Assert.Contains(Faults(S4Block(1, "bidirectional=" + value)), fault => fault.Kind == FaultKinds.MisshapenTensor && fault.Message.Contains("'layer.kernel.C'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_is_causal_where_all_of_its_layers_are()
    {
        SequenceModel model = Resolve(S5());
        Assert.False(model.IsCausal);
        Assert.True((model with { Layers = EquatableArray.Of(model.Layers[0] with { Cell = (SharedModes)model.Layers[0].Cell with { Backward = null } }) }).IsCausal);
        Assert.EndsWith(", both directions", model.Layers[0].Cell.Text, StringComparison.Ordinal);
    }

    private static ModelDeclaration S5(string bidirectional = "true")
    {
        var random = new Random(4);
        return new ModelDeclaration("s5-ssm", new([Hyper("bidirectional=" + bidirectional), Hyper("conj_sym=true")]), new(
        [
            new DeclaredTensor("Lambda_re", new Tensor(EquatableArray.Of(Modes), [-0.5, -0.25]), null),
            Samples.Random(random, "Lambda_im", Modes),
            Samples.Random(random, "B", Modes, Width, 2),
            Samples.Random(random, "C1", Width, Modes, 2),
            Samples.Random(random, "C2", Width, Modes, 2),
            Samples.Random(random, "D", Width),
            Samples.Random(random, "log_step", Modes, 1),
        ]));
    }

    private static ModelDeclaration S4Block(int channels, string? option = null)
    {
        var random = new Random(5);
        HyperParameter[] hyper = option is null ? [Hyper("bidirectional=true")] : option.StartsWith("bidirectional", StringComparison.Ordinal) ? [Hyper(option)] : [Hyper("bidirectional=true"), Hyper(option)];
        return new ModelDeclaration("s4block-diag", new(hyper), new(
        [
            Samples.Random(random, "layer.D", channels, Width),
            Samples.Random(random, "layer.kernel.inv_dt", Width, 1),
            Samples.Random(random, "layer.kernel.C", 2 * channels, Width, Modes, 2),
            Samples.Random(random, "layer.kernel.B", 1, Width, Modes, 2),
            Samples.Random(random, "layer.kernel.A_real", Width, Modes),
            Samples.Random(random, "layer.kernel.A_imag", Width, Modes),
            Samples.Random(random, "output_linear.0.weight", 2 * Width, channels * Width),
            Samples.Random(random, "output_linear.0.bias", 2 * Width),
        ]));
    }

    private static HyperParameter Hyper(string text) => CheckpointImport.ParseHyper(text)!;

    private static double[] Values(ModelDeclaration declaration, string name) => declaration.Tensors.Single(tensor => tensor.Name == name).Value.Values.ToArray();

    private static Fault[] Faults(ModelDeclaration declaration) => [.. ArchitectureCatalog.Resolve(declaration, default).Faults];

    private static SequenceModel Resolve(ModelDeclaration declaration)
    {
        StageResult<SequenceModel> result = ArchitectureCatalog.Resolve(declaration, default);
        Assert.Empty(result.Faults.Where(fault => fault.Kind.Severity == FaultSeverity.Error).Select(fault => fault.Message));
        return result.Value!;
    }
}
