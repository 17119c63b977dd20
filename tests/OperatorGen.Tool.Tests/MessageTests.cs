using System;
using System.IO;
using System.Linq;
using OperatorGen.Models;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>Messages that say what is so, once.</summary>
public sealed class MessageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inspect")]
    [InlineData("ring")]
    [InlineData("explain")]
    public void A_checkpoint_is_to_be_imported_first(string command)
    {
        string path = ImportTests.Checkpoint(_folder);
        ToolRun run = ToolRun.Of(command, path);
        Assert.Contains($"{path} is a checkpoint, not a model file: make one first, with operatorgen import {path}", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
    }

    [Theory]
    [InlineData("study m --data d", "--format", "'table', 'csv', 'json' or 'svg'")]
    [InlineData("ring m", "--form", "'complex' or 'real'")]
    [InlineData("ring m", "--split", "'test' or 'train'")]
    [InlineData("ring m", "--format", "'svg', 'csv', 'json' or 'text'")]
    [InlineData("kernels m", "--format", "'svg', 'csv', 'json' or 'text'")]
    [InlineData("check c", "--engine", "'reference' or 'generated'")]
    [InlineData("check c", "--precision", "'f64' or 'f32'")]
    [InlineData("check c", "--bits", "'128', '256' or '512'")]
    [InlineData("explain m", "--split", "'test' or 'train'")]
    [InlineData("explain m", "--expansion", "'taylor', 'chebyshev', 'measure' or 'exact'")]
    [InlineData("explain m", "--by", "'order', 'wave', 'channel', 'time', 'input' or 'model-input'")]
    [InlineData("explain m", "--format", "'text' or 'json'")]
    [InlineData("predict m --data d", "--split", "'test' or 'train'")]
    [InlineData("predict m --data d", "--engine", "'generated' or 'reference'")]
    [InlineData("inspect m", "--stage", "'declaration', 'model', 'operator', 'plan' or 'code'")]
    [InlineData("inspect m", "--format", "'text', 'latex', 'mathml', 'json', 'sympy' or 'angourimath'")]
    [InlineData("inspect m --simplify", "--backend", "'angourimath'")]
    [InlineData("import c --architecture gla -o m", "--expansion", "'taylor', 'chebyshev', 'measure' or 'exact'")]
    [InlineData("import c --architecture gla -o m", "--precision", "'single', 'double' or 'both'")]
    [InlineData("verify-expansion m", "--backend", "'own' or 'angourimath'")]
    [InlineData("attention m --data d --index 0 --layer 0 --head 0", "--split", "'test' or 'train'")]
    public void A_word_that_an_option_does_not_take_is_named_with_the_option(string command, string option, string expected)
    {
        ToolRun run = ToolRun.Of([.. command.Split(' '), option, "64"]);
        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Equal($"{option} 64: {expected} is expected.\noperatorgen --help lists the commands, operatorgen COMMAND --help their options.\n", run.Error);
    }

    [Fact]
    public void A_folder_is_no_data_file()
    {
        ToolRun run = ToolRun.Of("study", StudyFiles.Classifier(_folder), "--data", _folder.Path);
        Assert.Equal($"{_folder.Path} is a folder; a data file is a file, *.safetensors.\n", run.Error);
    }

    [Fact]
    public void One_layer_is_one_layer()
    {
        ToolRun run = ToolRun.Of("explain", StudyFiles.Classifier(_folder), "--data", StudyFiles.Data(_folder), "--index", "0", "--layer", "1");
        Assert.Equal("--layer 1: the model has 1 layer, 0.\n", run.Error);
        run = ToolRun.Of("explain", StudyFiles.Classifier(_folder), "--data", StudyFiles.Data(_folder), "--index", "0", "--score", "3");
        Assert.Equal("--score 3: the model has 3 scores, 0 to 2.\n", run.Error);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("operator")]
    [InlineData("plan")]
    [InlineData("code")]
    public void Every_stage_reports_a_fault_once(string stage)
    {
        ToolRun run = ToolRun.Of("inspect", Modes("1.5, 0", "1, 0"), "--stage", stage);
        Assert.Single(run.Error.Split('\n'), line => line.Contains("OPG0207", StringComparison.Ordinal));
    }

    [Fact]
    public void A_ring_without_readout_and_skip_agrees()
    {
        ToolRun run = ToolRun.Of("ring", Modes("0.5, 0.25", "0, 0"), "--data", StudyFiles.Data(_folder, inputs: 1), "--index", "0");
        Assert.Contains("differ by 0 at most, 0 of their scale", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", run.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_imaginary_part_of_minus_0_has_the_frequency_of_0()
    {
        ToolRun run = ToolRun.Of("inspect", Modes("-0.5, -0.0", "1, 0.25"), "--format", "json");
        Assert.Contains("\"frequency\": { \"value\": 3.14159", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"value\": -3.14159", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void That_faults_are_not_listed_is_said_once()
    {
        string path = ImportTests.Checkpoint(_folder, tensors =>
        {
            for (int i = 0; i < 30; i++)
            {
                tensors.Set($"unknown{i}", [1], 1);
            }
        });
        ToolRun run = ToolRun.Of("import", path, "--architecture", "s4d-standalone", "-o", _folder.File("m.ssm.json"));
        Assert.Equal(2, run.Error.Split("Further faults of this kind are not listed.").Length);
    }

    [Fact]
    public void Surrogate_pairs_of_the_source_reach_the_generated_code()
    {
        string path = Modes("0.5, 0", "1, 0");
        ModelDeclaration declaration = StudyFiles.Read(path);
        File.WriteAllText(path, ModelFileWriter.Write(declaration with { Source = Symbolics.EquatableArray.Of(new SourceEntry("note", "\ud83c\udf0a")) }));
        Assert.Contains("note: \ud83c\udf0a", ToolRun.Of("inspect", path, "--stage", "code").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("study", "--help")]
    public void The_tool_calls_itself_operatorgen(params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("OperatorGen.Tool", run.Output, StringComparison.Ordinal);
        Assert.Equal(arguments.Contains("--help"), run.Output.Contains("Usage:\n  operatorgen ", StringComparison.Ordinal));
    }

    private string Modes(string eigenvalue, string output)
    {
        string path = _folder.File("modes.ssm.json");
        File.WriteAllText(path, $$"""
            { "format": "operatorgen/1", "architecture": "modes", "hyper": { "discretization": "none", "gamma": 1 }, "options": { "inputRange": [-1, 1], "maxLength": 30 },
              "tensors": { "eigenvalue": { "shape": [1, 2], "values": [{{eigenvalue}}] }, "input": { "shape": [1, 2], "values": [1, 0.5] }, "output": { "shape": [1, 2], "values": [{{output}}] } } }
            """);
        return path;
    }
}
