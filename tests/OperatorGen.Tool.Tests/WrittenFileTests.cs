using System;
using System.IO;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>Every model file that a command writes is a model file for every other command.</summary>
public sealed class WrittenFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("taylor")]
    [InlineData("chebyshev")]
    [InlineData("measure")]
    public void A_calibrated_model_and_its_pruned_one_can_be_used(string expansion)
    {
        string data = StudyFiles.Data(_folder);
        string model = _folder.File("calibrated.ssm.json");
        Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", StudyFiles.Classifier(_folder, $"\"expansion\": \"{expansion}\""), "--data", data, "--out", model).ExitCode);
        Usable(model, data);
        ToolRun run = ToolRun.Of("prune", model, "--error", "1e9", "--data", data, "--out", _folder.File("pruned.ssm.json"));
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Equal(expansion != "taylor", run.Output.Contains($"the expansion {expansion}, which needs one; operatorgen calibrate", StringComparison.Ordinal));
        Usable(_folder.File("pruned.ssm.json"), data);
        Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", _folder.File("pruned.ssm.json"), "--data", data).ExitCode);
        Usable(_folder.File("pruned.ssm.json"), data);
    }

    [Fact]
    public void An_imported_model_can_be_used()
    {
        string path = ImportTests.Checkpoint(_folder);
        string model = _folder.File("model.ssm.json");
        Assert.Equal(ExitCode.Success, ToolRun.Of("import", path, "--architecture", "s4d-standalone", "--scale", "0.5", "--input-range", "-1", "1", "--expansion", "chebyshev", "--labels", "\u001b[31m", "\ud83c\udf0a", "c\nd", "-o", model).ExitCode);
        ToolRun run = Usable(model, StudyFiles.Data(_folder, inputs: 3));
        Assert.DoesNotContain('\u001b', run.Output);
    }

    private static ToolRun Usable(string model, string data)
    {
        foreach (string stage in new[] { "declaration", "model", "operator", "plan", "code" })
        {
            ToolRun run = ToolRun.Of("inspect", model, "--stage", stage);
            Assert.Equal(ExitCode.Success, run.ExitCode);
            Assert.DoesNotContain(": error OPG", run.Error, StringComparison.Ordinal);
        }

        ToolRun explained = ToolRun.Of("explain", model, "--data", data, "--index", "0");
        Assert.Equal((ExitCode.Success, ""), (explained.ExitCode, explained.Error));
        Assert.Equal(ExitCode.Success, ToolRun.Of("predict", model, "--data", data).ExitCode);
        return explained;
    }
}
