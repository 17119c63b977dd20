using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests.Architectures;

/// <summary>LinOSS's oscillators and their classifier.</summary>
public sealed class LinossTests
{
    [Theory]
    [InlineData("linoss-im", OscillatorScheme.Implicit)]
    [InlineData("linoss-imex", OscillatorScheme.ImplicitExplicit)]
    public void A_is_a_relu_and_the_step_a_sigmoid(string architecture, OscillatorScheme scheme)
    {
        ModelDeclaration declaration = With(Samples.Linoss(new Random(1), architecture), "A_diag", [-0.5, 0, 0.25, 2]);
        SharedOscillators cell = Assert.IsType<SharedOscillators>(Resolve(declaration).Layers[0].Cell);
        Assert.Equal((3, 4, 3, scheme), (cell.Inputs, cell.Oscillators, cell.Outputs, cell.Scheme));
        Assert.Equal([0, 0, 0.25, 2], cell.A.Values.ToArray());
        Tensor steps = declaration.Tensors.Single(tensor => tensor.Name == "steps").Value;
        for (int p = 0; p < 4; p++)
        {
            // exp, a sum and a quotient: below 4 units of 2^-53.
            Assert.Equal(1 / (1 + Math.Exp(-steps.Values[p])), cell.Delta.Values[p], 4.0 / (1L << 53));
        }

        Assert.Null(cell.StateName);
        Assert.Equal([2, 4], cell.StateSizes);
    }

    [Fact]
    public void A_block_has_a_norm_without_factor_a_gate_and_a_residual()
    {
        SequenceModel model = Resolve(Samples.LinossClassifier(new Random(2), "linoss-im-classifier"));
        Assert.Equal((2, Pooling.Mean, OutputFunction.Softmax, 5), (model.Layers.Count, model.Pooling, model.Output, model.OutputWidth));
        Layer layer = model.Layers[1];
        BatchNorm norm = Assert.IsType<BatchNorm>(layer.PreNorm);
        Assert.Equal((null, null, 1e-5), (norm.Weight, norm.Bias, norm.Epsilon));
        Assert.Equal(new SplitGlu(DecoderFunctions.Sigmoid), layer.Decoder.Unit);
        Assert.Equal(DecoderFunctions.GeluTanh, layer.Decoder.Activation);
        Assert.True(layer.Residual);
        Assert.Null(layer.PostNorm);
        Assert.Equal("blocks.1", layer.Name);
    }

    [Fact]
    public void Growth_beyond_the_limit_of_the_explicit_scheme_is_warned_of()
    {
        // Delta = 1/2 at steps = 0: Delta^2 A = 4 at A = 16. Beyond it the eigenvalue 1 - h - sqrt(h^2 - 2 h), h = A / 8, has at A = 18 the magnitude 1.25 + 0.75.
        ModelDeclaration at = With(With(Samples.Linoss(new Random(3), "linoss-imex"), "steps", [0, 0, 0, 0]), "A_diag", [0, 1, 16, 16]);
        Assert.Empty(ArchitectureCatalog.Resolve(at, default).Faults);
        Fault fault = Assert.Single(ArchitectureCatalog.Resolve(With(at, "A_diag", [0, 18, 17, 1]), default).Faults);
        Assert.Equal(FaultKinds.UnstableMode, fault.Kind);
        Assert.Contains("Oscillator 1 ('A_diag')", fault.Message, StringComparison.Ordinal);
        Assert.Contains("magnitude 2 (further modes like it: 1)", fault.Message, StringComparison.Ordinal);
        Assert.Empty(ArchitectureCatalog.Resolve(With(With(Samples.Linoss(new Random(3), "linoss-im"), "steps", [0, 0, 0, 0]), "A_diag", [0, 18, 17, 1]), default).Faults);
    }

    [Fact]
    public void Its_modes_are_not_taken_out() => Assert.Contains("stored as one", ArchitectureCatalog.Find("linoss-im")!.ModesOf(Samples.Linoss(new Random(4), "linoss-im")).Obstacle, StringComparison.Ordinal);

    private static ModelDeclaration With(ModelDeclaration declaration, string name, double[] values) => declaration with
    {
        Tensors = declaration.Tensors.Select(tensor => tensor.Name == name ? tensor with { Value = new Tensor(tensor.Value.Shape, values) } : tensor).ToEquatableArray(),
    };

    private static SequenceModel Resolve(ModelDeclaration declaration)
    {
        StageResult<SequenceModel> result = ArchitectureCatalog.Resolve(declaration, default);
        Assert.Empty(result.Faults.Select(fault => fault.Message));
        return result.Value!;
    }
}
