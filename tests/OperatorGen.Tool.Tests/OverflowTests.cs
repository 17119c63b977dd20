using System;
using System.IO;
using System.Linq;
using OperatorGen.Tool.Tests.Reports;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>Sequences for which a model computes numbers that are not finite.</summary>
public sealed class OverflowTests : IDisposable
{
    private const string Place = "the model computes numbers that are not finite for sequence 2 of x_test, first in layer 0 at time step 7, where the largest log-gate so far is 800: ";
    private const string Advice = "A gate above 1 (a log-gate above 0) makes states grow: check the gates, or choose another sequence.";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("attention --index 2 --layer 0 --head 0", "there is no attention. ")]
    [InlineData("explain --index 2", "there is nothing to explain. ")]
    [InlineData("study", "there is nothing to compare with. ")]
    public void A_selective_model_names_sequence_layer_step_and_what_to_do(string command, string consequence)
    {
        string data = Growing();
        string model = _folder.File("calibrated.ssm.json");
        Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", StudyFiles.Gla(_folder), "--data", data, "--out", model).ExitCode);
        string[] words = command.Split(' ');
        ToolRun run = ToolRun.Of([words[0], model, "--data", data, .. words[1..]]);
        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Equal($"{data}: {Place}{consequence}{Advice}\n", run.Error);
    }

    [Fact]
    public void Other_sequences_of_the_same_file_are_answered() =>
        Assert.Equal(ExitCode.Success, ToolRun.Of("attention", StudyFiles.Gla(_folder), "--data", Growing(), "--index", "1", "--layer", "0", "--head", "0").ExitCode);

    [Fact]
    public void A_calibration_records_the_gates_and_remarks_on_states_that_overflow()
    {
        string data = Growing();
        ToolRun run = ToolRun.Of("calibrate", StudyFiles.Gla(_folder), "--data", data);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.StartsWith($"{data}: 1 sequence of 24 overflows: the model computes numbers that are not finite for sequence 2 of x_train, first in layer 0 at time step 7", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generated", "A float ends at 3.4e38: --engine reference computes in double. ")]
    [InlineData("reference", "")]
    public void A_prediction_is_written_and_its_rows_without_numbers_are_counted(string engine, string note)
    {
        string data = Growing(), output = _folder.File("o.csv");
        ToolRun run = ToolRun.Of("predict", StudyFiles.Gla(_folder), "--data", data, "--engine", engine, "--out", output);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        string[] infinite = [.. File.ReadLines(output).Skip(1).Where(line => line.Contains("NaN", StringComparison.Ordinal) || line.Contains("Infinity", StringComparison.Ordinal))];
        Assert.NotEmpty(infinite);
        Assert.StartsWith("2,7,", infinite[0], StringComparison.Ordinal);
        int rows = File.ReadLines(output).Count() - 1;
        Assert.Equal($"{data}: {infinite.Length} of {rows} rows have outputs that are not finite; the first is sequence 2, time step 7. {note}Check the gates, the size of the data and the model's input scaling.\n", run.Error);
    }

    [Fact]
    public void A_constant_model_is_treated_the_same_way()
    {
        string data = StudyFiles.Data(_folder, change: tensors => tensors.Change("x_test", (((3 * StudyFiles.Length) + 4) * StudyFiles.Inputs), _ => 1.7e308));
        string model = StudyFiles.Classifier(_folder, "\"precision\": \"double\"", scale: 10);
        const string Constant = "the model computes numbers that are not finite for sequence 3 of x_test, first in layer 0 at time step 4: ";
        Assert.StartsWith($"{data}: {Constant}there is nothing to compare with. Check the size of the data", ToolRun.Of("study", model, "--data", data, "--orders", "1", "--expansion", "taylor").Error, StringComparison.Ordinal);
        Assert.StartsWith($"{data}: {Constant}there is nothing to explain. ", ToolRun.Of("explain", model, "--data", data, "--index", "3").Error, StringComparison.Ordinal);
        ToolRun run = ToolRun.Of("predict", model, "--data", data);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.StartsWith($"{data}: 1 of 17 rows has an output that is not finite; the first is sequence 3. Check", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_leaves_out_the_study_and_says_why_and_where()
    {
        string data = StudyFiles.Data(_folder, change: tensors => tensors.Change("x_test", 2 * StudyFiles.Length * StudyFiles.Inputs, _ => 1.7e308));
        var report = Report.Write(_folder, StudyFiles.Classifier(_folder, scale: 10), "--data", data, "--index", "2");
        Assert.Contains("of 1 sequence the model's own outputs are not finite", report.Obstacle("study"), StringComparison.Ordinal);
        Assert.Contains("1 sequence of 17 has outputs that are not finite; the first is sequence 2.", report.Error, StringComparison.Ordinal);
        Assert.Contains("for sequence 2 of x_test, first in layer 0 at time step 0: there is nothing to explain.", report.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_a_selective_model_says_where()
    {
        var report = Report.Write(_folder, StudyFiles.Gla(_folder), "--data", Growing(), "--index", "2,3");
        Assert.Contains(Place + "there is nothing to explain. ", report.Html, StringComparison.Ordinal);
    }

    private string Growing() => StudyFiles.GlaData(_folder, (sequence, time, _) => (sequence, time) == (2, 7) ? 800 : -0.1);
}
