using System;
using System.Linq;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>What must not pass: each change of a case fails in both engines, with the reason.</summary>
public class CheckFailureTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_in_the_expected_output_alone_fails(double value)
    {
        using var copy = new CaseCopy();
        AssertFailures(copy.Check(tensors => tensors.Change("out.y", 5, _ => value)), 2);
    }

    [Fact]
    public void A_number_that_is_not_finite_in_the_computed_output_alone_fails()
    {
        using var copy = new CaseCopy();
        AssertFailures(copy.Check(tensors => tensors.Change("in.u", 0, _ => double.NaN)), 2);
    }

    [Fact]
    public void A_missing_output_fails()
    {
        using var copy = new CaseCopy(CaseCopy.Selective);
        ToolRun run = copy.Check(tensors => tensors.Remove("out.ssm_state"));
        AssertFailures(run, 2, passed: 6);
        Assert.Contains("out.ssm_state: the case has no such tensor", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_output_fails_without_a_list_of_tensors_too()
    {
        using var copy = new CaseCopy();
        copy.Description = copy.Description.Replace("\"files\"", "\"others\"", StringComparison.Ordinal);
        AssertFailures(copy.Check(tensors => tensors.Remove("out.y")), 2);
    }

    [Fact]
    public void An_extra_output_fails()
    {
        using var copy = new CaseCopy();
        ToolRun run = copy.Check(tensors => tensors.Set("out.y_step", tensors.Shape("out.y"), tensors.Values("out.y")));
        AssertFailures(run, 2, passed: 2);
        Assert.Contains("out.y_step: case.json does not list this tensor", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_the_model_does_not_compute_fails()
    {
        using var copy = new CaseCopy();
        copy.Description = copy.Description.Replace("\"files\"", "\"others\"", StringComparison.Ordinal);
        ToolRun run = copy.Check(tensors => tensors.Set("out.energy", [1], 1.0));
        AssertFailures(run, 2, passed: 2);
        Assert.Contains("the model computes no such tensor; it has out.logits, out.y", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w.D")]
    [InlineData("w.kernel.C")]
    [InlineData("in.u")]
    public void A_missing_weight_or_input_fails(string name)
    {
        using var copy = new CaseCopy();
        ToolRun run = copy.Check(tensors => tensors.Remove(name));
        AssertFailures(run, 2);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w.E")]
    [InlineData("in.v")]
    public void An_extra_weight_or_input_fails(string name)
    {
        using var copy = new CaseCopy();
        ToolRun run = copy.Check(tensors => tensors.Set(name, [1], 1.0));
        AssertFailures(run, 2);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w.D", new[] { 3, 1 })]
    [InlineData("in.u", new[] { 2, 16, 3 })]
    [InlineData("in.u", new[] { 2, 48 })]
    [InlineData("out.y", new[] { 2, 16, 3 })]
    [InlineData("out.y", new[] { 1, 3, 32 })]
    [InlineData("out.y", new[] { 96 })]
    public void Another_shape_fails(string name, int[] shape)
    {
        using var copy = new CaseCopy();
        ToolRun run = copy.Check(tensors => tensors.Reshape(name, shape));
        AssertFailures(run, 2);
        Assert.Contains("shape", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_elements_fail()
    {
        using var copy = new CaseCopy();
        ToolRun run = copy.Check(tensors =>
        {
            tensors.Set("in.u", [2, 3, 0]);
            tensors.Set("out.y", [2, 3, 0]);
        });
        AssertFailures(run, 2);
        Assert.Contains("no elements to compare", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_sequences_fail()
    {
        using var copy = new CaseCopy();
        AssertFailures(
            copy.Check(tensors =>
            {
                tensors.Set("in.u", [0, 3, 16]);
                tensors.Set("out.y", [0, 3, 16]);
            }),
            2);
    }

    [Fact]
    public void A_pooled_model_without_samples_fails_and_does_not_end_the_run()
    {
        using var copy = new CaseCopy(CaseCopy.Pooled);
        ToolRun run = copy.Check(tensors => tensors.Set("in.x", [2, 0, 3]));
        AssertFailures(run, 2);
        Assert.Contains("out.logits: ArgumentException", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_is_not_a_number_fails()
    {
        using var copy = new CaseCopy();
        ToolRun run = copy.Check(tensors => tensors.Change("w.D", 1, _ => double.NaN));
        AssertFailures(run, 2);
        Assert.Contains("OPG0110: Element [1] of tensor 'w.D' is not a number", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_state_fails_alone()
    {
        using var copy = new CaseCopy(CaseCopy.Selective);
        ToolRun run = copy.Check(tensors => tensors.Change("out.ssm_state", 3, value => value + 1e-6));
        AssertFailures(run, 2, passed: 6);
        Assert.All(run.Lines.Where(line => line.EndsWith("FAIL", StringComparison.Ordinal)), line => Assert.Contains(" out.ssm_state ", line, StringComparison.Ordinal));
    }

    private static void AssertFailures(ToolRun run, int failed, int passed = 0)
    {
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Equal($"{passed} passed, {failed} failed", run.Lines[^2]);
        Assert.Equal(failed, run.Lines.Count(line => line.EndsWith(" FAIL", StringComparison.Ordinal)));
    }
}
