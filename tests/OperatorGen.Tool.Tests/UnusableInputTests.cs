using System;
using System.Globalization;
using System.IO;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>Input that nothing can be done with: exit code 2 and one message.</summary>
public class UnusableInputTests
{
    [Theory]
    [InlineData("{", "does not describe a case")]
    [InlineData("[]", "it is no object")]
    [InlineData("{\"hyper\": {}, \"layout\": {}}", "'arch' should be a string")]
    [InlineData("{\"arch\": \"s4d-standalone\", \"layout\": {}}", "'hyper' should be an object")]
    [InlineData("{\"arch\": \"s4d-standalone\", \"hyper\": {}, \"layout\": 3}", "'layout' should be an object")]
    public void A_description_that_describes_nothing(string text, string message)
    {
        using var copy = new CaseCopy();
        copy.Description = text;
        AssertUnusable(ToolRun.Of("check", copy.Folder), message);
    }

    [Fact]
    public void A_folder_that_does_not_exist()
    {
        using var folder = new TemporaryFolder();
        AssertUnusable(ToolRun.Of("check", folder.File("nowhere")), "There is no folder");
    }

    [Fact]
    public void A_folder_without_cases()
    {
        using var folder = new TemporaryFolder();
        AssertUnusable(ToolRun.Of("check", folder.Path), "is not a case folder");
    }

    [Fact]
    public void A_file_in_place_of_a_folder()
    {
        using var copy = new CaseCopy();
        AssertUnusable(ToolRun.Of("check", Path.Combine(copy.Folder, "case.json")), "is a file");
    }

    [Fact]
    public void A_case_folder_without_a_description()
    {
        using var copy = new CaseCopy();
        File.Delete(Path.Combine(copy.Folder, "case.json"));
        AssertUnusable(ToolRun.Of("check", copy.Parent), "it has no case.json");
    }

    [Fact]
    public void A_case_without_tensors()
    {
        using var copy = new CaseCopy();
        File.Delete(Path.Combine(copy.Folder, "f64.safetensors"));
        AssertUnusable(ToolRun.Of("check", copy.Folder), "has neither f64.safetensors nor f32.safetensors");
    }

    [Fact]
    public void A_precision_that_the_case_does_not_have()
    {
        using var copy = new CaseCopy();
        AssertUnusable(ToolRun.Of("check", copy.Folder, "--precision", "f32"), "has no f32.safetensors");
    }

    [Fact]
    public void Tensors_that_are_not_a_safetensors_file()
    {
        using var copy = new CaseCopy();
        File.WriteAllText(Path.Combine(copy.Folder, "f64.safetensors"), "none");
        AssertUnusable(ToolRun.Of("check", copy.Folder), "truncated");
    }

    [Fact]
    public void One_unusable_case_does_not_hide_the_others()
    {
        using var copy = new CaseCopy();
        ToolRun run = ToolRun.Of("check", Path.Combine(copy.Parent, "nowhere"), copy.Folder, "--engine", "reference");
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Equal("1 passed, 0 failed", run.Lines[^2]);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("check", "x", "--engine", "both")]
    [InlineData("check", "x", "--precision", "f16")]
    [InlineData("import", "x.safetensors")]
    [InlineData("inspect", "x.ssm.json", "--order", "three")]
    [InlineData("inspect", "x.ssm.json", "--top", "-1")]
    [InlineData("inspect", "x.ssm.json", "--stage", "parse")]
    [InlineData("explain")]
    [InlineData("dance", "x")]
    public void A_command_line_that_cannot_be_read(params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("prune", "m.ssm.json", "--out", "p.ssm.json", "--error")]
    [InlineData("prune", "m.ssm.json", "--out", "p.ssm.json", "--error", "1", "--range", "0")]
    [InlineData("predict", "m.ssm.json", "--data", "d.safetensors", "--tolerance")]
    [InlineData("import", "c.safetensors", "--architecture", "modes", "-o", "m.ssm.json", "--scale")]
    [InlineData("import", "c.safetensors", "--architecture", "modes", "-o", "m.ssm.json", "--offset", "1")]
    [InlineData("import", "c.safetensors", "--architecture", "modes", "-o", "m.ssm.json", "--centre")]
    [InlineData("import", "c.safetensors", "--architecture", "modes", "-o", "m.ssm.json", "--input-range", "0")]
    [InlineData("import", "c.safetensors", "--architecture", "modes", "-o", "m.ssm.json", "--order")]
    [InlineData("study", "m.ssm.json", "--data", "d.safetensors", "--limit")]
    [InlineData("calibrate", "m.ssm.json", "--data", "d.safetensors", "--nodes")]
    [InlineData("explain", "m.ssm.json", "--top")]
    public void A_number_is_written_in_one_way_in_every_culture(params string[] arguments)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string culture in new[] { "", "de-DE", "fi-FI", "ar-SA" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                foreach (string number in new[] { "0,5", "1,000", "1.000,5", "1'000", "NaN", "Infinity", "1e999", "0x10", "" })
                {
                    ToolRun run = ToolRun.Of([.. arguments, number]);
                    Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
                    Assert.Contains($" {number}: a ", run.Error, StringComparison.Ordinal);
                    Assert.Contains("number", run.Error, StringComparison.Ordinal);
                }
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("check", "--help")]
    public void Help_is_no_error(params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("Usage", run.Output, StringComparison.Ordinal);
    }

    private static void AssertUnusable(ToolRun run, string message)
    {
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(["0 passed, 0 failed", "0 unsupported"], run.Lines);
    }
}
