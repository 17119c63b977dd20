using System;
using System.IO;
using System.Text.Json;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>A calibrated model is expanded in its measure unless told otherwise.</summary>
public sealed class DefaultExpansionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_calibrated_model_is_explained_and_inspected_in_its_measure()
    {
        (string model, string data) = Calibrated();
        Assert.Equal("measure", Expansion("explain", model, "--data", data, "--index", "0", "--format", "json"));
        Assert.Equal("measure", Expansion("explain", model, "--data", data, "--index", "0", "--order", "2", "--format", "json"));
        Assert.Equal("measure", Expansion("inspect", model, "--format", "json"));
        Assert.Contains("least squares under the distribution on the calibration set", Output("inspect", model), StringComparison.Ordinal);
        Assert.Contains("strongest channels first, by measured variance times the weight", Output("inspect", model), StringComparison.Ordinal);
        Assert.Contains("<para>The operator that the model computes", Output("inspect", model, "--stage", "code"), StringComparison.Ordinal);
        Assert.Contains("least squares under the distribution", Output("inspect", model, "--stage", "code"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_told_wins()
    {
        (string model, string data) = Calibrated();
        Assert.Equal("taylor", Expansion("explain", model, "--data", data, "--index", "0", "--expansion", "taylor", "--format", "json"));
        (string chebyshev, _) = Calibrated("\"expansion\": \"chebyshev\"");
        Assert.Equal("chebyshev", Expansion("inspect", chebyshev, "--format", "json"));
        Assert.Equal("chebyshev", Expansion("explain", chebyshev, "--data", data, "--index", "0", "--format", "json"));

        // A centre without an expansion asks for Taylor polynomials about it.
        Assert.Equal("taylor", Expansion("inspect", Calibrated("\"centre\": 0.5").Model, "--format", "json"));
    }

    [Fact]
    public void Without_a_calibration_Taylor_stays_the_default()
    {
        string model = StudyFiles.Classifier(_folder);
        Assert.Equal("taylor", Expansion("inspect", model, "--format", "json"));
        Assert.Equal("taylor", Expansion("explain", model, "--data", StudyFiles.Data(_folder), "--index", "0", "--format", "json"));
    }

    [Theory]
    [InlineData(null, "From now on inspect, explain and generated code expand the model in this measure")]
    [InlineData("\"expansion\": \"measure\"", "The model is expanded in this measure, as its option expansion says.")]
    [InlineData("\"expansion\": \"taylor\"", "option expansion says taylor, and that stays")]
    [InlineData("\"centre\": 0.5", "option centre asks for Taylor polynomials, and that stays")]
    public void Calibrate_says_what_it_changes(string? options, string expected)
    {
        ToolRun run = ToolRun.Of("calibrate", StudyFiles.Classifier(_folder, options), "--data", StudyFiles.Data(_folder));
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private (string Model, string Data) Calibrated(string? options = null)
    {
        string model = StudyFiles.Classifier(_folder, options);
        string data = StudyFiles.Data(_folder);
        string path = Path.ChangeExtension(model, $"{options?.Length ?? 0}.ssm.json");
        Output("calibrate", model, "--data", data, "--out", path);
        return (path, data);
    }

    private static string Expansion(params string[] arguments) => JsonDocument.Parse(Output(arguments)).RootElement.GetProperty("expansion").GetString()!;

    private static string Output(params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        return run.Output;
    }
}
