using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OperatorGen.Models;
using OperatorGen.TestKit;
using OperatorGen.Tool.Conformance;
using Xunit;

namespace OperatorGen.Tool.Tests;

public partial class CheckTests
{
    private static readonly string[] s_supported =
    [
        "s4d-", "s4-example-", "mamba1-block", "s4block-diag-", "s4block-dplr-", "s5-", "lru-", "linoss-",
        "mamba1-scan-", "mamba2-ssd-", "mamba2-block-", "gla-", "simple-gla-", "hgrn-", "retention-", "rwkv6-", "gateloop-attn-", "gateloop-operator-", "gateloop-simple-", "delta-rule-", "gated-delta-rule-", "mamba1-lm-", "mamba1-minimal-lm-", "mamba2-lm-", "gateloop-transformer-",
    ];

    public static TheoryData<string> OwnCases => new(ConformanceFolders.OwnNames);

    [Fact]
    public void All_own_cases_pass_through_both_engines()
    {
        ToolRun run = ToolRun.Of("check", ConformanceFolders.Own);
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.All(run.Lines[..^2], line => Assert.Matches(ResultLine(), line));
        Assert.All(run.Lines[..^2], line => Assert.EndsWith(" PASS", line, System.StringComparison.Ordinal));
        Assert.Equal("56 passed, 0 failed", run.Lines[^2]);
        Assert.Equal("0 unsupported", run.Lines[^1]);
        string[] engines = [.. run.Lines[..^2].Select(line => line.Split(' ')[1]).Distinct().Order()];
        Assert.Equal(["generated", "reference"], engines);
    }

    [Fact]
    public void Steps_and_final_states_are_compared()
    {
        ToolRun run = ToolRun.Of("check", Own(CaseCopy.Selective), "--engine", "generated");
        Assert.Equal(["out.conv_state", "out.ssm_state", "out.y", "out.y_step"], run.Lines[..^2].Select(line => line.Split(' ')[3]));
    }

    [SkippableFact]
    public void Every_upstream_case_of_a_supported_architecture_passes_and_the_others_are_unsupported()
    {
        ToolRun run = ToolRun.Of("check", Shared());
        string[] cases = [.. ConformanceFolders.SharedNames().Where(name => CaseDescription.Load(Path.Combine(Shared(), name)).IsSupported)];
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.DoesNotContain("FAIL", run.Output, System.StringComparison.Ordinal);
        Assert.Equal($"{ConformanceFolders.SharedNames().Count - cases.Length} unsupported", run.Lines[^1]);
        foreach (string name in ConformanceFolders.SharedNames(s_supported))
        {
            string[] runs = [.. run.Lines.Where(line => line.StartsWith(name + " ", System.StringComparison.Ordinal)).Select(line => string.Join(" ", line.Split(' ')[1..3])).Distinct()];
            Assert.Equal(["reference f64", "generated f64", "reference f32", "generated f32"], runs);
        }
    }

    [Theory]
    [MemberData(nameof(OwnCases))]
    public void One_weight_off_by_a_millionth_fails_in_f64(string name)
    {
        using var copy = new CaseCopy(name);
        ToolRun run = copy.Check(tensors => tensors.Change(ConformanceFolders.Changeable(copy.Tensors.Names), 0, value => value + 1e-6));
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains(run.Lines, line => Regex.IsMatch(line, " reference f64 .* FAIL$"));
        Assert.Contains(run.Lines, line => Regex.IsMatch(line, " generated f64 .* FAIL$"));
    }

    [Fact]
    public void An_unknown_architecture_is_one_line()
    {
        using var copy = new CaseCopy();
        copy.Description = copy.Description.Replace("s4d-standalone", "s9", System.StringComparison.Ordinal);
        ToolRun run = ToolRun.Of("check", copy.Folder);
        Assert.Equal(["s4d-n4-h3-l16-a UNSUPPORTED (architecture s9)", "0 passed, 0 failed", "1 unsupported"], run.Lines);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
    }

    [Fact]
    public void Engine_and_precision_choose_what_is_run()
    {
        ToolRun run = ToolRun.Of("check", Own(CaseCopy.Small), "--engine", "reference", "--precision", "f64");
        Assert.Equal("1 passed, 0 failed", run.Lines[^2]);
        Assert.StartsWith("s4d-n4-h3-l16-a reference f64 out.y ", run.Lines[0], System.StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_in_another_order_of_axes_are_turned_and_not_misread()
    {
        using var copy = new CaseCopy();
        int[] shape = [.. copy.Tensors.Shape("in.u")]; // [B, H, L]
        foreach (string name in new[] { "in.u", "out.y" })
        {
            var turned = new NumberBlock(shape, copy.Tensors.Values(name)).WithLeadingAxis(2); // [L, B, H]
            copy.Tensors.Set(name, [shape[0], shape[2], shape[1]], turned.WithLeadingAxis(1).Values); // [B, L, H]
        }

        copy.WriteTensors();
        Assert.Equal(ExitCode.Failure, ToolRun.Of("check", copy.Folder, "--engine", "reference").ExitCode);
        copy.Description = copy.Description.Replace("\"B,H,L\"", "\"B,L,H\"", System.StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, ToolRun.Of("check", copy.Folder, "--engine", "reference").ExitCode);
    }

    [Fact]
    public void Tolerances_are_those_of_the_reference_vectors()
    {
        Assert.Equal(1e-10, Tolerances.Of("s4d-n4-h3-l16-a", Precision.Double));
        Assert.Equal(2e-5, Tolerances.Of("s4d-n4-h3-l16-a", Precision.Single));
        Assert.Equal(1e-6, Tolerances.Of("s4block-diag-dss-a", Precision.Double));
        Assert.Equal(1e-6, Tolerances.Of("retention-parallel-a", Precision.Double));
    }

    internal static string Own(string name) => Path.Combine(ConformanceFolders.Own, name);

    private static string Shared()
    {
        Skip.If(ConformanceFolders.Shared is null, "The folder shared/reference/vectors is not beside this repository.");
        return ConformanceFolders.Shared!;
    }

    [GeneratedRegex(@"^\S+ (reference|generated) (f64|f32) out\.\S+ max_abs=\S+ max_rel=\S+ (PASS|FAIL)$")]
    private static partial Regex ResultLine();
}
