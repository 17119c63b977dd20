using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Emission;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
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
    public void A_range_beyond_the_radius_warns_and_one_inside_does_not(string decoder, double radius)
    {
        Assert.Equal("OPG0301", Assert.Single(Faults(decoder, 3, 0, radius * 1.001)));
        Assert.Equal("OPG0301", Assert.Single(Faults(decoder, 3, -radius * 1.001, 0)));
        Assert.Empty(Faults(decoder, 3, -radius * 0.999, radius * 0.999));
        Assert.Empty(Faults(decoder, 3, null, null));
    }

    [Theory]
    [InlineData("gelu-erf")]
    [InlineData("polynomial(0, 1, 1)")]
    public void An_entire_function_never_warns_of_a_range(string decoder) => Assert.Empty(Faults(decoder, 3, -1e6, 1e6));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(17)]
    public void An_order_out_of_range_is_an_error_with_the_range(int order)
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
    public void The_ends_of_the_orders_are_possible(int order) => Assert.NotNull(Expand("gelu-erf", order, null, null).Value);

    [Fact]
    public void Relu_has_no_series_and_keeps_its_place_in_the_operator()
    {
        StageResult<SymbolicOperator> result = Expand("relu", 3, null, null);
        Assert.Equal("OPG0303", Assert.Single(result.Faults).Kind.Id);
        Assert.NotEqual(FaultSeverity.Error, result.Faults[0].Kind.Severity);
        Assert.Contains("no Taylor series", OperatorText.Render(result.Value!, TestModels.Waves("relu", s_eigenvalue, s_weight), new OperatorView()), StringComparison.Ordinal);
    }

    [Fact]
    public void More_terms_than_the_limit_warn()
    {
        double[] eigenvalues = [.. Enumerable.Range(0, 128).Select(i => i % 2 == 0 ? 0.5 : 0.1)];
        SequenceModel model = TestModels.Waves("softplus", eigenvalues, eigenvalues);
        string[] ids = [.. CompilerStages.Expand(model, new ModelOptions(16), default).Faults.Select(fault => fault.Kind.Id)];
        Assert.Equal(["OPG0302"], ids);
    }

    [Theory]
    [InlineData(1.01, 0, 100_000)]
    [InlineData(5, 0, 1000)]
    [InlineData(3, 4, 1000)]
    [InlineData(-1e200, 1e200, 10)]
    public void A_growing_mode_whose_power_overflows_has_an_infinite_bound(double re, double im, int length)
    {
        SequenceModel model = TestModels.Waves("gelu-erf", [re, im], [1, 0.5]);
        StageResult<SymbolicOperator> result = CompilerStages.Expand(model, new ModelOptions(3, -1, 1) { MaxLength = length }, default);
        Assert.DoesNotContain(result.Faults, fault => fault.Kind.Severity == FaultSeverity.Error);
        Assert.Equal(double.PositiveInfinity, result.Value!.Proof!.Layers[0].Readouts[0].High);
        Assert.Equal(double.PositiveInfinity, result.Value.Proof.Outputs[0].High);

        var inline = new InlineModel(
            EquatableArray.Of(new InlineMode(re, im, 1, 0, 1, 0)), null, null, DiscretizationRule.None, "gelu-erf", 1, new ModelOptions(3, -1, 1, null) { MaxLength = length });
        StageResult<GeneratedFile> compiled = CompilerStages.Compile(inline.ToDeclaration(), new TypeTarget(null, EquatableArray<ContainingType>.Empty, "class", "Growing"), ModelOptions.None);
        Assert.Contains("OPG0207", compiled.Faults.Select(fault => fault.Kind.Id));
        Assert.DoesNotContain(compiled.Faults, fault => fault.Kind.Severity == FaultSeverity.Error && fault.Kind.Id != "OPG0404");
    }

    [Fact]
    public void No_numbers_of_a_model_and_no_range_make_a_stage_fail()
    {
        double[] numbers = [0, -0.0, 1, -0.5, 1.01, 5, 1e-308, 5e-324, -5e-324, 1e150, -1e200, double.MaxValue, -double.MaxValue];
        string[] decoders = [.. DecoderFunctions.All.Select(function => function.Name)];
        var random = new Random(3);
        var failed = new HashSet<string>();
        for (int trial = 0; trial < 400; trial++)
        {
            double Draw() => numbers[random.Next(numbers.Length)];
            double[] Pairs() => [Draw(), Draw(), Draw(), Draw()];
            DiscretizationRule rule = new[] { DiscretizationRule.None, DiscretizationRule.ZeroOrderHold, DiscretizationRule.Bilinear }[trial % 3];
            SequenceModel model = TestModels.OneCell(decoders[random.Next(decoders.Length)], rule, Math.Abs(Draw()), Pairs(), Pairs(), Pairs(), 2, Draw());
            double high = Math.Abs(Draw());
            var options = new ModelOptions(1 + random.Next(6), -high, high == 0 ? 1 : high)
            {
                Expansion = trial % 2 == 0 ? ExpansionKind.Taylor : ExpansionKind.Chebyshev,
                MaxLength = random.Next(3) switch { 0 => null, 1 => 1, _ => 2000 },
            };
            failed.UnionWith(CompilerStages.Expand(model, options, default).Faults.Where(fault => fault.Kind.Id == "OPG0900").Select(fault => fault.Message));
        }

        Assert.Empty(failed);
    }

    [Fact]
    public void A_discrete_eigenvalue_beyond_the_doubles_is_an_error()
    {
        SequenceModel model = TestModels.OneCell("gelu-erf", DiscretizationRule.ZeroOrderHold, 1, [1e308, 0], [1, 0], [1, 0], 2, null);
        Assert.Equal("OPG0212", Assert.Single(CompilerStages.Expand(model, new ModelOptions(3), default).Faults).Kind.Id);
    }

    [Fact]
    public void Ranges_are_proven_where_nothing_is_expanded()
    {
        SymbolicOperator result = Expand("relu", 3, -1, 1).Value!;
        Assert.Null(result.Expansion);
        Assert.Equal(1, result.Proof!.Outputs[0].High, 9);
        Assert.Equal(0, result.Proof.Outputs[0].Low);
        Assert.Contains("\"bounds\": { \"input\": [", OperatorJson.Render(result, new OperatorView()), StringComparison.Ordinal);
    }

    private static string[] Faults(string decoder, int order, double? low, double? high) =>
        [.. Expand(decoder, order, low, high).Faults.Select(fault => fault.Kind.Id)];

    private static StageResult<SymbolicOperator> Expand(string decoder, int order, double? low, double? high) =>
        CompilerStages.Expand(TestModels.Waves(decoder, s_eigenvalue, s_weight), new ModelOptions(order, low, high), default);
}
