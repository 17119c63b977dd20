using System;
using System.IO;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>What commands answer where the question is unusual: nothing to prune, too many lags, numbers that overflow, a ranking without data, shared modes.</summary>
public sealed class AnswerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void More_lags_than_anybody_reads_are_refused()
    {
        ToolRun run = ToolRun.Of("kernels", StudyFiles.Cubic(_folder), "--length", "1000001");
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("--length 1000001: a number of lags from 1 to 1000000 is expected.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pruning_that_drops_nothing_says_so()
    {
        ToolRun run = ToolRun.Of("prune", StudyFiles.Classifier(_folder), "--error", "0", "--range", "-1", "1", "--out", _folder.File("pruned.ssm.json"));
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("no mode could be dropped within that error: the file has the modes of the model", run.Lines);
    }

    /// <summary>The polynomials are made on the ranges that follow from the declared range, as inspect does it.</summary>
    [Fact]
    public void Terms_are_ranked_without_data_on_the_declared_range()
    {
        string model = StudyFiles.Classifier(_folder, "\"inputRange\": [-1, 1], \"expansion\": \"chebyshev\", \"order\": 2");
        ToolRun run = ToolRun.Of("explain", model);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("for every input with the scaled input in [-1, 1]", run.Lines);
    }

    [Theory]
    [InlineData("explain", "the model computes numbers that are not finite for sequence 0")]
    [InlineData("ring", "Layer 0 computes numbers that are not finite for sequence 0")]
    public void A_sequence_that_overflows_is_refused(string command, string message)
    {
        string data = StudyFiles.Data(_folder, change: tensors =>
        {
            var x = new double[StudyFiles.Test * StudyFiles.Length * StudyFiles.Inputs];
            Array.Fill(x, 1.7e308);
            tensors.Set("x_test", [StudyFiles.Test, StudyFiles.Length, StudyFiles.Inputs], x);
        });
        ToolRun run = ToolRun.Of(command, StudyFiles.Classifier(_folder, scale: 10), "--data", data, "--index", "0");
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Shared_modes_show_their_drive_and_a_log_softmax_has_scores_before_it()
    {
        string weights = Path.Combine(CheckTests.Own("s5-classifier-halfglu2-a"), "f64.safetensors");
        string model = _folder.File("model.ssm.json");
        Assert.Equal(ExitCode.Success, ToolRun.Of("import", weights, "--architecture", "s5-classifier", "--prefix", "w.", "--hyper", "activation=half_glu2", "--input-range", "-1", "1", "-o", model).ExitCode);
        string text = ToolRun.Of("inspect", model).Output;
        Assert.Contains("s_n(t) = lambda_n s_n(t-1) + sum_i b_(n,i) v_i(t)", text, StringComparison.Ordinal);
        Assert.Contains("the 4 scores in [", text, StringComparison.Ordinal);
        Assert.Contains("\"drive\": [[", ToolRun.Of("inspect", model, "--format", "json").Output, StringComparison.Ordinal);
        Assert.Contains("the sum of b_i v_i(t) over the inputs i", ToolRun.Of("inspect", model, "--format", "sympy").Output, StringComparison.Ordinal);
    }
}
