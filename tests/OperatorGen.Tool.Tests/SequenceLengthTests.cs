using System;
using System.IO;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>A model that has a meaning for one length, or up to a length, is inspected and pruned with sequences of such lengths; data of another length is refused with its file.</summary>
public sealed class SequenceLengthTests
{
    private const int Steps = 24;

    [Theory]
    [InlineData("\"disc\": \"dss\", \"L\": 24")]
    [InlineData("\"l_max\": 24")]
    public void Commands_that_make_sequences_make_them_as_long_as_the_model_allows(string hyper)
    {
        using var folder = new TemporaryFolder();
        string model = Model(folder, hyper);
        ToolRun inspected = ToolRun.Of("inspect", model);
        Assert.Equal((ExitCode.Success, ""), (inspected.ExitCode, inspected.Error));
        Assert.Contains("on 24 samples of seeded noise", inspected.Output, StringComparison.Ordinal);
        ToolRun pruned = ToolRun.Of("prune", model, "--error", "10", "--out", folder.File("pruned.ssm.json"));
        Assert.Equal((ExitCode.Success, ""), (pruned.ExitCode, pruned.Error));
        Assert.Contains("at most 24 time steps", pruned.Output, StringComparison.Ordinal);
    }

    /// <summary>The greatest length is known, so the bound of a mode that does not decay is finite and nobody is asked for maxLength.</summary>
    [Fact]
    public void The_greatest_length_of_a_model_bounds_its_growing_modes()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRun.Of("inspect", Model(folder, "\"l_max\": 24, \"real_transform\": \"none\"", real: -0.25));
        Assert.DoesNotContain("OPG0306", run.Error, StringComparison.Ordinal);
        int proof = Array.FindIndex(run.Lines, line => line.StartsWith("proven for every input", StringComparison.Ordinal));
        Assert.InRange(proof, 0, run.Lines.Length - 2);
        Assert.DoesNotContain("infinity", run.Lines[proof + 1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("study", "--orders", "1")]
    [InlineData("calibrate", "--out", "calibrated.ssm.json")]
    [InlineData("explain", "--index", "0")]
    [InlineData("ring", "--index", "0")]
    [InlineData("predict", "--engine", "reference")]
    [InlineData("predict", "--engine", "generated")]
    public void Data_of_another_length_is_refused(string command, string option, string value)
    {
        using var folder = new TemporaryFolder();
        string model = Model(folder, "\"disc\": \"dss\", \"L\": 24");
        foreach (int length in new[] { Steps / 2, Steps * 2 })
        {
            var data = new TensorFile();
            data.Set("x_train", [2, length, 1], new double[2 * length]);
            data.Set("x_test", [2, length, 1], new double[2 * length]);
            data.Write(folder.File("data.safetensors"));
            ToolRun run = ToolRun.Of(command, model, "--data", folder.File("data.safetensors"), option, option == "--out" ? folder.File(value) : value);
            Assert.Equal(ExitCode.Unusable, run.ExitCode);
            Assert.Contains($"has {length} time steps, but the model has a meaning for sequences of exactly 24 time steps only", run.Error, StringComparison.Ordinal);
        }
    }

    private static string Model(TemporaryFolder folder, string hyper, double real = -0.5)
    {
        string path = folder.File("block.ssm.json");
        File.WriteAllText(path, FormattableString.Invariant($$"""
            { "format": "operatorgen/1", "architecture": "s4block-diag", "hyper": { {{hyper}}, "activation": "tanh", "final_act": null }, "options": { "inputRange": [-1, 1] },
              "tensors": {
                "layer.D": { "shape": [1, 1], "values": [0.5] }, "layer.kernel.inv_dt": { "shape": [1, 1], "values": [-2] },
                "layer.kernel.A_real": { "shape": [1, 2], "values": [{{real}}, {{real}}] }, "layer.kernel.A_imag": { "shape": [1, 2], "values": [0.5, 3] },
                "layer.kernel.B": { "shape": [1, 1, 2, 2], "values": [1, 0, 1, 0] }, "layer.kernel.C": { "shape": [1, 1, 2, 2], "values": [0.4, 0.1, 1e-9, 0] } } }
            """));
        return path;
    }
}
