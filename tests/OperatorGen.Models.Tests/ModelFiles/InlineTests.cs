using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests;

public class InlineTests
{
    private static readonly InlineMode Mode = new(0.5, 0.25, 1, 0, Samples.Exact("1/3"), 0);

    private static readonly InlineModel Model = new(EquatableArray.Of(Mode), null, null, DiscretizationRule.None, "silu", 2, new ModelOptions(3, -1, 1, Precision.Both));

    [Fact]
    public void An_inline_model_is_a_declaration_of_modes()
    {
        ModelDeclaration declaration = Model.ToDeclaration();
        Assert.Equal("modes", declaration.Architecture);
        Assert.Equal(["eigenvalue", "input", "output"], declaration.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(Model.Options, declaration.Options);
        Assert.Empty(ArchitectureCatalog.Resolve(declaration, default).Faults);
        Assert.Equal(declaration.ContentHash(), ModelFileReader.Read(ModelFileWriter.Write(declaration), default).Value!.ContentHash());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused(double value) =>
        Assert.Equal(["OPG0110"], FaultsOf(Model with { Modes = EquatableArray.Of(Mode with { OutputIm = value }) }));

    [Fact]
    public void A_model_without_modes_is_refused() => Assert.Contains("OPG0203", FaultsOf(Model with { Modes = EquatableArray<InlineMode>.Empty }));

    [Fact]
    public void A_rule_that_modes_do_not_have_is_refused() => Assert.Contains("OPG0203", FaultsOf(Model with { Discretization = DiscretizationRule.ExponentialEuler }));

    [Fact]
    public void A_rule_without_step_and_a_step_without_rule_are_refused()
    {
        Assert.Equal(["OPG0204"], FaultsOf(Model with { Discretization = DiscretizationRule.ZeroOrderHold }));
        Assert.Equal(["OPG0210"], FaultsOf(Model with { Step = 0.5 }));
    }

    [Fact]
    public void A_gamma_other_than_1_and_2_is_refused() => Assert.Equal(["OPG0203"], FaultsOf(Model with { Gamma = 3 }));

    [Theory]
    [InlineData("1/3", ScalarKind.Rational)]
    [InlineData("-0.25", ScalarKind.Rational)]
    [InlineData("alpha_1", ScalarKind.Symbol)]
    public void A_string_is_a_rational_or_a_symbol(string text, ScalarKind kind)
    {
        Assert.True(InlineText.TryParseScalar(text, out Scalar value));
        Assert.Equal(kind, value.Kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1/0")]
    [InlineData("1 / 3")]
    [InlineData("NaN")]
    [InlineData("-inf")]
    [InlineData("2x")]
    [InlineData("α")]
    public void Another_string_is_neither(string? text) => Assert.False(InlineText.TryParseScalar(text, out _));

    private static string[] FaultsOf(InlineModel model) => [.. ArchitectureCatalog.Resolve(model.ToDeclaration(), default).Faults.Select(fault => fault.Kind.Id)];
}
