using System;
using System.Globalization;
using System.IO;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Safetensors;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>The commands for a model that takes tokens, whose data are ids.</summary>
public sealed class LanguageToolTests : IDisposable
{
    private static readonly long[] s_ids = [1, 2, 3, 4, 5, 20, 0, 0, 7, 7, 7, 2];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => [.. RandomLanguage.Kinds];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Predict_gives_the_logits_after_every_token(string kind)
    {
        ToolRun run = ToolRun.Of("predict", Model(kind), "--data", Data(s_ids));
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        SequenceModel model = RandomLanguage.Of(kind);
        var reference = new ReferenceEvaluator(model);
        string[][] rows = [.. run.Lines.Skip(1).Select(line => line.Split(','))];
        Assert.Equal(12, rows.Length);
        for (int i = 0; i < 2; i++)
        {
            double[] logits = reference.Forward(reference.Embed([.. s_ids[(6 * i)..(6 * (i + 1))].Select(id => (int)id)]));
            double[] given = [.. rows.Skip(6 * i).Take(6).SelectMany(row => row.Skip(2)).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

            // Float against double: the tolerance of conformance in float.
            Assert.All(logits.Zip(given), pair => Assert.Equal(pair.First, pair.Second, 2e-5 * logits.Max(Math.Abs)));
        }
    }

    [Theory]
    [InlineData(21, "has 21 in sequence 1, time step 1; a token is a whole number from 0 to 20.")]
    [InlineData(-1, "has -1 in sequence 1, time step 1; a token is a whole number from 0 to 20.")]
    public void An_id_outside_of_the_vocabulary_is_refused_by_every_command(long id, string expected)
    {
        long[] ids = [.. s_ids];
        ids[7] = id;
        string model = Model("mamba1-lm"), data = Data(ids);
        AssertUnusable(expected, ToolRun.Of("predict", model, "--data", data));
        AssertUnusable(expected, ToolRun.Of("attention", model, "--data", data, "--index", "1", "--layer", "0", "--head", "0"));
        AssertUnusable(expected, ToolRun.Of("explain", model, "--data", data, "--index", "0"));
    }

    [Fact]
    public void Data_with_several_numbers_per_time_step_are_no_tokens()
    {
        string path = _folder.File("wide.safetensors");
        var file = new TensorFile();
        file.Set("x_test", [2, 3, 6], new double[36]);
        file.Write(path);
        const string Expected = "has 6 numbers per time step, but the model takes tokens: the shape (n, length) is expected";
        AssertUnusable(Expected, ToolRun.Of("predict", Model("mamba2-lm"), "--data", path));
        AssertUnusable(Expected, ToolRun.Of("explain", Model("mamba2-lm"), "--data", path, "--index", "0"));
    }

    [Fact]
    public void Inspect_shows_embedding_feed_forward_part_and_head()
    {
        ToolRun run = ToolRun.Of("inspect", Model("gateloop-transformer"), "--stage", "model");
        Assert.StartsWith("gateloop-transformer: 21 tokens in, 21 logits out per time step", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"embedding\s+21 rows\s+\[21, 6\]", run.Output);
        Assert.Contains("feed-forward", run.Output, StringComparison.Ordinal);
        string text = ToolRun.Of("inspect", Model("gateloop-transformer"), "--stage", "operator").Output;
        Assert.Contains("x(t) = E[token(t)]", text, StringComparison.Ordinal);
        Assert.Contains("f(t) = gelu-erf(W_up RmsNorm(s(t)) + b_up)", text.Replace("LengthNorm", "RmsNorm", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("y(t) = s(t) + W_down f(t) + b_down", text, StringComparison.Ordinal);
        Assert.Contains("16 rows", ToolRun.Of("inspect", Model("mamba1-lm, tied", vocabulary: 13), "--stage", "model").Output, StringComparison.Ordinal);
        Assert.Contains("3 of them padding, the head's table too", ToolRun.Of("inspect", Model("mamba1-lm, tied"), "--stage", "model").Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Attention_is_checked_against_the_readouts(string kind)
    {
        ToolRun run = ToolRun.Of("attention", Model(kind), "--data", Data(s_ids), "--index", "1", "--layer", "1", "--head", "0");
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("M, 6 x 6", run.Output, StringComparison.Ordinal);
        Assert.Contains("checked: the largest |M v - readout| is ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Explain_attributes_a_logit_to_the_tokens_up_to_its_place(string kind)
    {
        ToolRun run = ToolRun.Of("explain", Model(kind), "--data", Data(s_ids), "--index", "0", "--step", "3");
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("what tokens add to a logit, outputs of time step 3", run.Lines);
        Assert.Contains("exact logits, the 10 greatest of 21", run.Lines);
        Assert.Contains("; of the zero embedding ", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\+0\s+\+0\s+\+0\s+step 4\n", run.Output); // a later token adds nothing
        int first = run.Lines.ToList().IndexOf("exact logits, the 10 greatest of 21") + 2;
        string greatest = run.Lines[first].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        Assert.Contains(run.Lines, line => line.StartsWith($"logit {greatest}: ", StringComparison.Ordinal));
        AssertUnusable("--score 21: the model has 21 tokens, 0 to 20.", ToolRun.Of("explain", Model(kind), "--data", Data(s_ids), "--index", "0", "--score", "21"));
    }

    [Fact]
    public void A_report_shows_a_decision_of_a_language_model()
    {
        ToolRun run = ToolRun.Of("report", Model("mamba1-lm"), "--data", Data(s_ids), "--index", "1", "-o", _folder.File("report"));
        Assert.Equal(ExitCode.Success, run.ExitCode);
    }

    [Fact]
    public void A_checkpoint_of_transformers_is_imported_with_its_config()
    {
        ModelDeclaration declaration = RandomLanguage.Declaration("mamba1-lm, tied");
        var file = new TensorFile();
        foreach (DeclaredTensor tensor in declaration.Tensors)
        {
            file.Set(tensor.Name.Replace("backbone.embedding.", "backbone.embeddings.", StringComparison.Ordinal), [.. tensor.Value.Shape], tensor.Value.Values.ToArray());
        }

        file.Write(_folder.File("model.safetensors"));
        File.WriteAllText(_folder.File("config.json"), """
            {
              "architectures": ["MambaForCausalLM"], "model_type": "mamba", "hidden_size": 6, "d_model": 6, "num_hidden_layers": 2, "n_layer": 2, "vocab_size": 21, "state_size": 3,
              "conv_kernel": 3, "expand": 2, "intermediate_size": 12, "time_step_rank": 2, "layer_norm_epsilon": 1e-05, "rms_norm": true, "ssm_cfg": {}, "use_bias": false,
              "use_conv_bias": true, "hidden_act": "silu", "residual_in_fp32": true, "bos_token_id": 0, "torch_dtype": "float32", "transformers_version": "4.39.0"
            }
            """);
        string output = _folder.File("imported.ssm.json");
        ToolRun run = ToolRun.Of("import", _folder.File("model.safetensors"), "--architecture", "mamba1-lm", "--hyper-file", _folder.File("config.json"), "-o", output);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("tie_embeddings=true assumed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("input scaling", run.Output, StringComparison.Ordinal);
        ModelDeclaration read = ModelFileReader.Read(File.ReadAllText(output), default).Value!;
        Assert.Equal(RandomLanguage.Of("mamba1-lm, tied"), ArchitectureCatalog.Resolve(read, default).Value);
    }

    private static void AssertUnusable(string expected, ToolRun run)
    {
        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private string Model(string kind, int vocabulary = 21)
    {
        string path = _folder.File("language.ssm.json");
        File.WriteAllText(path, ModelFileWriter.Write(RandomLanguage.Declaration(kind, vocabulary)));
        return path;
    }

    /// <summary>Two texts of six tokens, as integers.</summary>
    private string Data(long[] ids)
    {
        string path = _folder.File("texts.safetensors");
        var file = new TensorFile();
        file.Set("x_test", SafetensorsDType.I64, [2, 6], [.. ids.SelectMany(BitConverter.GetBytes)]);
        file.Write(path);
        return path;
    }
}
