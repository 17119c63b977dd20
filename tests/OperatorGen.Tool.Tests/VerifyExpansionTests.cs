using System;
using System.IO;
using Xunit;

namespace OperatorGen.Tool.Tests;

public sealed class VerifyExpansionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_terms_of_every_layer_are_compared_and_agree()
    {
        ToolRun run = Verify(Imported());
        Assert.Equal(ExitCode.Success, run.ExitCode);

        // 32 waves and the skip: 33 terms of degree 1 and 561 of degree 2.
        Assert.Matches(@"0 s4_layers\.0 +gelu-erf +3 +32 and d +594 +0\n", run.Output);
        Assert.Matches(@"1 s4_layers\.1 +gelu-erf +3 +32 and d +594 +0\n", run.Output);
    }

    [Fact]
    public void Layer_waves_and_order_choose_what_is_compared()
    {
        string output = Verify(Imported(), "--layer", "1", "--waves", "5", "--order", "6").Output;
        Assert.DoesNotContain("s4_layers.0", output, StringComparison.Ordinal);

        // Degrees 1, 2, 4 and 6 in five variables: 5 + 15 + 70 + 210.
        Assert.Matches(@"1 s4_layers\.1 +gelu-erf +6 +5 of 32 and d +300 +0\n", output);
    }

    [Fact]
    public void Where_there_are_too_many_terms_fewer_waves_take_part()
    {
        Assert.Matches(@"gelu-erf +8 +12 of 32 and d +\d+ +0\n", Verify(Imported(), "--layer", "0", "--order", "8").Output);
        ToolRun refused = Verify(Imported(), "--order", "8", "--waves", "30");
        Assert.Equal(ExitCode.Unusable, refused.ExitCode);
        Assert.Contains("own expands sums of at most 12 here", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Angourimath_needs_a_build_that_has_it()
    {
        ToolRun run = Verify(Imported(), "--backend", "angourimath");
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("dotnet build generator/OperatorGen.Tool -c Release -p:UseAngouriMath=true", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_polynomials_has_nothing_to_verify()
    {
        string relu = _folder.File("relu.ssm.json");
        File.WriteAllText(relu, """
            {"format": "operatorgen/1", "architecture": "modes", "hyper": {"discretization": "none", "gamma": 1, "decoder": "relu"},
             "tensors": {
               "eigenvalue": {"shape": [1, 2], "values": [0.5, 0]},
               "input": {"shape": [1, 2], "values": [1, 0]},
               "output": {"shape": [1, 2], "values": [1, 0]}}}
            """);
        ToolRun run = Verify(relu);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("Layer 0 has the decoder function relu, which has no polynomial here.", run.Error, StringComparison.Ordinal);
        Assert.Contains("There is nothing to verify", run.Error, StringComparison.Ordinal);
    }

    private string Imported()
    {
        string path = _folder.File("model.ssm.json");
        string weights = Path.Combine(CheckTests.Own(CaseCopy.Pooled), "f64.safetensors");
        Assert.Equal(ExitCode.Success, ToolRun.Of("import", weights, "--architecture", "s4-example", "--hyper", "prenorm=true", "--prefix", "w.", "-o", path).ExitCode);
        return path;
    }

    private static ToolRun Verify(string model, params string[] options) => ToolRun.Of(["verify-expansion", model, .. options]);
}
