using System;
using System.Linq;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using Xunit;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>What the expansion warns of and what it refuses.</summary>
public sealed class OperatorFaultTests
{
    // One wave with reach 0.5 / (1 - 0.5) = 1: the readout lies in [-|u|, |u|].
    private static readonly double[] s_eigenvalue = [0.5, 0];
    private static readonly double[] s_weight = [0.5, 0];

    [Theory]
    [InlineData("tanh", Math.PI / 2)]
    [InlineData("sigmoid", Math.PI)]
    public void ARangeBeyondTheRadiusWarnsAndOneInsideDoesNot(string decoder, double radius)
    {
        Assert.Equal("OPG0301", Assert.Single(Faults(decoder, 3, 0, radius * 1.001)));
        Assert.Equal("OPG0301", Assert.Single(Faults(decoder, 3, -radius * 1.001, 0)));
        Assert.Empty(Faults(decoder, 3, -radius * 0.999, radius * 0.999));
        Assert.Empty(Faults(decoder, 3, null, null));
    }

    [Theory]
    [InlineData("gelu-erf")]
    [InlineData("polynomial(0, 1, 1)")]
    public void AnEntireFunctionNeverWarnsOfARange(string decoder) => Assert.Empty(Faults(decoder, 3, -1e6, 1e6));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(17)]
    public void AnOrderOutOfRangeIsAnErrorWithTheRange(int order)
    {
        StageResult<SymbolicOperator> result = Expand("gelu-erf", order, null, null);
        Assert.Null(result.Value);
        Fault fault = Assert.Single(result.Faults);
        Assert.Equal("OPG0300", fault.Kind.Id);
        Assert.Equal(FaultSeverity.Error, fault.Kind.Severity);
        Assert.Contains("1 to 16", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void TheEndsOfTheOrdersArePossible(int order) => Assert.NotNull(Expand("gelu-erf", order, null, null).Value);

    [Fact]
    public void ReluHasNoSeriesAndKeepsItsPlaceInTheOperator()
    {
        StageResult<SymbolicOperator> result = Expand("relu", 3, null, null);
        Assert.Equal("OPG0303", Assert.Single(result.Faults).Kind.Id);
        Assert.NotEqual(FaultSeverity.Error, result.Faults[0].Kind.Severity);
        Assert.Contains("no Taylor series", OperatorText.Render(result.Value!, new OperatorView()), StringComparison.Ordinal);
    }

    [Fact]
    public void MoreTermsThanTheLimitWarn()
    {
        double[] eigenvalues = [.. Enumerable.Range(0, 128).Select(i => i % 2 == 0 ? 0.5 : 0.1)];
        SequenceModel model = TestModels.Waves("softplus", eigenvalues, eigenvalues);
        string[] ids = [.. CompilerStages.Expand(model, new OperatorOptions(16, null, null), default).Faults.Select(fault => fault.Kind.Id)];
        Assert.Equal(["OPG0302"], ids);
    }

    private static string[] Faults(string decoder, int order, double? low, double? high) =>
        [.. Expand(decoder, order, low, high).Faults.Select(fault => fault.Kind.Id)];

    private static StageResult<SymbolicOperator> Expand(string decoder, int order, double? low, double? high) =>
        CompilerStages.Expand(TestModels.Waves(decoder, s_eigenvalue, s_weight), new OperatorOptions(order, low, high), default);
}
