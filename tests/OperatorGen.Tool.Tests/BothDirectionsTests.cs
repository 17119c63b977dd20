using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using OperatorGen.Models;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>What the commands answer about a model whose modes run in both directions.</summary>
public sealed class BothDirectionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inspect_shows_the_waves_of_both_directions()
    {
        string text = Success("inspect", StudyFiles.BothDirections(_folder), "--channel", "0");
        Assert.Contains("3 channels of 4 waves and a skip, 2 of them backward in time", text, StringComparison.Ordinal);
        Assert.Contains("z_m(t) = lambda_m z_m(t+1) + sum_i b_(m,i) v_i(t)", text, StringComparison.Ordinal);
        Assert.Contains("o_h(t) = sum_(n = 0..1) w_(h,n)(t) + sum_(m = 2..3) w_(h,m)(t) + d_h(t)", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split(", backward\n").Length - 1);
    }

    [Fact]
    public void Every_format_says_which_waves_run_backward()
    {
        string model = StudyFiles.BothDirections(_folder);
        using JsonDocument json = JsonDocument.Parse(Success("inspect", model, "--format", "json"));
        JsonElement[] waves = [.. json.RootElement.GetProperty("layers")[0].GetProperty("waves").EnumerateArray()];
        Assert.Equal(4, waves.Length);
        Assert.All(waves, wave => Assert.Equal(wave.GetProperty("index").GetInt32() >= 2, wave.GetProperty("backward").GetBoolean()));
        Assert.All(waves, wave => Assert.Equal(0, wave.GetProperty("delay").GetInt32()));
        Assert.Contains("z_m(t+1)", Success("inspect", model, "--format", "latex"), StringComparison.Ordinal);
        Assert.Equal(2, Success("inspect", model, "--format", "mathml").Split("<td>backward</td>").Length - 1);
        Assert.Contains("read as w(t) = Re(weight s(t)): w_2, w_3.", Success("inspect", model, "--format", "sympy"), StringComparison.Ordinal);
        Assert.Contains("w_3", Success("inspect", model, "--format", "angourimath"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_has_passes_and_what_they_leave_to_each_other()
    {
        string text = Success("inspect", StudyFiles.BothDirections(_folder), "--stage", "plan");
        string[] passes = [.. text.Split('\n').Where(line => line.StartsWith("pass ", StringComparison.Ordinal))];
        Assert.Equal(["pass 0, forward", "pass 1, backward", "pass 2, forward"], passes);
        Assert.Contains("kept of whole sequences, 32 numbers per time step", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_have_lags_on_both_sides()
    {
        string model = StudyFiles.BothDirections(_folder);
        string[] lines = Success("kernels", model, "--length", "3", "--format", "csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["lag", "-2", "-1", "0", "1", "2"], lines.Select(line => line.Split(',')[0]));
        using JsonDocument json = JsonDocument.Parse(Success("kernels", model, "--length", "3", "--format", "json"));
        Assert.Equal(-2, json.RootElement.GetProperty("firstLag").GetInt32());
        Assert.Equal(5, json.RootElement.GetProperty("kernels")[0].GetProperty("taps").GetArrayLength());
    }

    [Fact]
    public void A_score_is_taken_apart_into_waves_of_both_directions()
    {
        string model = StudyFiles.BothDirections(_folder);
        string data = StudyFiles.Data(_folder);
        string text = Success("explain", model, "--data", data, "--index", "3", "--top", "100");
        Assert.Contains("runs backward", text, StringComparison.Ordinal);
        Assert.Contains("one of the waves runs forward in time and the other backward", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Calibration_study_and_verification_take_it_as_any_other()
    {
        string model = StudyFiles.BothDirections(_folder);
        string data = StudyFiles.Data(_folder);
        Success("calibrate", model, "--data", data);
        Assert.NotNull(StudyFiles.Read(model).Calibration);
        string study = Success("study", model, "--data", data, "--orders", "2", "--format", "csv");
        Assert.Equal(5, study.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Success("verify-expansion", model);
    }

    [Fact]
    public void Bounds_are_proven_for_the_declared_range()
    {
        string text = Success("inspect", StudyFiles.BothDirections(_folder, "\"inputRange\": [-1, 1]"));
        Assert.Contains("proven for every input in [-1, 1]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Ring_and_pruning_refuse_it_with_the_reason()
    {
        string model = StudyFiles.BothDirections(_folder, "\"inputRange\": [-1, 1]");
        ToolRun ring = ToolRun.Of("ring", model);
        Assert.Equal(ExitCode.Unusable, ring.ExitCode);
        Assert.Contains("backward in time", ring.Error, StringComparison.Ordinal);
        ToolRun prune = ToolRun.Of("prune", model, "--error", "0.1", "--out", _folder.File("pruned.ssm.json"));
        Assert.Equal(ExitCode.Unusable, prune.ExitCode);
        Assert.Contains("both directions", prune.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("pruned.ssm.json")));
    }

    private static string Success(params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.True(run.ExitCode == ExitCode.Success, run.Error + run.Output);
        return run.Output;
    }
}
